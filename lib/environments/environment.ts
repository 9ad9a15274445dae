import type { ProgressiveProfilingProps } from "../progressive-profiling";
import type { SampleApplicationProps } from "../sample-application";
import type { StateBackend } from "./state-backend";

/** What differs from environment to environment; clients and providers can only be given where the stack is defined. */
export type EnvironmentProfiling = Omit<ProgressiveProfilingProps, "client" | "provider">;
export type EnvironmentSampleApplication = Omit<SampleApplicationProps, "provider">;

/** A tenant, with what is its own there. */
export interface Environment {
  /**
   * Domain of the tenant, as in `AUTH0_DOMAIN`, e.g. `example-dev.eu.auth0.com`. The environment's stack deploys there and
   * nowhere else.
   */
  readonly domain: string;
  /**
   * Where the state lies.
   *
   * @default - a file beside `main.ts`
   */
  readonly backend?: StateBackend;
  /**
   * Props of `ProgressiveProfiling` that are other ones here.
   *
   * @default - none
   */
  readonly profiling?: EnvironmentProfiling;
  /**
   * Props of `SampleApplication` here, or false to leave it out.
   *
   * @default - its defaults
   */
  readonly sampleApplication?: EnvironmentSampleApplication | false;
}

/** The environments by name: 1 to 40 lower-case letters, digits and "-", a letter first. */
export type Environments = Readonly<Record<string, Environment>>;

/** An environment with the name of its stack. */
export interface SelectedEnvironment extends Environment {
  /** `progressive-profiling-<name>` */
  readonly stackName: string;
}

/** What backends call the state comes from it: another name is another place. */
export function stackName(environment: string): string {
  return `progressive-profiling-${environment}`;
}

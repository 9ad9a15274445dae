import type { TerraformStack } from "cdktf";
import { ProgressiveProfiling, type ProgressiveProfilingProps, SampleApplication } from "../../lib";
import { Application, type ApplicationClient } from "./application";
import { type LocalTenant, startLocalTenant } from "./local-tenant";
import { type Met, People, peoplesStages } from "./people";
import { Workspace } from "./terraform";
import { TerraformProcess } from "./terraform-process";

/** A tenant, the workspace of a stack with `ProgressiveProfiling` that is applied to it, and people who log in there. */
export class ProfiledTenant {
  private constructor(
    readonly tenant: LocalTenant,
    private readonly application: Application,
    private current: Workspace,
  ) {}

  static async start(): Promise<ProfiledTenant> {
    const [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
    return new ProfiledTenant(tenant, application, new Workspace(tenant.env));
  }

  async stop(): Promise<void> {
    this.current.remove();
    await Promise.all([this.tenant.stop(), this.application.stop()]);
  }

  get workspace(): Workspace {
    return this.current;
  }

  /** Begins again, in a workspace of this environment. */
  useEnvironment(environment: Readonly<Record<string, string>>): void {
    this.current.remove();
    this.current = new Workspace(environment);
  }

  /** Synthesises the stack with these props, given the stack where they need a variable of it. */
  synth(
    props: ProgressiveProfilingProps | ((stack: TerraformStack) => ProgressiveProfilingProps),
    change: (profiling: ProgressiveProfiling) => void = () => undefined,
  ): void {
    this.workspace.synth((stack) => {
      const profiling = new ProgressiveProfiling(stack, "profiling", {
        stages: peoplesStages(),
        ...(typeof props === "function" ? props(stack) : props),
      });
      change(profiling);
      new SampleApplication(stack, "sample", { url: this.application.url });
    });
  }

  /** Synthesises and applies. */
  deploy(props: ProgressiveProfilingProps): void {
    this.synth(props);
    this.workspace.apply();
  }

  apply(environment: Readonly<Record<string, string>> = this.tenant.env, ...args: readonly string[]) {
    const { directory } = this.workspace;
    return TerraformProcess.start(directory, environment, "apply", "-input=false", "-auto-approve", ...args);
  }

  async clientsNamed(name: string): Promise<ApplicationClient[]> {
    const { body: clients } = await this.tenant.request("GET", "/api/v2/clients");
    return clients.filter((found: { name: string }) => found.name === name);
  }

  async clientNamed(name: string): Promise<ApplicationClient> {
    const [found, ...others] = await this.clientsNamed(name);
    if (found === undefined || others.length > 0) {
      throw new Error(`there are ${others.length} others named ${name}`);
    }
    return found;
  }

  /** Runs `work` while people log in and answer; they come before it and leave after it. */
  async whilePeopleAnswer<T>(work: () => Promise<T>): Promise<{ readonly met: Met; readonly result: T }> {
    const people = People.come(this.tenant, this.application, await this.clientNamed("Sample Application"));
    try {
      await people.answer(4);
      const result = await work();
      await people.answer(8);
      return { met: await people.leave(), result };
    } finally {
      await people.leave();
    }
  }

  /** The address of the resource of `ProgressiveProfiling` that has this type. */
  addressOf(type: string): string {
    const address = [...this.workspace.resources().keys()].find((key) => key.startsWith(`${type}.profiling`));
    if (address === undefined) {
      throw new Error(`the state has no ${type}`);
    }
    return address;
  }

  /** By the address without the part of its name that is of no interest, what a plan would do. */
  planned(): Record<string, string> {
    const { changes } = this.workspace.plan();
    return Object.fromEntries(
      Object.entries(changes).map(([address, actions]) => [address.replace(/\.profiling_\w+/, ""), actions]),
    );
  }
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BuildStatus, Dependency } from "../documents/action";

/** How far the search for an Action's packages has come, and what is to be told of it. */
export interface PackageCheck {
  readonly status: BuildStatus;
  readonly log: readonly string[];
}

type Answer = { readonly has: boolean } | { readonly unknown: string };

const TIMEOUT_MILLISECONDS = 5000;
const NAME = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;
/** A version or a tag, which a registry answers for; a range is not asked for. */
const VERSION = /^[\w.+-]+$/;

/**
 * Whether npm has what Actions depend on: the registry of npm's own configuration is asked, without credentials.
 *
 * Where it can not be asked the packages count as there, and the log says so.
 */
export class Packages {
  private readonly checks = new Map<string, PackageCheck>();
  private readonly registries = new Map<string, Promise<string>>();

  /** @param configured where the registry of a scope is, as in `@scope`, or of all others; empty where nobody knows */
  constructor(private readonly configured: (scope: string) => Promise<string> = configuredRegistry) {}

  /** Begins to look, or tells how far that has come; told of the end, it would begin anew. */
  look(dependencies: readonly Dependency[]): PackageCheck {
    if (dependencies.length === 0) {
      return { status: "built", log: [] };
    }
    const key = JSON.stringify(dependencies);
    const known = this.checks.get(key);
    if (known === undefined) {
      const begun: PackageCheck = { status: "pending", log: [] };
      this.checks.set(key, begun);
      void this.check(dependencies, () => this.checks.set(key, { status: "retrying", log: [] })).then((check) =>
        this.checks.set(key, check),
      );
      return begun;
    }
    if (known.status === "built" || known.status === "failed") {
      this.checks.delete(key);
    }
    return known;
  }

  private async check(dependencies: readonly Dependency[], retrying: () => void): Promise<PackageCheck> {
    const looked = await Promise.all(dependencies.map((dependency) => this.lookUp(dependency, retrying)));
    const log = looked.flatMap(({ text }) => text ?? []);
    return { status: looked.some(({ isMissing }) => isMissing) ? "failed" : "built", log };
  }

  private async lookUp(
    { name, version, registry_url }: Dependency,
    retrying: () => void,
  ): Promise<{ readonly isMissing: boolean; readonly text?: string }> {
    const what = `${name}@${version}`;
    const passes = "the build passes here, and may fail at Auth0";
    if (registry_url !== undefined) {
      return { isMissing: false, text: `${what} is of a registry of its own, which is not asked: ${passes}` };
    }
    if (!NAME.test(name)) {
      return { isMissing: true, text: `${what} is no name of a package: the build fails` };
    }
    if (!VERSION.test(version)) {
      return { isMissing: false, text: `${what} is no version or tag, and is not looked up: ${passes}` };
    }
    const registry = await this.registryOf(name);
    const named = registry || "the registry of npm";
    const url = `${registry}${name.replace("/", "%2f")}/${encodeURIComponent(version)}`;
    let answer = await ask(url);
    if ("unknown" in answer) {
      retrying();
      answer = await ask(url);
    }
    if ("unknown" in answer) {
      return {
        isMissing: false,
        text: `${what} was not looked up, since ${named} can not be asked (${answer.unknown}): ${passes}`,
      };
    }
    return answer.has
      ? { isMissing: false }
      : { isMissing: true, text: `${named} has no ${what}: the build fails, as at Auth0` };
  }

  private registryOf(name: string): Promise<string> {
    const scope = name.startsWith("@") ? name.slice(0, name.indexOf("/")) : "";
    const found = this.registries.get(scope) ?? this.configured(scope);
    this.registries.set(scope, found);
    return found;
  }
}

/** With a slash at its end. npm knows it from the environment, and from the .npmrc of project, user and machine. */
export async function configuredRegistry(scope: string, env = process.env): Promise<string> {
  const keys = scope === "" ? ["registry"] : [`${scope}:registry`, "registry"];
  for (const key of keys) {
    const asked = promisify(execFile)("npm", ["config", "get", key], { env });
    const { stdout } = await asked.catch(() => ({ stdout: "" }));
    const registry = stdout.trim();
    // One with a password in it is not asked, and appears in no log.
    if (URL.canParse(registry) && new URL(registry).password === "") {
      return registry.endsWith("/") ? registry : `${registry}/`;
    }
  }
  return "";
}

async function ask(url: string): Promise<Answer> {
  try {
    const { status, body } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    await body?.cancel();
    return status === 200 ? { has: true } : status === 404 ? { has: false } : { unknown: `it answers ${status}` };
  } catch (error) {
    const { message, cause } = error as Error;
    return { unknown: (cause as NodeJS.ErrnoException | undefined)?.code ?? message };
  }
}

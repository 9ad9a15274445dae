import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inOrder, type ManifestStack } from "../workflow/stacks";
import type { Applied, Change, Engine } from "./engine";
import type { Problem } from "./problem";
import { type LocalStack, localStack } from "./stack-folder";

/** What was applied of a stack, and still holds. */
interface Kept {
  readonly folder: string;
  readonly needs: string;
  /** What was applied; undefined where it was not to its end. */
  readonly text: string | undefined;
}

/** Brings the stacks that were synthesised to the local tenant, by the engine itself. */
export class Deployment {
  private readonly kept = new Map<string, Kept>();

  /**
   * @param out folder of the manifest
   * @param domain of the local tenant
   * @param only names of the stacks that are deployed; all where there are none
   */
  constructor(
    private readonly engine: Engine,
    private readonly out: string,
    private readonly domain: string,
    private readonly only: readonly string[],
  ) {}

  /** Applies what has changed, each stack behind those that it depends on, and destroys stacks that are gone. */
  async apply(): Promise<Applied> {
    const manifest: Readonly<Record<string, ManifestStack>> = JSON.parse(
      readFileSync(join(this.out, "manifest.json"), "utf8"),
    ).stacks;
    const names = inOrder(manifest).filter((name) => this.only.length === 0 || this.only.includes(name));
    const unknown = this.only.filter((name) => !Object.hasOwn(manifest, name));
    const stacks = names.map((name) => {
      const folder = join(this.out, manifest[name]?.workingDirectory ?? "");
      return { name, folder, stack: localStack(name, folder, this.domain) };
    });
    const problems = [
      ...unknown.map((name) => ({
        path: "--stack",
        what: `no stack is called ${JSON.stringify(name)}`,
        remedy: `the stacks are ${Object.keys(manifest).join(", ")}`,
      })),
      ...stacks.flatMap(({ stack }) => stack.problems),
    ];
    if (problems.length > 0) {
      return { changes: [], problems };
    }
    const changes: Change[] = [];
    for (const { name, folder, stack } of stacks) {
      const applied = await this.applyStack(name, folder, stack);
      changes.push(...applied.changes);
      if (applied.problems.length > 0) {
        return { changes, problems: applied.problems.map((problem) => withPath(problem, stack)) };
      }
    }
    for (const [name, { folder }] of this.kept) {
      if (!names.includes(name)) {
        const applied = await this.engine.destroy(folder);
        changes.push(...applied.changes);
        problems.push(...applied.problems);
        this.kept.delete(name);
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return { changes, problems };
  }

  private async applyStack(name: string, folder: string, { text, needs }: LocalStack): Promise<Applied> {
    const kept = this.kept.get(name);
    if (kept?.text === text) {
      return { changes: [], problems: [] };
    }
    if (kept?.needs !== needs || !existsSync(join(folder, ".terraform"))) {
      const initialised = await this.engine.init(folder);
      if (initialised.problems.length > 0) {
        return initialised;
      }
    }
    this.kept.set(name, { folder, needs, text: undefined });
    // Nobody else writes to this tenant's stacks; where an apply failed all the same, the next one looks at what there is.
    const applied = await this.engine.apply(folder, kept !== undefined && kept.text === undefined);
    if (applied.problems.length === 0) {
      this.kept.set(name, { folder, needs, text });
    }
    return applied;
  }
}

function withPath(problem: Problem, { pathOf }: LocalStack): Problem {
  return { ...problem, path: pathOf(problem.path) ?? problem.path };
}

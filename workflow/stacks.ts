import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";

/** A stack as `cdktf synth` left it. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
}

/** A stack in CDKTF's manifest. */
export interface ManifestStack {
  readonly workingDirectory: string;
  readonly dependencies?: readonly string[];
}

/**
 * The stacks that `cdktf synth` left, each behind those that it depends on.
 *
 * @throws {@link CommandError}
 */
export function stacksOf(project: string): readonly Stack[] {
  const manifest = join(project, "cdktf.out", "manifest.json");
  if (!existsSync(manifest)) {
    throw new CommandError([`[${manifest}] is missing; let the npm script synth write it, by cdktf synth`]);
  }
  const stacks: Readonly<Record<string, ManifestStack>> = JSON.parse(readFileSync(manifest, "utf8")).stacks;
  return inOrder(stacks).map((name) => ({
    name,
    folder: join(project, "cdktf.out", stacks[name]?.workingDirectory ?? ""),
  }));
}

/** Names of stacks, each behind those that it depends on. @throws {@link CommandError} */
export function inOrder(stacks: Readonly<Record<string, ManifestStack>>): readonly string[] {
  const ordered = new Set<string>();
  const add = (name: string, path: readonly string[]): void => {
    if (ordered.has(name)) {
      return;
    }
    const way = [...path, name];
    if (path.includes(name)) {
      const circle = way.slice(path.indexOf(name)).join(" → ");
      throw new CommandError([`[stacks] depend on each other in a circle, ${circle}; take one of these out`]);
    }
    for (const dependency of stacks[name]?.dependencies ?? []) {
      add(dependency, way);
    }
    ordered.add(name);
  };
  for (const name of Object.keys(stacks).sort()) {
    checkName(name);
    add(name, []);
  }
  return [...ordered].filter((name) => Object.hasOwn(stacks, name));
}

/**
 * The name, which is that of a folder or file.
 *
 * @param what has it, in errors
 * @throws {@link CommandError} where it would lead elsewhere
 */
export function checkName(name: string, what = "stack"): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) {
    return name;
  }
  throw new CommandError([
    `[${what}] must have a name of letters, digits, "_", "." and "-", got ${JSON.stringify(name)}; give it another one`,
  ]);
}

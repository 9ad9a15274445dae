import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";

/** @typedef {{ name: string, workingDirectory: string, dependencies: string[] }} Stack */

/**
 * The stacks that `cdktf synth` left, each behind those that it depends on.
 *
 * @param {string} project
 * @returns {{ name: string, folder: string }[]}
 */
export function stacksOf(project) {
  const manifest = join(project, "cdktf.out", "manifest.json");
  if (!existsSync(manifest)) {
    throw new Failure(`${manifest} is missing; run: npm run synth`);
  }
  /** @type {Record<string, Stack>} */
  const stacks = JSON.parse(readFileSync(manifest, "utf8")).stacks;
  /** @type {Set<string>} */
  const ordered = new Set();
  /** @param {string} name */
  const add = (name) => {
    if (ordered.has(name)) {
      return;
    }
    for (const dependency of stacks[name]?.dependencies ?? []) {
      add(dependency);
    }
    ordered.add(name);
  };
  for (const name of Object.keys(stacks).sort()) {
    add(name);
  }
  return [...ordered].map((name) => ({
    name: safe(name),
    folder: join(project, "cdktf.out", stacks[name]?.workingDirectory ?? ""),
  }));
}

/**
 * The name, which is that of a folder.
 *
 * @param {string} name
 */
export function safe(name) {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) {
    return name;
  }
  throw new Failure(`the name of a stack must be letters, digits, "_", "." and "-", got ${JSON.stringify(name)}`);
}

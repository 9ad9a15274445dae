import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const COMMANDS = join(__dirname, "..", "..", "node_modules", ".bin");

/**
 * What publint says of a tarball, and for each entrance what TypeScript finds with each of its resolutions.
 *
 * @param entrances those that package.json writes as a pattern
 */
export function checkPublished(tarball: string, entrances: readonly string[] = []) {
  const publint = spawnSync(join(COMMANDS, "publint"), ["run", tarball, "--strict"], { encoding: "utf8" });
  const included = entrances.length > 0 ? ["--include-entrypoints", ...entrances] : [];
  const types = spawnSync(join(COMMANDS, "attw"), [tarball, "--format", "json", ...included], { encoding: "utf8" });
  const { analysis, problems }: Report = JSON.parse(types.stdout);
  return {
    // It colours in CI, whoever reads.
    publint: stripVTControlCharacters(`${publint.stdout}${publint.stderr}`).trim().split("\n").slice(3),
    problems,
    resolved: Object.fromEntries(
      Object.values(analysis.entrypoints)
        .filter(({ isWildcard }) => !isWildcard)
        .map(({ subpath, resolutions }) => [
          subpath,
          new Set(
            Object.values(resolutions).map(({ resolution }) => resolution?.fileName.split("/").slice(3).join("/")),
          ),
        ]),
    ),
  };
}

/** What npm would publish of a tarball: name and version. @throws with all that npm says, where it would not */
export function wouldPublish(tarball: string): string {
  const args = ["publish", tarball, "--dry-run", "--json", "--access", "public"];
  const { status, stdout, stderr } = spawnSync("npm", args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`npm ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  }
  const published: { readonly id: string } | Readonly<Record<string, { readonly id: string }>> = JSON.parse(stdout);
  const [only] = "id" in published ? [published] : Object.values(published);
  return String(only?.id);
}

interface Report {
  readonly problems: Readonly<Record<string, unknown>>;
  readonly analysis: {
    readonly entrypoints: Readonly<
      Record<
        string,
        {
          readonly subpath: string;
          readonly isWildcard: boolean;
          /** By kind: node10, node16-cjs, node16-esm, bundler. */
          readonly resolutions: Readonly<Record<string, { readonly resolution?: { readonly fileName: string } }>>;
        }
      >
    >;
  };
}

import { FINDING_KINDS, type FindingKind } from "./finding";
import { InputError } from "./input-error";
import { SHORTEST_REVIEW, UNLIMITED } from "./markdown/markdown";

/** GitHub takes 65,536 characters in a comment. */
const DEFAULT_LENGTH = 65_000;

export interface ReviewArguments {
  readonly plans: readonly string[];
  readonly bases: readonly string[];
  readonly configurations: readonly string[];
  readonly isJson: boolean;
  readonly out?: string;
  readonly failOn: readonly FindingKind[];
  readonly maxLength: number;
  readonly pictures?: string;
  readonly picturesUrl?: string;
}

export const USAGE = `auth0-progressive-profiling review PLAN.json [PLAN.json ...] [options]

Reviews plans of progressive profiling: writes Markdown for a pull request.
PLAN.json is what "terraform show -json PLANFILE" prints (or "tofu show").

  --base FILE ...           plans of the base branch, against the same tenant: what they have too is set apart
  --configuration FILE ...  synthesised configurations (cdk.tf.json); default: the one beside each plan
  --json                    writes JSON instead of Markdown
  --out FILE                writes to a file instead of the standard output
  --fail-on KIND,...        ends with 2 where there is such a finding
  --max-length N            characters of the Markdown, ${SHORTEST_REVIEW} or more; 0 is without limit; default: ${DEFAULT_LENGTH}
  --pictures DIR            takes a picture of each changed step
  --pictures-url URL        where DIR will be found; default: their path from --out, or from here
  --help

Ends with 0 when the review is written, 1 when the command or a file is wrong, 2 when --fail-on has found something.

Kinds of findings, the most dangerous first:
${Object.entries(FINDING_KINDS)
  .map(([kind, meaning]) => `  ${kind.padEnd(18)}${meaning}`)
  .join("\n")}
`;

const FLAGS = ["--json", "--help"];
const LISTS = ["--base", "--configuration"];
const VALUES = ["--out", "--fail-on", "--max-length", "--pictures", "--pictures-url"];

/**
 * Reads the command line.
 *
 * @returns `undefined` where it asks for help
 * @throws {@link InputError} with all that is wrong
 */
export function parseArguments(args: readonly string[]): ReviewArguments | undefined {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    return undefined;
  }
  const problems: string[] = [];
  const [command, ...rest] = args;
  if (command !== "review") {
    problems.push(`[command] must be review, got ${JSON.stringify(command)}; see --help`);
  }
  const given = readOptions(command === "review" ? rest : args.slice(1), problems);
  const value = (name: string) => given.get(name)?.at(-1);

  const plans = given.get("") ?? [];
  if (plans.length === 0) {
    problems.push("[PLAN.json] is missing; give what `terraform show -json PLANFILE` prints");
  }
  const picturesUrl = value("--pictures-url");
  if (picturesUrl !== undefined && !/^https?:\/\/[^\s<>"]+$/.test(picturesUrl)) {
    problems.push(`[--pictures-url] must be an http or https URL, got ${JSON.stringify(picturesUrl)}`);
  }
  if (picturesUrl !== undefined && value("--pictures") === undefined) {
    problems.push("[--pictures-url] needs --pictures DIR; give both, or leave it out");
  }
  const parsed: ReviewArguments = {
    plans,
    bases: given.get("--base") ?? [],
    configurations: given.get("--configuration") ?? [],
    isJson: given.has("--json"),
    out: value("--out"),
    failOn: parseKinds(given.get("--fail-on") ?? [], problems),
    maxLength: parseLength(value("--max-length"), problems),
    pictures: value("--pictures"),
    picturesUrl,
  };
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return parsed;
}

/** By their names; what stands before all options, or after one that takes none, under the empty name. */
function readOptions(args: readonly string[], problems: string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  const list = (name: string) => {
    const values = given.get(name) ?? [];
    given.set(name, values);
    return values;
  };
  // A shell makes many files of one pattern: what follows --base and --configuration is all of it theirs.
  let current = "";
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    const [, name = "", inline] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === "") {
      if (arg.startsWith("-") && arg !== "-") {
        problems.push(`[${arg}] is no option; see --help`);
      } else {
        list(current).push(arg);
      }
      continue;
    }
    current = "";
    if (FLAGS.includes(name) && inline === undefined) {
      list(name);
    } else if (FLAGS.includes(name)) {
      problems.push(`[${name}] takes no value; leave ${JSON.stringify(inline)} out`);
    } else if (LISTS.includes(name) || VALUES.includes(name)) {
      const next = inline ?? args[index + 1];
      if (next === undefined || next === "" || (inline === undefined && next.startsWith("--"))) {
        problems.push(`[${name}] has no value; give one, or leave it out`);
      } else {
        list(name).push(next);
        if (inline === undefined) {
          index += 1;
        }
      }
      if (LISTS.includes(name)) {
        current = name;
      }
    } else {
      problems.push(`[${name}] is no option; options are ${[...LISTS, ...VALUES, ...FLAGS].join(", ")}`);
    }
  }
  return given;
}

function parseKinds(lists: readonly string[], problems: string[]): FindingKind[] {
  const kinds = lists
    .flatMap((list) => list.split(","))
    .map((kind) => kind.trim())
    .filter((kind) => kind !== "");
  const unknown = kinds.filter((kind) => !Object.hasOwn(FINDING_KINDS, kind));
  if (unknown.length > 0) {
    const got = unknown.map((kind) => JSON.stringify(kind)).join(", ");
    problems.push(`[--fail-on] must be of ${Object.keys(FINDING_KINDS).join(", ")}, got ${got}`);
  }
  return kinds.filter((kind): kind is FindingKind => Object.hasOwn(FINDING_KINDS, kind));
}

function parseLength(text: string | undefined, problems: string[]): number {
  if (text === undefined) {
    return DEFAULT_LENGTH;
  }
  const length = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (length === UNLIMITED || length >= SHORTEST_REVIEW) {
    return length;
  }
  problems.push(
    `[--max-length] must be an integer of ${SHORTEST_REVIEW} or more, or 0 for no limit, got ${JSON.stringify(text)}`,
  );
  return DEFAULT_LENGTH;
}

import { adviceOn, type Options, readArguments } from "../command/arguments";
import { FINDING_KINDS, type FindingKind } from "./finding";
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

  npx auth0-progressive-profiling review plan.json --fail-on destroy,loop --out review.md

Ends with 0 when the review is written, 1 when the command or a file is wrong, 2 when --fail-on has found something.

Kinds of findings, the most dangerous first:
${Object.entries(FINDING_KINDS)
  .map(([kind, meaning]) => `  ${kind.padEnd(18)}${meaning}`)
  .join("\n")}
`;

const OPTIONS: Options = {
  base: "list",
  configuration: "list",
  json: "nothing",
  out: "value",
  "fail-on": "values",
  "max-length": "value",
  pictures: "value",
  "pictures-url": "value",
};

/**
 * Reads the command line.
 *
 * @param problem called with each thing that is wrong with it
 */
export function parseArguments(args: readonly string[], problem: (text: string) => void): ReviewArguments | "help" {
  const { positionals: plans, values } = readArguments(args, OPTIONS, problem);
  if (values.has("help")) {
    return "help";
  }
  if (plans.length === 0) {
    problem("[PLAN.json] is missing; give what `terraform show -json PLANFILE` prints");
  }
  const value = (name: string) => values.get(name)?.[0];
  const pictures = value("pictures");
  const picturesUrl = value("pictures-url");
  if (picturesUrl !== undefined && !/^https?:\/\/[^\s<>"]+$/.test(picturesUrl)) {
    problem(
      `[--pictures-url] must be an http or https URL, got ${JSON.stringify(picturesUrl)}; give the one at which DIR will be found`,
    );
  }
  if (picturesUrl !== undefined && pictures === undefined) {
    problem("[--pictures-url] needs --pictures DIR; give both, or leave it out");
  }
  return {
    plans,
    bases: values.get("base") ?? [],
    configurations: values.get("configuration") ?? [],
    isJson: values.has("json"),
    out: value("out"),
    failOn: parseKinds(values.get("fail-on") ?? [], problem),
    maxLength: parseLength(value("max-length"), problem),
    pictures,
    picturesUrl,
  };
}

function parseKinds(lists: readonly string[], problem: (text: string) => void): FindingKind[] {
  const kinds = lists
    .flatMap((list) => list.split(","))
    .map((kind) => kind.trim())
    .filter((kind) => kind !== "");
  const names = Object.keys(FINDING_KINDS);
  for (const kind of kinds.filter((kind) => !isKind(kind))) {
    problem(`[--fail-on] must be of ${names.join(", ")}, got ${JSON.stringify(kind)}; ${adviceOn(kind, names)}`);
  }
  return kinds.filter(isKind);
}

function isKind(kind: string): kind is FindingKind {
  return Object.hasOwn(FINDING_KINDS, kind);
}

function parseLength(text: string | undefined, problem: (text: string) => void): number {
  if (text === undefined) {
    return DEFAULT_LENGTH;
  }
  const length = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (length === UNLIMITED || length >= SHORTEST_REVIEW) {
    return length;
  }
  problem(
    `[--max-length] must be an integer of ${SHORTEST_REVIEW} or more, or 0 for no limit, got ${JSON.stringify(text)}; give another one`,
  );
  return DEFAULT_LENGTH;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../review/json-value";
import { reviewMarkdown } from "../../review/markdown/review-markdown";
import { type Plan, parsePlan } from "../../review/plan/plan";
import { kindsOf, type Review, reviewPlans } from "../../review/review";

const FOLDER = join(__dirname, "..", "review", "plans");

/** What a plan's JSON has of a change, as far as a test makes another of it. */
export interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { actions: string[]; before: Values | null; after: Values | null; [key: string]: unknown };
  }[];
  [key: string]: unknown;
}

type Values = Record<string, unknown>;

export const STORED_PLANS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

/** The JSON of a plan that the real engine made, shortened. */
export function storedPlan(name: string): PlanJson {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
}

export function planOf(json: object, synthesised?: JsonObject): Plan {
  const plan = parsePlan({ file: "login.json", text: JSON.stringify(json), synthesised }, (problem) => {
    throw new Error(problem);
  });
  return plan as Plan;
}

/** The review as a test looks at it. */
export interface Told {
  readonly markdown: string;
  /** The first line, without what all have. */
  readonly verdict: string;
  /** `kind: sentence`, as they stand below "What to look at". */
  readonly findings: readonly string[];
  readonly kinds: readonly string[];
}

/** @param base the JSON of the base's plan */
export function told(json: object, maxLength = 0, synthesised?: JsonObject, base?: object): Told {
  const review: Review = reviewPlans([planOf(json, synthesised)], base === undefined ? [] : [planOf(base)]);
  const markdown = reviewMarkdown(review, maxLength);
  const [, listed = ""] = /^### What to look at\n\n((?:- .*\n)+)/m.exec(markdown) ?? [];
  return {
    markdown,
    verdict: /^## Progressive profiling: (.*)$/m.exec(markdown)?.[1] ?? "",
    findings: listed.split("\n").flatMap((line) => /^- \*\*(.*?)\*\*(: .*)$/.exec(line)?.slice(1, 3).join("") ?? []),
    kinds: [...kindsOf(review)].sort(),
  };
}

/** The form's document of a plan with something else in it; the plan changes the form, then. */
export function withForm(json: PlanJson, attribute: string, change: (document: never) => unknown): PlanJson {
  const copy = structuredClone(json);
  for (const { type, change: of } of copy.resource_changes) {
    if (type !== "auth0_form" || of.after === null) {
      continue;
    }
    const text = of.after[attribute];
    const document = typeof text === "string" ? JSON.parse(text) : text;
    const next = change(document as never);
    of.after[attribute] = typeof next === "object" ? JSON.stringify(next) : next;
    of.actions = ["update"];
  }
  return copy;
}

import { nextButton, text } from "../../lib";
import { articleStages } from "../../lib/form/article-stages";
import { Stage } from "../../lib/form/stage";
import type { FindingKind } from "../../review/finding";
import { reviewForm } from "../../review/form/form-review";
import type { Profiling } from "../../review/profiling";
import { changeOf, findingsOf as findings, profilingOf, sectionsOf as sections, withDocument } from "./reviewed-form";

export const [PROFILE, COMPANY] = articleStages() as [Stage, Stage];
export const BEFORE = profilingOf([PROFILE, COMPANY]);
export const TEAM = Stage.untilAnswered("team", {
  alias: "Missing team",
  components: [text("team", { label: "Team", required: true }), nextButton()],
});

export function findingsOf(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  return findings(changeOf(before, after));
}

export function kindsOf(before: Profiling | undefined, after: Profiling | undefined): readonly FindingKind[] {
  return reviewForm(changeOf(before, after)).findings.map(({ kind }) => kind);
}

export function sectionsOf(
  before: Profiling | undefined,
  after: Profiling | undefined,
): readonly (string | undefined)[] {
  return sections(changeOf(before, after)).map(({ heading }) => heading);
}

export function bodyOf(heading: string, before: Profiling | undefined, after: Profiling | undefined): string {
  const all = sections(changeOf(before, after));
  const found = all.find((section) => section.heading === heading);
  if (found === undefined) {
    throw new Error(`no ${heading}, only ${all.map((section) => section.heading).join(", ")}`);
  }
  return found.body;
}

/** The rows of the table, without its head. */
export function loginsOf(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  const lines = bodyOf("Who is asked what, login by login", before, after).split("\n");
  return lines.filter((line) => line.startsWith("|")).slice(2);
}

export function without({ id, alias, metadataKey, components }: Stage, field: string): Stage {
  return Stage.untilAnswered(metadataKey ?? "", {
    id,
    alias,
    components: components.filter((part) => part.id !== field),
  });
}

/** The stage with other components above its button. */
export function stageOf(
  { id, alias, metadataKey, components }: Stage,
  ...others: Stage["components"][number][] | object[]
): Stage {
  return Stage.untilAnswered(metadataKey ?? "", {
    id,
    alias,
    components: [
      ...components.filter(
        ({ type }) => type === "RICH_TEXT" && !others.some((part) => "type" in part && part.type === "RICH_TEXT"),
      ),
      ...(others as Stage["components"]),
      ...components.filter(({ type }) => type === "NEXT_BUTTON"),
    ],
  });
}

export function writtenBy(profiling: Profiling): Record<string, unknown> {
  const [action] = [...profiling.flows.values()].flatMap(({ actions }) => actions) as [
    { params: { changes: { user_metadata: Record<string, unknown> } } },
  ];
  return action.params.changes.user_metadata;
}

export function writing(profiling: Profiling, metadata: Record<string, unknown>): Profiling {
  const flows = [...profiling.flows].map(([id, flow]) => {
    const [action] = flow.actions as [{ params: object }];
    const kept = JSON.parse(JSON.stringify(metadata)) as object;
    const actions = [{ ...action, params: { ...action.params, changes: { user_metadata: kept } } }];
    return [id, { ...flow, actions }] as const;
  });
  return { ...profiling, flows: new Map(flows) };
}

/** Of the first rule. */
export function withCondition(profiling: Profiling, condition: object): Profiling {
  const [router, ...others] = profiling.form.nodes as [{ config: { rules: object[] } }, ...object[]];
  const [rule, ...rules] = router.config.rules;
  const changed = { ...router, config: { ...router.config, rules: [{ ...rule, condition }, ...rules] } };
  return withDocument(profiling, { nodes: [changed, ...others] });
}

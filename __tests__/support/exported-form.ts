import { Testing } from "cdktf";
import {
  articleStages,
  hasNoValue,
  legal,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  Stage,
  text,
} from "../../lib";
import type { Exported } from "./imported-form";
import { devStack } from "./stack";

/** Stages of which some are saved by one flow, and others by flows of their own. */
export const SAVED_BY_SEVERAL: readonly Stage[] = [
  ...articleStages(),
  Stage.untilAnswered("app_metadata.consents.terms", {
    alsoSave: { "app_metadata.consents.at": "{{functions.now()}}" },
    components: [legal("terms", { required: true, saveTo: "app_metadata.consents.terms" }), nextButton()],
  }),
  Stage.when(hasNoValue("given_name"), {
    id: "name",
    components: [text("first", { label: "First name", required: true, saveTo: "given_name" }), nextButton()],
  }),
];

/** The form and the flows that the construct makes of these props, as the dashboard would export them. */
export function exportedForm(props: ProgressiveProfilingProps = {}): Exported {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  const { resource } = JSON.parse(Testing.synth(stack));
  const [form] = Object.values(resource.auth0_form) as Readonly<Record<string, string>>[];
  const placeholders = Object.fromEntries(
    Object.keys(resource.auth0_flow ?? {}).map((id, index) => [id, `#FLOW-${index + 1}#`]),
  );
  const read = (text = "{}") =>
    JSON.parse(
      Object.entries(placeholders)
        .reduce((all, [id, flowId]) => all.replaceAll(`\${jsonencode(auth0_flow.${id}.id)}`, `"${flowId}"`), text)
        .replaceAll(/\$\{jsonencode\(auth0_flow_vault_connection\.[^)]*\)\}/g, '"#CONN-1#"')
        .replaceAll("$${", () => "${")
        .replaceAll("%%{", "%{"),
    );
  const { name, languages, nodes, start, ending, translations } = form ?? {};
  return {
    form: {
      name,
      languages: (languages as unknown as readonly unknown[])[0],
      nodes: read(nodes),
      start: read(start),
      ending: read(ending),
      ...(translations !== undefined && { translations: read(translations) }),
    },
    flows: Object.fromEntries(
      Object.entries((resource.auth0_flow ?? {}) as Record<string, { name: string; actions: string }>).map(
        ([id, { name: own, actions }]) => [placeholders[id], { name: own, actions: read(actions) }],
      ),
    ),
  };
}

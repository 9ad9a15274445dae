import { formDocument } from "../../lib/form/document";
import { writesOf } from "../../lib/form/saving";
import type { Stage } from "../../lib/form/stage";
import { type FormDocument, formGraph } from "../../review/form/form-graph";
import { reviewForm } from "../../review/form/form-review";
import { findingText } from "../../review/markdown/finding-text";
import { formSections } from "../../review/markdown/form-sections";
import type { Section } from "../../review/markdown/section";
import type { FormResource, Profiling, ProfilingChange } from "../../review/profiling";

export interface ProfilingOptions {
  readonly flowId?: string;
  readonly metadataKeys?: readonly string[];
  readonly isBound?: boolean;
  readonly form?: Partial<FormResource>;
}

/** What this library defines of the stages, as a plan has it: the form's document, the flow, the Action. */
export function profilingOf(stages: readonly Stage[], options: ProfilingOptions = {}): Profiling {
  const flowId = options.flowId ?? "af_1";
  const answers = stages.flatMap(({ components }) => components.flatMap(({ answer }) => answer ?? []));
  return profilingOfForm(
    JSON.parse(
      JSON.stringify(formDocument(stages, { shared: flowId }, { shared: stages.flatMap(writesOf), own: new Map() })),
    ),
    {
      flowId,
      ...options,
      metadata: Object.fromEntries(answers.map(({ metadataKey = "", value }) => [metadataKey, value])),
      metadataKeys: options.metadataKeys ?? stages.map(({ metadataKey = "" }) => metadataKey),
    },
  );
}

/** Any form, as the dashboard or another tool may have made it. */
export function profilingOfForm(
  document: { readonly start?: unknown; readonly nodes?: unknown; readonly ending?: unknown },
  options: ProfilingOptions & { readonly metadata?: object; readonly actions?: unknown } = {},
): Profiling {
  const { flowId = "af_1", metadataKeys, isBound = true } = options;
  const update = {
    id: "update_user",
    type: "AUTH0",
    action: "UPDATE_USER",
    params: {
      connection_id: "ac_1",
      user_id: "{{context.user.user_id}}",
      changes: { user_metadata: options.metadata ?? {} },
    },
  };
  const form = {
    address: "auth0_form.profiling",
    name: "Progressive Profiling",
    languages: { primary: "en" },
    start: document.start,
    nodes: document.nodes,
    ending: document.ending,
    ...options.form,
  };
  return {
    form,
    graph: formGraph(form),
    flows: new Map([
      [
        flowId,
        {
          address: "auth0_flow.profiling",
          name: "Update user_metadata",
          actions: "actions" in options ? options.actions : options.metadata === undefined ? [] : [update],
        },
      ],
    ]),
    action: { address: "auth0_action.profiling", name: "Progressive Profiling", metadataKeys, isBound },
  };
}

/** The same with another document of the form. */
export function withDocument(profiling: Profiling, document: Partial<FormDocument>): Profiling {
  const form = { ...profiling.form, ...document };
  return { ...profiling, form, graph: formGraph(form) };
}

/** What the Markdown has of the form's change. */
export function sectionsOf(change: ProfilingChange): readonly Section[] {
  return formSections({ change, review: reviewForm(change) });
}

/** What there is to look at, as the reader gets it: `kind: sentence`. */
export function findingsOf(change: ProfilingChange): readonly string[] {
  return reviewForm(change).findings.map((finding) => `${finding.kind}: ${findingText(finding)}`);
}

export function changeOf(before: Profiling | undefined, after: Profiling | undefined): ProfilingChange {
  return { stack: "login", before, after };
}

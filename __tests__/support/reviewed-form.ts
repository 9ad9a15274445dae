import { formDocument } from "../../lib/form/document";
import type { Stage } from "../../lib/form/stage";
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
  return profilingOfForm(JSON.parse(JSON.stringify(formDocument(stages, flowId))), {
    flowId,
    ...options,
    metadata: Object.fromEntries(answers.map(({ metadataKey, value }) => [metadataKey, value])),
    metadataKeys: options.metadataKeys ?? stages.map(({ metadataKey }) => metadataKey),
  });
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
  return {
    form: {
      address: "auth0_form.profiling",
      name: "Progressive Profiling",
      languages: { primary: "en" },
      start: document.start,
      nodes: document.nodes,
      ending: document.ending,
      ...options.form,
    },
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

export function changeOf(before: Profiling | undefined, after: Profiling | undefined): ProfilingChange {
  return { stack: "login", before, after };
}

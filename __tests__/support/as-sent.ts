import type { WholeForm } from "./form-structure";

/** The resources of a synthesised stack, by type and logical id. */
type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** The form of a stack as the Management API has it, and each flow under the id that the form leads to. */
export function formAsSent(resource: Resources): WholeForm {
  const [form] = Object.values(resource.auth0_form ?? {}) as Record<string, unknown>[];
  const { start, nodes, ending, style, translations, messages } = form ?? {};
  const texts = { start, nodes, ending, style, translations };
  const documents = Object.entries(texts).filter(([, text]) => text !== undefined);
  const [message] = (messages ?? []) as Record<string, unknown>[];
  const flows = Object.entries(resource.auth0_flow ?? {}) as [string, { actions: string }][];
  return {
    form: {
      ...Object.fromEntries(documents.map(([key, text]) => [key, parsed(text)])),
      messages: message && Object.fromEntries(Object.entries(message).map(([key, text]) => [key, parsed(text)])),
    } as unknown as WholeForm["form"],
    flows: Object.fromEntries(
      flows.map(([id, { actions }]) => [`<auth0_flow.${id}.id>`, { actions: parsed(actions) }]),
    ),
  };
}

/** `${jsonencode(auth0_flow.x.id)}` stands where a text will stand: as a text, JSON can be parsed before the plan. */
function parsed(text: unknown) {
  return JSON.parse(String(text).replaceAll(/\$\{jsonencode\((.*?)\)\}/g, (_, of) => JSON.stringify(`<${of}>`)));
}

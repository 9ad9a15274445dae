import { Liquid } from "liquidjs";
import type { Json } from "../../documents/json";
import type { MessageKind } from "../../documents/message";
import { FlowActionError } from "./flow-action-error";
import { objectParam, textParam } from "./params";
import type { ActionCall, ActionOutcome, RunAction } from "./run-action";

/** Templates may include no other ones: those would be files of this machine. */
const LIQUID = new Liquid({ templates: {}, parseLimit: 200_000, renderLimit: 1000, memoryLimit: 1_000_000 });

/** Which parameters are Liquid templates, by action. */
export const NOTIFICATION_TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  SEND_EMAIL: ["subject", "body"],
  SEND_SMS: ["message"],
  MAKE_CALL: ["message"],
};

/** What goes to people: into the outbox. @see https://auth0.com/docs/customize/forms/flows/integrations/auth0#notifications */
export const NOTIFICATION_ACTIONS: Readonly<Record<string, RunAction>> = {
  SEND_EMAIL: (call) => {
    const subject = rendered(call, "subject");
    return sent(call, "email", rendered(call, "body"), subject);
  },
  SEND_SMS: (call) => sent(call, "sms", rendered(call, "message")),
  MAKE_CALL: (call) => sent(call, "call", rendered(call, "message")),
};

interface Rendered {
  readonly text: string;
  /** The variables that it names and no message has. */
  readonly unknown: readonly string[];
}

function sent(call: ActionCall, kind: MessageKind, body: Rendered, subject?: Rendered): ActionOutcome {
  const { params } = call;
  const from = senderOf(params);
  const unknown = [...new Set([...(subject?.unknown ?? []), ...body.unknown])];
  const code = codeIn(call, `${subject?.text ?? ""} ${body.text}`);
  return {
    output: { success: true },
    message: {
      kind,
      ...(from !== undefined && { from }),
      to: textParam(params, "to"),
      ...(subject !== undefined && { subject: subject.text }),
      body: body.text,
      ...(code !== undefined && { code }),
    },
    ...(unknown.length > 0 && {
      warning: `a message knows no ${unknown.join(", ")}: custom_vars can give it such a value`,
    }),
  };
}

function senderOf(params: ActionCall["params"]): string | undefined {
  if (params.from === undefined || typeof params.from === "string") {
    return params.from;
  }
  const from = objectParam(params, "from");
  const email = textParam(from, "email");
  return from.name === undefined ? email : `${textParam(from, "name")} <${email}>`;
}

/** The one-time password that was made for this message, as far as that can be seen: the last that stands in it. */
function codeIn({ memory }: ActionCall, text: string): string | undefined {
  return Object.values(memory.codes)
    .map(({ code }) => code)
    .findLast((code) => text.includes(code));
}

/** @throws FlowActionError where it is no Liquid, or takes too long */
function rendered(call: ActionCall, name: string): Rendered {
  const template = textParam(call.params, name);
  const variables = variablesOf(call);
  try {
    const parsed = LIQUID.parse(template);
    const roots = LIQUID.globalVariablesSync(parsed);
    return {
      text: String(LIQUID.renderSync(parsed, variables)),
      unknown: roots.filter((root) => !Object.hasOwn(variables, root)),
    };
  } catch (error) {
    throw new FlowActionError(`params.${name} is no Liquid: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @see https://auth0.com/docs/customize/email/email-templates/supported-liquid-syntax */
function variablesOf({ params, context }: ActionCall): { readonly [root: string]: Json } {
  const client = context.client === undefined ? {} : objectParam(context, "client");
  const tenant = context.tenant === undefined ? {} : objectParam(context, "tenant");
  const name = tenant.name ?? "";
  return {
    application: { name: client.name ?? "", clientID: client.client_id ?? "" },
    custom_vars: params.custom_vars === undefined ? {} : { ...objectParam(params, "custom_vars") },
    friendly_name: name,
    tenant: name,
    user: context.user ?? {},
  };
}

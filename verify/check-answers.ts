import { MAX_FLOWS, MAX_FORMS } from "auth0-forms";
import type { CheckedTenant, NamedType, Reply } from "./checked-tenant";
import { DEPLOY_SCOPES } from "./deploy-scopes";
import { quoted } from "./finding";
import type { Item } from "./management-client";
import type { Planned } from "./planned-stack";

/** What is looked at, in the order in which it is told. */
export const TOPICS = [
  "credentials",
  "scopes",
  "state",
  "forms",
  "names",
  "limits",
  "trigger",
  "domain",
  "connection",
] as const;

/** What a check says of one thing. */
export interface Answer {
  readonly about: (typeof TOPICS)[number];
  /** `unknown` where the tenant does not tell: no problem, but nothing is known. */
  readonly verdict: "ok" | "problem" | "unknown";
  readonly what: string;
  /** What to do; each problem has it. */
  readonly remedy?: string;
}

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_ACTIONS = 100;
const MAX_ACTIONS_OF_TRIGGER = 20;

/** What each is called. */
const NAMED: Readonly<Record<NamedType, string>> = {
  auth0_action: "an Action",
  auth0_client: "a client",
  auth0_flow: "a flow",
  auth0_flow_vault_connection: "a Vault connection",
  auth0_form: "a form",
};

/** What stands in the way of a deploy, and what does not. */
export function answersOf(planned: readonly Planned[], tenant: CheckedTenant): readonly Answer[] {
  return [
    ...scopeAnswers(planned, tenant),
    ...formAnswers(planned, tenant),
    ...nameAnswers(planned, tenant),
    ...limitAnswers(planned, tenant),
    ...triggerAnswers(planned, tenant),
    domainAnswer(planned, tenant),
    ...connectionAnswers(planned, tenant),
  ];
}

function scopeAnswers(planned: readonly Planned[], { domain, scopes }: CheckedTenant): readonly Answer[] {
  const about = "scopes";
  const types = [...new Set(planned.map(({ type }) => type))];
  const strange = types
    .filter((type) => !Object.hasOwn(DEPLOY_SCOPES, type))
    .map((type): Answer => ({ about, verdict: "unknown", what: `which scopes ${type} needs is not known here` }));
  if (scopes === undefined) {
    return [{ about, verdict: "unknown", what: "AUTH0_API_TOKEN does not tell its scopes" }, ...strange];
  }
  const needed = new Set(types.flatMap((type) => DEPLOY_SCOPES[type] ?? []));
  const missing = [...needed].filter((scope) => !scopes.includes(scope));
  const problems = missing.map((scope): Answer => {
    const users = types.filter((type) => DEPLOY_SCOPES[type]?.includes(scope)).join(", ");
    const remedy = `grant it to the client that deploys, on the Management API of ${domain}`;
    return { about, verdict: "problem", what: `${scope} is missing, which ${users} needs`, remedy };
  });
  const sound: Answer = { about, verdict: "ok", what: `all ${needed.size} that a deploy needs` };
  return [...(problems.length > 0 ? problems : [sound]), ...strange];
}

function formAnswers(planned: readonly Planned[], { lists }: CheckedTenant): readonly Answer[] {
  const about = "forms";
  if (!planned.some(({ type }) => type === "auth0_form" || type === "auth0_flow")) {
    return [];
  }
  const { auth0_form: forms } = lists;
  if (forms.items !== undefined) {
    return [{ about, verdict: "ok", what: "the tenant has Forms" }];
  }
  if (forms.isRefused) {
    const remedy = "see in the dashboard whether the tenant's subscription has Forms (Actions > Forms)";
    return [{ about, verdict: "problem", what: `the tenant seems to have no Forms: ${forms.why}`, remedy }];
  }
  return [unread(about, "whether the tenant has Forms", forms)];
}

/** A second Action of a name is refused, and stays so. Of the others there would be two, and nobody could tell them apart. */
function nameAnswers(planned: readonly Planned[], { lists }: CheckedTenant): readonly Answer[] {
  const about = "names";
  const answers = (Object.keys(NAMED) as NamedType[]).flatMap((type): readonly Answer[] => {
    const names = new Set(planned.filter((one) => one.type === type && one.isNew).flatMap(({ name }) => name ?? []));
    const list = lists[type];
    if (names.size === 0) {
      return [];
    }
    if (list.items === undefined) {
      return type === "auth0_form" && list.isRefused
        ? []
        : [unread(about, `whether there is ${NAMED[type]} named ${[...names].map(quoted).join(", ")}`, list)];
    }
    return list.items.filter(({ name }) => names.has(String(name))).map((item) => taken(type, item));
  });
  return answers.length > 0 ? answers : [{ about, verdict: "ok", what: "none is taken" }];
}

function taken(type: NamedType, item: Item): Answer {
  const id = String(item.client_id ?? item.id);
  const there = `there is ${NAMED[type]} named ${quoted(item.name)} (${id})`;
  const form =
    type === "auth0_form" ? `take it into a stack: auth0-progressive-profiling adopt --form ${id}` : undefined;
  return {
    about: "names",
    verdict: "problem",
    what:
      type === "auth0_action"
        ? `${there}, and Auth0 refuses a second one`
        : `${there}, and a deploy makes a second one`,
    remedy: `give the stack's another name, or ${form ?? "import it"}`,
  };
}

function limitAnswers(planned: readonly Planned[], { lists }: CheckedTenant): readonly Answer[] {
  const limits = [
    ["auth0_form", "forms", MAX_FORMS],
    ["auth0_flow", "flows", MAX_FLOWS],
    ["auth0_action", "Actions", MAX_ACTIONS],
  ] as const;
  return limits.flatMap(([type, words, most]): readonly Answer[] => {
    const more = planned.filter((one) => one.type === type && one.isNew).length;
    const { items } = lists[type];
    return items === undefined || more === 0
      ? []
      : [limited("limits", "the tenant has", words, items.length, more, most)];
  });
}

function limited(
  about: Answer["about"],
  has: string,
  words: string,
  count: number,
  more: number,
  most: number,
): Answer {
  const what = `${has} ${count} of ${most} ${words}, and ${more} more ${more === 1 ? "is" : "are"} to come`;
  return count + more > most
    ? { about, verdict: "problem", what, remedy: `delete ${count + more - most} that nobody needs` }
    : { about, verdict: "ok", what };
}

function triggerAnswers(planned: readonly Planned[], tenant: CheckedTenant): readonly Answer[] {
  const about = "trigger";
  const bindings = planned.filter(({ type }) => type === "auth0_trigger_action" || type === "auth0_trigger_actions");
  return [...tenant.triggers].flatMap(([trigger, bound]): readonly Answer[] => {
    if (bound.items === undefined) {
      return [unread(about, `what runs at ${trigger}`, bound)];
    }
    const ofTrigger = bindings.filter(({ values, isNew }) => values.trigger === trigger && isNew);
    const more = ofTrigger.filter(({ type }) => type === "auth0_trigger_action").length;
    const names = bound.items.map(({ action }) => quoted((action as Item | undefined)?.name));
    const owner = ofTrigger.find(({ type }) => type === "auth0_trigger_actions");
    if (owner !== undefined && names.length > 0) {
      const what = `${trigger} runs ${names.join(", then ")}, and auth0_trigger_actions of the stack takes the whole list`;
      return [
        { about, verdict: "problem", what, remedy: "bind by auth0_trigger_action, or have these in the stack's list" },
      ];
    }
    const before = names.length > 0 ? `${trigger} runs ${names.join(", then ")}:` : `${trigger} runs nothing:`;
    return [limited(about, before, "Actions", names.length, more, MAX_ACTIONS_OF_TRIGGER)];
  });
}

function domainAnswer(planned: readonly Planned[], { customDomains }: CheckedTenant): Answer {
  const about = "domain";
  const { items } = customDomains;
  if (items === undefined) {
    return unread(about, "whether the tenant has a custom domain", customDomains);
  }
  const ready = items.filter(({ status }) => status === "ready").map(({ domain }) => String(domain));
  if (ready.length > 0) {
    return { about, verdict: "ok", what: `the tenant has the custom domain ${ready.join(", ")}` };
  }
  const shows = planned.some(
    ({ type, values }) => type === "auth0_form" && /"type":\s*"CUSTOM"/.test(String(values.nodes)),
  );
  const what = "the tenant has no custom domain that is ready";
  return shows
    ? {
        about,
        verdict: "problem",
        what: `${what}, and a form has a CUSTOM field, which Auth0 shows only there`,
        remedy: "set one up in the dashboard (Branding > Custom Domains), or ask by another field",
      }
    : { about, verdict: "ok", what: `${what}; only CUSTOM fields need one` };
}

function connectionAnswers(planned: readonly Planned[], { connections, enabled }: CheckedTenant): readonly Answer[] {
  const about = "connection";
  if (connections.items === undefined) {
    return [unread(about, "by which connection people log in", connections)];
  }
  const names = connections.items.map(({ name }) => String(name));
  const read = planned.filter(({ type }) => type === "data.auth0_connection").flatMap(({ name }) => name ?? []);
  const lost = [...new Set(read)].filter((name) => !names.includes(name));
  const remedy = "create one in the dashboard (Authentication), or name one that is there";
  const problems = lost.map((name): Answer => {
    const there = names.length === 0 ? "none" : names.map(quoted).join(", ");
    return { about, verdict: "problem", what: `there is no connection ${quoted(name)}, there is ${there}`, remedy };
  });
  if (problems.length > 0) {
    return problems;
  }
  const enables = planned.some(({ type }) => /^auth0_connection_clients?$/.test(type));
  if (enables) {
    return [{ about, verdict: "ok", what: "the stack enables one for its application" }];
  }
  return enabled === undefined
    ? [
        {
          about,
          verdict: "problem",
          what: "no connection is enabled for any application, so that nobody can log in and be asked",
          remedy: "enable one for an application in the dashboard (Applications > Connections)",
        },
      ]
    : [{ about, verdict: "ok", what: `${quoted(enabled)} is enabled for an application` }];
}

function unread(about: Answer["about"], what: string, { why }: Reply): Answer {
  return { about, verdict: "unknown", what: `${what}: ${why}` };
}

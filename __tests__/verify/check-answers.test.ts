import { ProgressiveProfiling, SampleApplication } from "../../lib";
import { answersOf } from "../../verify/check-answers";
import type { CheckedTenant, Reply } from "../../verify/checked-tenant";
import { DEPLOY_SCOPES } from "../../verify/deploy-scopes";
import { ARTICLE, type Planned, plannedOf } from "../../verify/planned-stack";
import { deployingScopes } from "../support/readme";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const NONE: Reply = { items: [] };
const many = (count: number): Reply => ({ items: Array.from({ length: count }, (_, id) => ({ id, name: `${id}` })) });

/** A tenant in which nothing is, and a client that may do all. */
const EMPTY: CheckedTenant = {
  domain: "example.eu.auth0.com",
  scopes: deployingScopes(),
  lists: {
    auth0_action: NONE,
    auth0_client: NONE,
    auth0_flow: NONE,
    auth0_flow_vault_connection: NONE,
    auth0_form: NONE,
  },
  triggers: new Map([["post-login", NONE]]),
  customDomains: NONE,
  connections: { items: [{ id: "con_1", name: "Users" }] },
  enabled: "Users",
};

function plannedBy(...define: readonly ((stack: ReturnType<typeof devStack>) => unknown)[]): readonly Planned[] {
  const stack = devStack();
  for (const one of define) {
    one(stack);
  }
  return plannedOf({ name: "dev", folder: "", configuration: Template.of(stack).json }, undefined);
}

/** `problem names there is …; give …`, for all that is not ok. */
function told(planned: readonly Planned[], tenant: Partial<CheckedTenant>): readonly string[] {
  return answersOf(planned, { ...EMPTY, ...tenant })
    .filter(({ verdict }) => verdict !== "ok")
    .map(
      ({ about, verdict, what, remedy }) => `${verdict} ${about}: ${what}${remedy === undefined ? "" : `; ${remedy}`}`,
    );
}

const known = (planned: readonly Planned[]) =>
  planned
    .map(({ type, name, values, isNew }) => ({
      type,
      name,
      trigger: values.trigger,
      isNew: type.startsWith("data.") || isNew,
    }))
    .sort((one, other) => one.type.localeCompare(other.type));

test("without a stack, what is checked for is what ProgressiveProfiling has without props", () => {
  expect(known(ARTICLE)).toEqual(known(plannedBy((stack) => new ProgressiveProfiling(stack, "profiling"))));
});

test("the scopes for this repository's stack are those that the README documents", () => {
  const planned = plannedBy(
    (stack) => new ProgressiveProfiling(stack, "profiling"),
    (stack) => new SampleApplication(stack, "sample"),
  );

  expect([...new Set(planned.flatMap(({ type }) => DEPLOY_SCOPES[type]))].sort()).toEqual(
    [...deployingScopes()].sort(),
  );
});

test("nothing stands in the way in an empty tenant", () => {
  expect(told(ARTICLE, {})).toEqual([]);
});

const taken = (id: string, name: string): Reply => ({ items: [{ id, name }] });

test.each<[string, Partial<CheckedTenant>, string]>([
  [
    "a missing scope",
    { scopes: deployingScopes().filter((scope) => scope !== "update:actions") },
    "problem scopes: update:actions is missing, which auth0_action, auth0_trigger_action needs; grant it to the client that deploys, on the Management API of example.eu.auth0.com",
  ],
  [
    "a token that is no JSON web token",
    { scopes: undefined },
    "unknown scopes: AUTH0_API_TOKEN does not tell its scopes",
  ],
  [
    "a tenant without Forms",
    { lists: { ...EMPTY.lists, auth0_form: { why: "GET forms is answered with 403: Not enabled", isRefused: true } } },
    "problem forms: the tenant seems to have no Forms: GET forms is answered with 403: Not enabled; see in the dashboard whether the tenant's subscription has Forms (Actions > Forms)",
  ],
  [
    "an Action's name that is taken",
    { lists: { ...EMPTY.lists, auth0_action: taken("a1", "Progressive Profiling") } },
    'problem names: there is an Action named "Progressive Profiling" (a1), and Auth0 refuses a second one; give the stack\'s another name, or import it',
  ],
  [
    "a form's name that is taken",
    { lists: { ...EMPTY.lists, auth0_form: taken("ap_1", "Progressive Profiling") } },
    'problem names: there is a form named "Progressive Profiling" (ap_1), and a deploy makes a second one; give the stack\'s another name, or take it into a stack: auth0-progressive-profiling adopt --form ap_1',
  ],
  [
    "a flow's name that is taken",
    { lists: { ...EMPTY.lists, auth0_flow: taken("af_1", "Update user_metadata") } },
    'problem names: there is a flow named "Update user_metadata" (af_1), and a deploy makes a second one; give the stack\'s another name, or import it',
  ],
  [
    "a tenant full of flows",
    { lists: { ...EMPTY.lists, auth0_flow: many(500) } },
    "problem limits: the tenant has 500 of 500 flows, and 1 more is to come; delete 1 that nobody needs",
  ],
  [
    "a trigger that is full",
    { triggers: new Map([["post-login", { items: Array(20).fill({ action: { name: "A" } }) }]]) },
    `problem trigger: post-login runs ${Array(20).fill('"A"').join(", then ")}: 20 of 20 Actions, and 1 more is to come; delete 1 that nobody needs`,
  ],
  [
    "no connection that is enabled",
    { enabled: undefined },
    "problem connection: no connection is enabled for any application, so that nobody can log in and be asked; enable one for an application in the dashboard (Applications > Connections)",
  ],
])("%s is told", (_, tenant, line) => {
  expect(told(ARTICLE, tenant)).toEqual([line]);
});

const planned = (type: string, values: Readonly<Record<string, unknown>>): Planned => ({ type, values, isNew: true });

test.each<[string, readonly Planned[], Partial<CheckedTenant>, readonly string[]]>([
  [
    "a stack that takes the trigger's whole list",
    [planned("auth0_trigger_actions", { trigger: "post-login" })],
    { triggers: new Map([["post-login", { items: [{ action: { name: "Audit" } }] }]]) },
    [
      'problem trigger: post-login runs "Audit", and auth0_trigger_actions of the stack takes the whole list; bind by auth0_trigger_action, or have these in the stack\'s list',
    ],
  ],
  [
    "a CUSTOM field without a custom domain",
    [planned("auth0_form", { nodes: '[{"type":"CUSTOM"}]' })],
    {},
    [
      "problem domain: the tenant has no custom domain that is ready, and a form has a CUSTOM field, which Auth0 shows only there; set one up in the dashboard (Branding > Custom Domains), or ask by another field",
    ],
  ],
  [
    "a CUSTOM field with one",
    [planned("auth0_form", { nodes: '[{"type":"CUSTOM"}]' })],
    { customDomains: { items: [{ domain: "login.example.com", status: "ready" }] } },
    [],
  ],
  [
    "a connection that is not there",
    [{ ...planned("data.auth0_connection", {}), name: "People" }],
    {},
    [
      'problem connection: there is no connection "People", there is "Users"; create one in the dashboard (Authentication), or name one that is there',
    ],
  ],
  [
    "a resource of which nothing is known",
    [planned("auth0_organization", {})],
    {},
    ["unknown scopes: which scopes auth0_organization needs is not known here"],
  ],
])("%s", (_, stack, tenant, lines) => {
  expect(told(stack, tenant)).toEqual(lines);
});

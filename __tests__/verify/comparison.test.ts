import { compare } from "../../verify/comparison";
import { reportJson, reportText } from "../../verify/report";
import type { Tenant } from "../../verify/tenant";
import { bound, deployedAction, IDS, OWN_BINDING, RESOURCES, stateOf, tenantAs } from "../support/compared";

const ACTION = `module.login.auth0_action.profile (${IDS.action})`;
const BINDING = `module.login.auth0_trigger_action.profile (${IDS.action})`;
const VAULT = `auth0_flow_vault_connection.vault["2026-11"] (${IDS.vault})`;
const REPLACE_ACTION = "terraform apply -replace='module.login.auth0_action.profile'";
const REPLACE_VAULT = `terraform apply -replace='auth0_flow_vault_connection.vault["2026-11"]'`;
const VAULT_ADDRESS = 'auth0_flow_vault_connection.vault["2026-11"]';
const OTHER = "00000000-0000-4000-8000-000000000002";

const { lists } = tenantAs();
const without = (type: keyof Tenant["lists"]) => ({ lists: { ...lists, [type]: [] } });
const vault = (item: object) => ({
  lists: { ...lists, auth0_flow_vault_connection: [{ id: IDS.vault, name: "Vault", item: { ...item } }] },
});
const action = (deployed: object, draft: object = {}) => ({
  actions: new Map([[IDS.action, deployedAction({ ...deployed }, { ...draft })]]),
});
const bindings = (...all: readonly ReturnType<typeof bound>[]) => ({ bindings: new Map([["post-login", all]]) });
const token = (reply: object) => ({ tokens: new Map([[VAULT_ADDRESS, reply as { token: string }]]) });
const executions = (...failed: readonly boolean[]) => ({
  executions: new Map([
    [
      IDS.flow,
      {
        executions: failed.map((hasFailed, index) => ({
          id: `${index}`,
          at: `2026-11-0${9 - index}`,
          hasFailed,
          ...(hasFailed && { reason: 'action "update_user": 403' }),
        })),
        areCut: false,
      },
    ],
  ]),
});

function lines(tenant: Partial<Tenant>, state = stateOf()): readonly string[] {
  const report = reportText(compare([state], tenantAs(tenant)));
  return report.split("\n").flatMap((line) => (line.startsWith("  ") ? [line.trim()] : []));
}

test("a tenant that is as the state says is clean", () => {
  expect(reportText(compare([stateOf()], tenantAs()))).toBe(
    "Clean: the tenant example.eu.auth0.com is as the state says (login, 7 resources).\n",
  );
});

test.each<[string, Partial<Tenant>, string]>([
  [
    "an older version is deployed",
    action({ code: "old" }, { all_changes_deployed: false }),
    `${ACTION}: version 3 is deployed: its code is not the state's; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "a secret was added, and the version runs elsewhere",
    action({ secrets: [{ name: "KEY" }, { name: "EXTRA" }], runtime: "node18-actions" }),
    `${ACTION}: version 3 is deployed: its secrets are EXTRA, KEY, the state's KEY, it runs on node18, the state says node22; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "the secrets are gone",
    action({ secrets: [] }),
    `${ACTION}: version 3 is deployed: its secrets are none, the state's KEY; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "the draft has changes",
    action({}, { all_changes_deployed: false }),
    `${ACTION}: version 3 is deployed: the draft has changes that it has not; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "the draft could not be built",
    action({}, { status: "failed", all_changes_deployed: false }),
    `${ACTION}: its draft is not built, its status is "failed"; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "nothing is deployed",
    action({}, { deployed_version: undefined }),
    `${ACTION}: no version of it is deployed; to mend it: ${REPLACE_ACTION}`,
  ],
  [
    "the Action is not bound",
    bindings(),
    `${BINDING}: the Action is not bound to post-login, so that no login runs it (a plan shows this); to mend it: terraform apply`,
  ],
  [
    "the Vault connection has no credentials",
    vault({ ready: false }),
    `${VAULT}: is not ready: it has no credentials; to mend it: ${REPLACE_VAULT}`,
  ],
  [
    "somebody wrote the Vault connection",
    vault({ ready: true, fingerprint: "second" }),
    `${VAULT}: was written since the last apply, and not by it: its fingerprint is another one; to mend it: ${REPLACE_VAULT}`,
  ],
  [
    "the client's secret is another one",
    token({ refusal: "it answers 401 (access_denied: Unauthorized)" }),
    `${VAULT}: its client ${IDS.client} gets no token, it answers 401 (access_denied: Unauthorized); to mend it: ${REPLACE_VAULT}`,
  ],
  [
    "the client may not save",
    token({ token: "t", scopes: ["read:users"] }),
    `${VAULT}: its client ${IDS.client} has no update:users, so that no answer can be saved; to mend it: give the stack's grant update:users, then terraform apply`,
  ],
  [
    "the grant lost a scope",
    { grants: [{ id: IDS.grant, client_id: IDS.client, scope: ["read:users"] }] },
    `auth0_client_grant.writer["2026-11"] (${IDS.grant}): lacks update:users (a plan shows this); to mend it: terraform apply`,
  ],
  [
    "the grant is gone, so that the Vault connection's client gets no token",
    { grants: [], ...token({ refusal: "it answers 403 (access_denied: Client is not authorized)" }) },
    `auth0_client_grant.writer["2026-11"] (${IDS.grant}): is gone from the tenant (a plan shows this); to mend it: terraform apply`,
  ],
  [
    "the form is gone",
    without("auth0_form"),
    `auth0_form.profile (${IDS.form}): the form is gone, and module.login.auth0_action.profile shows it at logins (a plan shows this); to mend it: terraform apply`,
  ],
  [
    "the Action shows a form that nothing knows",
    action({ code: 'api.prompt.render("ap_9999999999999999999999")' }, {}),
    `${ACTION}: shows the form ap_9999999999999999999999, which the tenant does not have; to mend it: make the form, give its id to the Action, then terraform apply`,
  ],
  [
    "the last answer was not saved",
    executions(true, false, true),
    `auth0_flow.save (${IDS.flow}): 2 of 3 executions failed, the newest at 2026-11-09, action "update_user": 403; to mend it: mend the cause; with the next answer that is saved this ends (GET /api/v2/flows/${IDS.flow}/executions has each)`,
  ],
])("says in one line that %s, and what mends it", (_, tenant, line) => {
  expect(lines(tenant)).toContain(line);
  expect(reportText(compare([stateOf()], tenantAs(tenant)))).toMatch(/\n\d differences? between the tenant /);
});

describe("the order of a trigger", () => {
  const late = `${BINDING}: post-login runs "Other" (${OTHER}) after it, but it is to be the last one; to mend it: terraform apply -replace='module.login.auth0_trigger_action.profile', or give the order in the stack by auth0_trigger_actions`;
  const other = bound(OTHER, "Other");
  const binding = { trigger: "post-login", action_id: OTHER };

  test("is told where another one runs after ours, not before", () => {
    expect(lines(bindings(OWN_BINDING, other))).toEqual([
      late,
      'post-login runs "Profile", then "Other" (not of this state)',
    ]);
    expect(lines(bindings(other, OWN_BINDING))).toEqual([
      'post-login runs "Other" (not of this state), then "Profile"',
    ]);
  });

  test("is right where the other one shows a form too", () => {
    expect(lines(bindings(OWN_BINDING, bound(OTHER, "Other", 'api.prompt.render("ap_x")')))).toHaveLength(1);
  });

  test("is the stack's own where the other binding waits for ours, and wrong where it does not", () => {
    const own = { ...RESOURCES, "auth0_action.other": { id: OTHER }, "auth0_trigger_action.other": binding };
    const tenant = {
      ...bindings(OWN_BINDING, other),
      actions: new Map([...tenantAs().actions, [OTHER, deployedAction()]]),
    };

    expect(lines(tenant, stateOf(own))).toEqual([late]);
    const waits = { "auth0_trigger_action.other": ["module.login.auth0_trigger_action.profile"] };
    expect(lines(tenant, stateOf(own, waits))).toEqual([]);
  });

  test("is that of a list, which is told where it leaves our Action out", () => {
    const list = { trigger: "post-login", actions: [{ id: OTHER }, { id: IDS.action }] };
    const tenant = bindings(OWN_BINDING, other);
    const notes = ['post-login runs "Profile", then "Other" (not of this state)'];

    expect(lines(tenant, stateOf({ ...RESOURCES, "auth0_trigger_actions.all": list }))).toEqual(notes);
    const without = { ...list, actions: [{ id: OTHER }] };
    expect(lines(tenant, stateOf({ ...RESOURCES, "auth0_trigger_actions.all": without }))).toEqual([
      `${BINDING}: auth0_trigger_actions.all owns the whole list of post-login and leaves this Action out: each apply of it unbinds the Action; to mend it: add the Action to auth0_trigger_actions.all, or bind its Actions by auth0_trigger_action`,
      ...notes,
    ]);
  });
});

describe("what is there twice", () => {
  const listed = (id: string, name: string) => ({ id, name, item: {} });
  const twice = {
    auth0_client: [...lists.auth0_client, listed("client-2", "Writer")],
    auth0_flow_vault_connection: [...lists.auth0_flow_vault_connection, listed("ac_2", "Vault")],
    auth0_flow: [...lists.auth0_flow, listed("af_2", "Save"), listed("af_3", "Other")],
    auth0_form: [...lists.auth0_form, listed("ap_2", "Profile")],
  };
  const double = (address: string, id: string, name: string, use: string, path: string) =>
    `${address}: ${id} has the name "${name}" too and is in no state; ${use}; to mend it: auth0 api delete "${path}/${id}", if no other stack made it and nobody needs it`;

  test("is told in the order in which it can be deleted, also where it uses one another", () => {
    const referrers = [
      { type: "auth0_flow_vault_connection", id: "af_2", path: "flows/af_2", text: "ac_2" },
      { type: "auth0_flow", id: "ap_2", path: "forms/ap_2", text: "af_2" },
    ] as const;

    expect(
      lines({ lists: twice, referrers, grants: [...tenantAs().grants, { id: "g", client_id: "client-2" }] }),
    ).toEqual([
      double(
        "auth0_form.profile",
        "ap_2",
        "Profile",
        "no Action's code shows it, and of secrets Auth0 does not tell",
        "forms",
      ),
      double("auth0_flow.save", "af_2", "Save", "no form uses it", "flows"),
      double(VAULT_ADDRESS, "ac_2", "Vault", "no flow uses it", "flows/vault/connections"),
      double('auth0_client.writer["2026-11"]', "client-2", "Writer", "it has a grant", "clients"),
    ]);
  });

  test("is left alone where something else uses it, and with it what it uses", () => {
    const referrers = [
      { type: "auth0_flow_vault_connection", id: "af_2", path: "flows/af_2", text: "ac_2" },
      { type: "auth0_flow", id: "ap_2", path: "forms/ap_2", text: "af_2" },
      { type: "auth0_form", id: OTHER, path: `actions/actions/${OTHER}`, text: "ap_2" },
    ] as const;

    expect(lines({ lists: twice, referrers })).toEqual([
      double('auth0_client.writer["2026-11"]', "client-2", "Writer", "it has no grant", "clients"),
    ]);
  });

  test("is another stack's where its state is given too", () => {
    const other = stateOf({ "auth0_client.other": { id: "client-2", name: "Writer" } });
    const tenant = tenantAs({ lists: { ...lists, auth0_client: twice.auth0_client } });

    expect(compare([stateOf(), other], tenant).findings).toEqual([]);
  });
});

test("a flow that failed and works again is no difference", () => {
  const comparison = compare([stateOf()], tenantAs(executions(false, true)));

  expect(comparison.findings).toEqual([]);
  expect(comparison.notes).toEqual([
    `auth0_flow.save (${IDS.flow}): 1 of 2 executions failed, the newest at 2026-11-08, action "update_user": 403; it has worked since`,
  ]);
});

describe("a Vault connection that is not of the state", () => {
  const { [VAULT_ADDRESS]: _, ...others } = RESOURCES;

  test("is looked for where a flow uses it", () => {
    const remedy = "set the Vault connection up, or give the flow another one, then terraform apply";
    expect(lines(without("auth0_flow_vault_connection"), stateOf(others))).toEqual([
      `auth0_flow.save (${IDS.flow}): uses the Vault connection ${IDS.vault}, which the tenant does not have; to mend it: ${remedy}`,
    ]);
    expect(lines(vault({ ready: false }), stateOf(others))).toEqual([
      `auth0_flow.save (${IDS.flow}): uses the Vault connection ${IDS.vault}, which has no credentials; to mend it: ${remedy}`,
    ]);
    expect(lines({}, stateOf(others))).toEqual([]);
  });

  test("is of a client that the stack was given: its credentials have to be given anew", () => {
    const { 'auth0_client.writer["2026-11"]': client, ...given } = RESOURCES;
    const tenant = { ...without("auth0_client"), ...token({ refusal: "it answers 401" }) };

    expect(client).toBeDefined();
    expect(lines(tenant, stateOf(given))).toEqual([
      `${VAULT}: its client ${IDS.client} is not in the tenant; to mend it: give the stack the id and secret of a client that may save, then ${REPLACE_VAULT}`,
    ]);
  });

  test("has credentials that are not tried where the state does not have them", () => {
    expect(lines({ tokens: new Map() })).toEqual([
      `${VAULT_ADDRESS}: the state has no credentials of it, so that they were not tried`,
    ]);
  });
});

test("a state of another tenant is refused, a tenant by its custom domain is not", () => {
  const empty = { lists: { auth0_client: [], auth0_flow_vault_connection: [], auth0_flow: [], auth0_form: [] } };
  const other = tenantAs({ ...empty, domain: "other.eu.auth0.com", grants: [], actions: new Map() });

  expect(() => compare([stateOf()], other)).toThrow(
    "[login] is of example.eu.auth0.com, but AUTH0_DOMAIN is other.eu.auth0.com, which has nothing of it; set the variables of example.eu.auth0.com",
  );
  expect(compare([stateOf()], tenantAs({ domain: "login.example.com" })).findings).toEqual([]);
  expect(() => compare([stateOf({})], tenantAs())).toThrow(
    "[login] has no resource of Auth0; is it the right stack and workspace?",
  );
});

test("JSON has the same, as data", () => {
  expect(JSON.parse(reportJson(compare([stateOf()], tenantAs(vault({ ready: false })))))).toEqual({
    domain: "example.eu.auth0.com",
    isClean: false,
    states: [{ name: "login", resources: 7 }],
    findings: [
      {
        kind: "connection",
        address: VAULT_ADDRESS,
        id: IDS.vault,
        what: "is not ready: it has no credentials",
        remedy: REPLACE_VAULT,
        isPlanned: false,
      },
    ],
    notes: [],
  });
});

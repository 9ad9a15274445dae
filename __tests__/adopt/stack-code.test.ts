import type { FormDocument } from "auth0-forms";
import type { Inventory } from "../../adopt/inventory";
import { type Chosen, type Selection, select } from "../../adopt/selection";
import { stackCode } from "../../adopt/stack-code";

const CONNECTION = "ac_0000000000000000000001";
const FLOW = "af_0000000000000000000001";
const SECRET = "a-secret-that-no-file-holds";

function formOf(name: string, id: string, components: readonly object[] = []): Inventory["forms"][number] {
  const document = {
    name,
    languages: { primary: "en" },
    start: { next_node: "step", coordinates: { x: 0, y: 0 } },
    nodes: [
      {
        id: "step",
        type: "STEP",
        coordinates: { x: 0, y: 0 },
        config: {
          components: [
            { id: "name", category: "FIELD", type: "TEXT", label: "Name" },
            ...components,
            { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } },
          ],
          next_node: "save",
        },
      },
      { id: "save", type: "FLOW", coordinates: { x: 0, y: 0 }, config: { flow_id: FLOW, next_node: "$ending" } },
    ],
    ending: { resume_flow: true, coordinates: { x: 0, y: 0 } },
  } as unknown as FormDocument;
  return { id, document, flows: [FLOW] };
}

const RECAPTCHA = {
  id: "robot",
  category: "WIDGET",
  type: "RECAPTCHA",
  config: { site_key: "site", secret_key: SECRET },
};

const ACTION = {
  runtime: "node22",
  trigger: { id: "post-login", version: "v3" },
  dependencies: [],
  secrets: [],
  isDeployed: true,
} as const;

const INVENTORY: Inventory = {
  domain: "example.eu.auth0.com",
  forms: [
    formOf("Welcome", "ap_1", [RECAPTCHA]),
    formOf("Welcome", "ap_2"),
    formOf("プロフィール", "ap_3", [RECAPTCHA]),
  ],
  flows: [
    {
      id: FLOW,
      name: "Delay",
      actions: [
        {
          id: "save",
          type: "AUTH0",
          action: "UPDATE_USER",
          params: {
            connection_id: CONNECTION,
            user_id: "{{context.user.user_id}}",
            changes: { user_metadata: { name: "{{fields.name}}" } },
          },
        },
      ],
      connections: [CONNECTION],
    },
  ],
  connections: [{ id: CONNECTION, name: "Say ${hello}", appId: "AUTH0", isReady: true }],
  actions: [
    { ...ACTION, id: "a1", name: "First", code: "render('ap_1'); render('ap_2')", forms: ["ap_1", "ap_2"] },
    {
      ...ACTION,
      id: "a2",
      name: "Second",
      code: "render(event.secrets.FORM)",
      forms: [],
      secrets: ["FORM"],
      isDeployed: false,
    },
  ],
  bindings: [
    { trigger: "post-login", actionId: "a1", displayName: "First" },
    { trigger: "post-login", actionId: "other", displayName: "Other" },
    { trigger: "post-login", actionId: "a2", displayName: "Second" },
  ],
  clients: [],
  grants: [],
};

const NOTHING: Chosen = { forms: [], actions: [], clients: [] };

function chosen(names: Partial<Chosen>): { readonly selection: Selection; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const selection = select(INVENTORY, { ...NOTHING, ...names }, (problem) => problems.push(problem));
  return { selection, problems };
}

function stackOf(names: Partial<Chosen>) {
  const code = stackCode(chosen(names).selection);
  return { code, text: code.files.get("adopted-stack.ts") ?? "" };
}

test.each<[string, Partial<Chosen>, string]>([
  ["a name of several", { forms: ["Welcome"] }, '[--form] "Welcome" is the name of 2: ap_1, ap_2; give the id'],
  [
    "a name that is misspelt",
    { forms: ["Welcom"] },
    '[--form] the tenant has no form "Welcom"; did you mean "Welcome"?',
  ],
  [
    "a name of nothing",
    { clients: ["x"] },
    '[--client] the tenant has no client "x"; leave --out away to see what there is',
  ],
])("%s is refused", (_, names, problem) => {
  expect(chosen(names).problems).toEqual([problem]);
});

test("a form comes with its flow, its Vault connection and the Action that shows it, and what is shared is told", () => {
  const { selection } = chosen({ forms: ["ap_1"] });

  expect(selection).toMatchObject({
    forms: [{ id: "ap_1" }],
    flows: [{ id: FLOW }],
    connections: [{ id: CONNECTION }],
    actions: [{ id: "a1" }],
    bindings: [{ actionId: "a1" }],
  });
  expect(selection.shared).toEqual([
    'the flow "Delay" is run by the forms "Welcome", "Welcome", "プロフィール"; "Welcome", "プロフィール" are not of this stack, and change with it',
    'the Action "First" shows the forms "Welcome", "Welcome"; "Welcome" stays as an id in its code',
  ]);
});

test("names are those of the tenant, no two the same, and none that the library has", () => {
  const { text } = stackOf({ forms: ["ap_1", "ap_2", "ap_3"] });

  expect(
    [...text.matchAll(/^ {4}const (\w+) = new (?!TerraformVariable)\w+\(this, "([^"]+)"/gm)].map(
      ([, ...names]) => names,
    ),
  ).toEqual([
    ["sayHelloVaultConnection", "say-hello-vault-connection"],
    // delayFlow is a function of the library
    ["delayFlow2", "delay-flow-2"],
    ["welcomeForm", "welcome-form"],
    ["welcomeForm2", "welcome-form-2"],
    ["form", "form"],
    ["firstAction", "first-action"],
    ["firstBinding", "first-binding"],
  ]);
  expect(text).toContain('name: "Say $${hello}",');
});

test("a form whose flow is its own is made of stages, which stand before that flow; of another it is said why it is not", () => {
  const welcome = formOf("Welcome", "ap_1");
  const nodes = [
    { id: "router", type: "ROUTER", config: { rules: [], fallback: "step" } },
    ...(welcome.document.nodes ?? []),
  ];
  const start = { next_node: "router", coordinates: { x: 0, y: 0 } };
  const other = { id: "ap_2", document: { ...welcome.document, name: "Other", start, nodes } as never, flows: [] };
  const inventory = { ...INVENTORY, forms: [welcome, other] };
  const selection = select(inventory, { ...NOTHING, forms: ["Welcome", "Other"] }, () => undefined);
  const { files, whyNodes: told } = stackCode(selection);
  const text = files.get("adopted-stack.ts") ?? "";

  expect(text.match(/(?<=^ {4}const )\w+(?= = (?:\[|new \w*(?:Form|ProfileFlow)\b))|changesOf\(\w+\)/gm)).toEqual([
    "welcomeStages",
    "delayFlow2",
    "changesOf(welcomeStages)",
    "welcomeForm",
    "otherForm",
  ]);
  expect(told).toEqual([{ what: 'form "Other"', why: 'the router "router" has no rule' }]);
  expect(text).toContain(
    '// Made of nodes, and not of stages: the router "router" has no rule\n    const otherForm = ',
  );
});

test("a secret of a form is asked for by a variable, one for each form, and is in no file", () => {
  const { code, text } = stackOf({ forms: ["ap_1", "ap_3"] });

  expect(code.secrets).toEqual([
    { name: "welcomeFormRobotSecretKey", what: expect.stringContaining('"robot"') },
    { name: "formRobotSecretKey", what: expect.stringContaining('"robot"') },
  ]);
  expect(text).toMatch(
    /const welcomeFormRobotSecretKey = new TerraformVariable\(this, "welcomeFormRobotSecretKey", \{ type: "string", sensitive: true \}\);/,
  );
  expect([...code.files.values()].filter((content) => content.includes(SECRET))).toEqual([]);
});

test("what a tenant calls a component ends no comment", () => {
  const form = formOf("Welcome", "ap_1", [{ ...RECAPTCHA, id: "a\u2028b" }]);
  const inventory = { ...INVENTORY, forms: [form] };
  const selection = select(inventory, { ...NOTHING, forms: ["Welcome"] }, () => undefined);

  expect(stackCode(selection).files.get("adopted-stack.ts")).toContain('// component "a b": secret_key\n');
});

test("an Action whose form is in a secret is adopted by its name; its draft is not deployed, its secrets stay", () => {
  const { code, text } = stackOf({ forms: ["ap_1"], actions: ["Second"] });

  expect(code.files.get("actions/second-action.js")).toBe("render(event.secrets.FORM)");
  expect(text.match(/deploy: true/g)).toHaveLength(1);
  // One binding waits for the other: two at once would undo each other.
  expect(text).toContain("dependsOn: [firstBinding],");
  expect(code.left).toEqual([
    expect.stringMatching(/^the set-up of the Vault connection "Say \$\{hello\}"/),
    'the Action "Second" has a draft that is not deployed: the stack has the draft, and logins run what is deployed until you set deploy: true',
    'the secrets of the Action "Second" (FORM), whose values Auth0 gives nobody back; to have them in the stack, give all of them in secrets, each value as a sensitive TerraformVariable: the next plan sets them once',
  ]);
});

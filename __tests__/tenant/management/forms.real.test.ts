import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

const FORMS = "/api/v2/forms";
const COORDINATES = { x: 0, y: -46 };

// As the dashboard's template for progressive profiling: keys in an order of their own, free conditions, HTML.
const NODES = [
  {
    id: "router_MO3B",
    type: "ROUTER",
    alias: "Check missing data",
    coordinates: COORDINATES,
    config: {
      rules: [
        {
          id: "id_1559412864263",
          alias: "Missing profile data",
          condition: {
            operator: "AND",
            operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.job_title}}"] }],
          },
          next_node: "step_4iwC",
        },
      ],
      fallback: "$ending",
    },
  },
  {
    type: "STEP",
    id: "step_4iwC",
    config: {
      next_node: "$ending",
      components: [
        { id: "intro", category: "BLOCK", type: "RICH_TEXT", config: { content: "<h2>Über & dich</h2>" } },
        {
          id: "job_title",
          category: "FIELD",
          type: "TEXT",
          label: "Job title",
          required: true,
          config: { multiline: false },
        },
        { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "" } },
      ],
    },
  },
];

/** A form of one step with this component. */
function formWith(component: object): object {
  return { name: "One component", nodes: [{ id: "step", type: "STEP", config: { components: [component] } }] };
}

async function refusal(body: object): Promise<string> {
  const { status, body: error } = await tenant.request("POST", FORMS, body);
  expect(status).toBe(400);
  return error.message;
}

describe("a form", () => {
  test("comes back exactly as it was sent", async () => {
    const sent = {
      name: "Progressive Profiling",
      messages: { errors: { ERR_ACCEPTANCE_REQUIRED: "Please accept" }, custom: { hello: "Hello" } },
      languages: { primary: "en", default: "ja" },
      translations: { ja: { ending: null, messages: { custom: {}, errors: {} }, components: {} } },
      nodes: NODES,
      start: { hidden_fields: [{ key: "state" }], next_node: "router_MO3B", coordinates: COORDINATES },
      ending: { resume_flow: true, coordinates: COORDINATES },
      style: { css: "h1 { color: white }" },
    };

    const created = await tenant.request("POST", FORMS, sent);
    const read = await tenant.request("GET", `${FORMS}/${created.body.id}`);

    const { id, created_at, updated_at, ...document } = read.body;
    expect(created.status).toBe(201);
    expect(read.body).toEqual(created.body);
    expect(id).toMatch(/^ap_[0-9A-Za-z]{22}$/);
    expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(updated_at).toBe(created_at);
    expect(document).toEqual(sent);
    expect(JSON.stringify(document.nodes)).toBe(JSON.stringify(NODES));
  });

  test("resumes the login where its ending is not told", async () => {
    const { body } = await tenant.request("POST", FORMS, { name: "No ending" });

    expect(body.ending).toEqual({ resume_flow: true });
  });

  test("leaves out what is empty", async () => {
    const empty = { messages: { errors: {} }, style: {}, translations: {}, nodes: [], start: { hidden_fields: [] } };

    const { body } = await tenant.request("POST", FORMS, { name: "Empty", ...empty });

    expect(Object.keys(body)).toEqual(["id", "name", "ending", "created_at", "updated_at"]);
  });

  test("changes in what an update names, and loses what it sets to null", async () => {
    const { body: form } = await tenant.request("POST", FORMS, {
      name: "Before",
      languages: { primary: "en" },
      style: { css: "a {}" },
      nodes: NODES,
    });

    const { status, body } = await tenant.request("PATCH", `${FORMS}/${form.id}`, { name: "After", style: null });

    expect(status).toBe(200);
    expect(body).toEqual({ ...form, name: "After", style: undefined, updated_at: expect.any(String) });
    expect(body.updated_at > form.created_at).toBe(true);
  });

  test("is gone once it was deleted", async () => {
    const { body: form } = await tenant.request("POST", FORMS, { name: "Short-lived" });

    const deleted = await tenant.request("DELETE", `${FORMS}/${form.id}`);

    expect(deleted).toMatchObject({ status: 204, body: undefined });
    const missing = { status: 404, body: { statusCode: 404, error: "Not Found", message: "Form not found" } };
    expect(await tenant.request("GET", `${FORMS}/${form.id}`)).toMatchObject(missing);
    expect(await tenant.request("PATCH", `${FORMS}/${form.id}`, { name: "x" })).toMatchObject(missing);
    expect(await tenant.request("DELETE", `${FORMS}/${form.id}`)).toMatchObject(missing);
  });
});

describe("a form is refused when", () => {
  test.each<[string, object, string]>([
    ["it has no name", {}, "'Missing required property: name'."],
    ["its name is empty", { name: "" }, "'String is too short (0 chars), minimum 1' on property name."],
    [
      "its name is too long",
      { name: "x".repeat(151) },
      "'String is too long (151 chars), maximum 150' on property name.",
    ],
    ["it has a key of its own", { name: "x", social: [] }, "'Additional properties not allowed: social'."],
    [
      "its ending is null",
      { name: "x", ending: null },
      "'Expected type object but found type null' on property ending.",
    ],
    [
      "its ending is not to resume",
      { name: "x", ending: { resume_flow: false } },
      "'No enum match for: false' on property ending.resume_flow.",
    ],
    [
      "coordinates lack one",
      { name: "x", start: { coordinates: { x: 1 } } },
      "'Missing required property: y' on property start.coordinates.",
    ],
    [
      "a coordinate is no integer",
      { name: "x", start: { coordinates: { x: 0.5, y: 0 } } },
      "'Expected type integer but found type number' on property start.coordinates.x.",
    ],
    [
      "a node is of no known type",
      { name: "x", nodes: [{ id: "a", type: "PAGE" }] },
      "'No enum match for: PAGE' on property nodes[0].type.",
    ],
    [
      "a FLOW node names no flow",
      { name: "x", nodes: [{ id: "a", type: "FLOW", config: {} }] },
      "'Missing required property: flow_id' on property nodes[0].config.",
    ],
    [
      "a rule has no condition",
      { name: "x", nodes: [{ id: "a", type: "ROUTER", config: { rules: [{ id: "r" }] } }] },
      "'Missing required property: condition' on property nodes[0].config.rules[0].",
    ],
    [
      "a router has more than ten rules",
      {
        name: "x",
        nodes: [
          {
            id: "a",
            type: "ROUTER",
            config: { rules: Array.from({ length: 11 }, (_, index) => ({ id: `r${index}`, condition: {} })) },
          },
        ],
      },
      "'Array is too long (11), maximum 10' on property nodes[0].config.rules.",
    ],
    [
      "two nodes have one id",
      {
        name: "x",
        nodes: [
          { id: "a", type: "STEP" },
          { id: "a", type: "STEP" },
        ],
      },
      "'Node ID is not unique: a' on property nodes.",
    ],
  ])("%s", async (_reason, body, message) => {
    expect(await refusal(body)).toBe(`Payload validation error: ${message}`);
  });

  test.each<[string, object]>([
    ["the start", { start: { next_node: "gone" } }],
    ["a step", { nodes: [{ id: "a", type: "STEP", config: { next_node: "gone" } }] }],
    [
      "a rule",
      { nodes: [{ id: "a", type: "ROUTER", config: { rules: [{ id: "r", condition: {}, next_node: "gone" }] } }] },
    ],
    ["a fallback", { nodes: [{ id: "a", type: "ROUTER", config: { fallback: "gone" } }] }],
    [
      "a jump button",
      formWith({ id: "jump", category: "BLOCK", type: "JUMP_BUTTON", config: { text: "Jump", next_node: "gone" } }),
    ],
  ])("%s leads to a node that is not there", async (_place, part) => {
    expect(await refusal({ name: "Dangling", ...part })).toBe("Some nodes point to unknown node IDs");
  });

  test("an update takes away the node that the start leads to", async () => {
    const { body: form } = await tenant.request("POST", FORMS, {
      name: "x",
      start: { next_node: "a" },
      nodes: [{ id: "a", type: "STEP" }],
    });

    const { status, body } = await tenant.request("PATCH", `${FORMS}/${form.id}`, { nodes: [] });

    expect(status).toBe(400);
    expect(body.message).toBe("Some nodes point to unknown node IDs");
    expect((await tenant.request("GET", `${FORMS}/${form.id}`)).body).toEqual(form);
  });
});

describe("of the components", () => {
  const FIELD = { id: "field", category: "FIELD" };
  const OPTIONS = [{ value: "1", label: "One" }];

  test.each<[string, object]>([
    ["DIVIDER", { category: "BLOCK" }],
    ["HTML", { category: "BLOCK", config: { content: "<p></p>" } }],
    ["IMAGE", { category: "BLOCK", config: { src: "https://example.com/a.png", position: "CENTER", height: 500 } }],
    [
      "JUMP_BUTTON",
      { category: "BLOCK", config: { text: "Jump", next_node: "$ending", style: { background_color: "#0aF" } } },
    ],
    ["NEXT_BUTTON", { category: "BLOCK", config: { text: "Next" } }],
    ["PREVIOUS_BUTTON", { category: "BLOCK", config: { text: "Back" } }],
    [
      "RESEND_BUTTON",
      {
        category: "BLOCK",
        config: {
          active_text: "a",
          button_text: "b",
          waiting_text: "c",
          flow_id: "af_aj9fK5JBVy9Uo1eSnwCeMS",
          max_attempts: 3,
        },
      },
    ],
    ["RICH_TEXT", { category: "BLOCK", config: { content: "" } }],
    ["BOOLEAN", { ...FIELD, config: { default_value: false, options: { true: "Yes", false: "No" } } }],
    ["CARDS", { ...FIELD, config: { options: [{ ...OPTIONS[0], image_url: "https://example.com/a.png" }] } }],
    ["CHOICE", { ...FIELD, config: { multiple: true, options: OPTIONS, allow_other: { enabled: true } } }],
    ["CUSTOM", { ...FIELD, config: { schema: {}, code: "function init() {}", params: { a: "b" } } }],
    ["DATE", { ...FIELD, config: { format: "TIME" } }],
    ["DROPDOWN", { ...FIELD, label: "Size", hint: "Hint", required: false, config: { options: OPTIONS } }],
    ["EMAIL", { ...FIELD, sensitive: true }],
    ["FILE", { ...FIELD, config: { storage: { type: "CUSTOM", url: "x" }, categories: ["IMAGE"], maxSize: 1024 } }],
    ["LEGAL", { ...FIELD, config: { text: "<b>Accept</b>" } }],
    ["NUMBER", { ...FIELD, config: { min_value: -1.5, max_value: 0 } }],
    ["PASSWORD", { ...FIELD, config: { hash: "NONE", complexity: true } }],
    [
      "PAYMENT",
      {
        ...FIELD,
        config: {
          charge: { type: "ONE_OFF", one_off: { amount: "{{vars.amount}}", currency: "EUR" } },
          credentials: { public_key: "pk", private_key: "sk" },
        },
      },
    ],
    ["SOCIAL", FIELD],
    ["TEL", { ...FIELD, config: { country_picker: true, strings: { filter_placeholder: "Search" } } }],
    ["TEXT", { ...FIELD, config: { multiline: true, min_length: 1, max_length: 5 } }],
    ["URL", FIELD],
    [
      "AUTH0_VERIFIABLE_CREDENTIALS",
      {
        category: "WIDGET",
        config: { url: "u", alternate_text: "a", access_token: "t", verification_id: "v", max_wait: 60 },
      },
    ],
    ["GMAPS_ADDRESS", { category: "WIDGET", config: { api_key: "k" } }],
    ["RECAPTCHA", { category: "WIDGET", config: { site_key: "s", secret_key: "s" } }],
  ])("%s is taken", async (type, component) => {
    const sent = formWith({ id: "component", ...component, type });

    const { status, body } = await tenant.request("POST", FORMS, sent);

    expect({ status, ...body }).toMatchObject({ status: 201, ...sent });
  });

  test.each<[string, object, string]>([
    ["an unknown one", { ...FIELD, type: "SELECT" }, "'No enum match for: SELECT' on property COMPONENT.type."],
    [
      "one of another category",
      { ...FIELD, type: "DIVIDER" },
      "'No enum match for: FIELD' on property COMPONENT.category.",
    ],
    [
      "a button without text",
      { ...FIELD, category: "BLOCK", type: "NEXT_BUTTON" },
      "'Missing required property: config' on property COMPONENT.",
    ],
    [
      "a block with a label",
      { ...FIELD, category: "BLOCK", type: "DIVIDER", label: "x" },
      "'Additional properties not allowed: label' on property COMPONENT.",
    ],
    [
      "a misspelt setting",
      { ...FIELD, type: "TEXT", config: { multi_line: true } },
      "'Additional properties not allowed: multi_line' on property COMPONENT.config.",
    ],
    [
      "a length of zero",
      { ...FIELD, type: "TEXT", config: { max_length: 0 } },
      "'Value 0 is less than minimum 1' on property COMPONENT.config.max_length.",
    ],
    [
      "an option without label",
      { ...FIELD, type: "DROPDOWN", config: { options: [{ value: "1" }] } },
      "'Missing required property: label' on property COMPONENT.config.options[0].",
    ],
    [
      "an id that is none",
      { ...FIELD, id: "1st", type: "TEXT" },
      "'String does not match pattern ^[A-Za-z][A-Za-z0-9_]*$: 1st' on property COMPONENT.id.",
    ],
    [
      "rich text that is too long",
      { ...FIELD, category: "BLOCK", type: "RICH_TEXT", config: { content: "x".repeat(10_001) } },
      "'String is too long (10001 chars), maximum 10000' on property COMPONENT.config.content.",
    ],
  ])("%s is refused", async (_reason, component, message) => {
    const expected = message.replace("COMPONENT", "nodes[0].config.components[0]");

    expect(await refusal(formWith(component))).toBe(`Payload validation error: ${expected}`);
  });
});

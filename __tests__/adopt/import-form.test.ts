import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importForms } from "../../adopt/import-form";
import { FULL } from "../auth0-forms/every-component";
import { action, flowNode, formOf as formWith, routerNode, stepNode } from "../support/exported-nodes";
import {
  definedBy,
  type Exported,
  envelope,
  imported,
  realForm,
  realForms,
  withoutEmpty,
} from "../support/imported-form";

test.each(realForms)("the export of the form %s comes out as it is", (name) => {
  const exported = realForm(name);

  expect(definedBy(imported(envelope(exported)), exported)).toEqual(withoutEmpty(exported));
});

test("what is left as it was is named with the reason", () => {
  const raw = realForms.map((name) => [
    name,
    imported(envelope(realForm(name))).modules.flatMap((module) => module.raw),
  ]);

  expect(Object.fromEntries(raw.filter(([, left]) => (left ?? []).length > 0))).toEqual({
    "answers-read-by-the-action": [
      {
        what: 'form "Answers read by the action" as a whole',
        why: 'translations.es.components has "rich_text_uctu", which is no component of the form; its components are text_wi1M, next_button_3FbA',
      },
    ],
    "choice-without-router": [
      {
        what: 'component "full_name"',
        why: "text() would make another component of it, and it lacks sensitive, config",
      },
      { what: 'component "gender"', why: "choice() would make another component of it, and it lacks sensitive" },
    ],
  });
});

test("a comparison that no function makes is named, in a router as in a flow", () => {
  const compared = (operator: string) => ({ operator, operands: ["{{context.user.email}}", "a"] });
  const flow = action("FLOW", "BOOLEAN_CONDITION", {
    if: { operator: "AND", operands: [compared("ENDS_WITH")] },
    else: [],
  });
  const router = routerNode("r", [[{ operator: "AND", operands: [compared("STARTS_WITH")] }, "a"]], "$ending");
  const exported = formWith("r", [router, stepNode("a", "f"), flowNode("f", "$ending")], [flow]);
  const result = imported(envelope(exported));

  expect(definedBy(result, exported)).toEqual(exported);
  expect(result.modules[0]?.raw).toEqual([
    {
      what: 'the condition of action "boolean_condition"',
      why: "no function makes a comparison by ENDS_WITH",
    },
    { what: 'the condition of rule "rule_0"', why: "no function makes a comparison by STARTS_WITH" },
  ]);
});

/** A form with one step of these components. */
function formOf(components: readonly unknown[], flows: Exported["flows"] = {}): Exported {
  const form = {
    name: "Form",
    languages: { primary: "en" },
    nodes: [{ id: "step", type: "STEP", coordinates: { x: 1, y: 2 }, config: { components, next_node: "$ending" } }],
    start: { next_node: "step", coordinates: { x: 0, y: 0 } },
    ending: { resume_flow: true, coordinates: { x: 9, y: 9 } },
  };
  return { form, flows };
}

test.each(Object.keys(FULL))("a component of the type %s is written by its function, with all that it has", (type) => {
  const component = { ...FULL[type as keyof typeof FULL] } as Record<string, unknown>;
  const flows: Exported["flows"] =
    type === "RESEND_BUTTON"
      ? { "#FLOW-1#": { name: "Send", actions: realForm("email-code").flows["#FLOW-1#"]?.actions } }
      : {};
  const config = JSON.parse(
    JSON.stringify(component.config ?? null)
      ?.replace(`af_${"1".repeat(22)}`, "#FLOW-1#")
      .replace('"next_node":"it"', '"next_node":"$ending"'),
  );
  const exported = formOf([config === null ? component : { ...component, config }], flows);
  const result = imported(envelope(exported));

  const text = JSON.stringify(definedBy(result, exported));
  const secrets = result.modules.flatMap(({ inputs }) => inputs).filter(({ what }) => what.includes("no file"));
  expect(result.modules[0]?.raw).toEqual([]);
  if (secrets.length === 0) {
    expect(JSON.parse(text)).toEqual(exported);
  } else {
    expect(text).not.toEqual(JSON.stringify(exported));
  }
});

test.each([
  ["RECAPTCHA", { site_key: "public-1" }, "secret_key", "secretKey: props.widgetSecretKey"],
  ["GMAPS_ADDRESS", { api_key: "public-1" }, "server_key", "serverKey: props.widgetServerKey"],
])("a secret of a %s is asked for, and stands in no file", (type, config, secret, code) => {
  const widget = {
    id: "widget",
    category: "WIDGET",
    type,
    required: true,
    sensitive: false,
    config: { ...config, [secret]: "private-1" },
  };
  const { modules } = imported(envelope(formOf([widget])));
  const text = modules[0]?.files[0]?.text;

  expect(modules[0]?.inputs).toEqual([
    { prop: code.split(".").at(-1), what: `component "widget": ${secret}, which no file should hold` },
  ]);
  expect(text).toContain(code);
  expect(text).not.toContain("private-1");
});

describe("the form of email-code, by other ways out of a tenant", () => {
  const exported = realForm("email-code");
  const id = (prefix: string, digit: string) => `${prefix}_${digit.repeat(22)}`;
  const replaced = (value: unknown, by: Readonly<Record<string, string>>) =>
    JSON.parse(Object.entries(by).reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
  const API = { "#FLOW-1#": id("af", "1"), "#FLOW-2#": id("af", "2"), "#CONN-1#": id("ac", "3") };
  const NAMES = { "#FLOW-1#": "Send a code", "#FLOW-2#": "Verify the code", "#CONN-1#": "Profile writer" };
  const told = (own: string) => ({ id: own, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" });

  test("as the Management API gives it", () => {
    const form = { ...told(id("ap", "4")), ...replaced(exported.form, API) };
    const flows = Object.entries(exported.flows).map(([key, flow]) => ({
      ...told(API[key as keyof typeof API]),
      ...replaced(flow, API),
    }));
    const result = imported(form, ...flows);
    const given = { form: replaced(exported.form, API), flows: replaced(exported.flows, API) };

    expect(definedBy(result, given, API["#CONN-1#"])).toEqual(given);
    expect(result.modules[0]?.inputs).toEqual([
      { prop: "connectionId", what: `id of the Vault connection "${API["#CONN-1#"]}", \`ac_…\`` },
    ]);
  });

  test("as auth0-deploy-cli exports it, which has names for ids", () => {
    const result = imported(
      replaced(exported.form, NAMES),
      ...Object.values(exported.flows).map((flow) => replaced(flow, NAMES)),
    );
    const given = { form: replaced(exported.form, NAMES), flows: replaced(exported.flows, NAMES) };

    expect(definedBy(result, given, NAMES["#CONN-1#"])).toEqual(given);
  });

  test("as Terraform's state has it, which has documents as their texts", () => {
    const { nodes, start, ending, languages, name } = replaced(exported.form, API);
    const form = {
      id: id("ap", "4"),
      name,
      languages: [{ primary: languages.primary, default: null }],
      messages: [],
      translations: "",
      style: null,
      nodes: JSON.stringify(nodes),
      start: JSON.stringify(start),
      ending: JSON.stringify(ending),
    };
    const flows = Object.entries(exported.flows).map(([key, flow]) => {
      const { name: own, actions } = replaced(flow, API);
      return { id: API[key as keyof typeof API], name: own, actions: JSON.stringify(actions) };
    });
    const given = { form: replaced(exported.form, API), flows: replaced(exported.flows, API) };

    expect(definedBy(imported(form, ...flows), given, API["#CONN-1#"])).toEqual(given);
  });
});

test("a field's code lies in a file of its own, once for all fields that have it", () => {
  const { folder, modules } = imported(envelope(realForm("two-steps-and-vars")));
  const paths = modules[0]?.files.map(({ path }) => path) ?? [];

  expect(paths).toEqual([
    "two-steps-and-vars.ts",
    "two-steps-and-vars/logo.js",
    "two-steps-and-vars/patients.js",
    "two-steps-and-vars/scopes.js",
  ]);
  expect(readFileSync(join(folder, "two-steps-and-vars", "logo.js"), "utf8")).toMatch(/^function logo\(context\) \{\n/);
});

describe("nothing is written, and all is told that is wrong, where", () => {
  const form = (members: object) => ({ ...formOf([]).form, ...members });
  test.each<[string, readonly unknown[], readonly string[]]>([
    [
      "the export has another version",
      [{ ...envelope(realForm("hidden-field")), version: "3.0.0" }],
      [
        '[0.json] version must be "4.0.0", got "3.0.0"; export the form again, or give an export of the dashboard (version 4.0.0), a form or a flow of the Management API, of auth0-deploy-cli, or of Terraform (the attributes of auth0_form and auth0_flow)',
      ],
    ],
    [
      "a file is something else",
      [{ clients: [] }, [1, 2]],
      [
        "[0.json] must be an export of the dashboard (version 4.0.0), a form or a flow of the Management API, of auth0-deploy-cli, or of Terraform (the attributes of auth0_form and auth0_flow), got an object with clients; give another file",
        "[1.json] must be an export of the dashboard (version 4.0.0), a form or a flow of the Management API, of auth0-deploy-cli, or of Terraform (the attributes of auth0_form and auth0_flow), got a list of 2; give another file",
      ],
    ],
    [
      "a flow is in no file",
      [realForm("email-code").form],
      [
        '[0.json] runs the flow "#FLOW-1#", which is in no file; give its file too',
        '[0.json] runs the flow "#FLOW-2#", which is in no file; give its file too',
      ],
    ],
    [
      "a key is unknown, and nodes are none",
      [
        form({
          nods: [],
          nodes: [
            { id: "a", type: "STOP" },
            { id: "b", type: "STEP", config: { components: [1] } },
          ],
        }),
      ],
      [
        '[0.json] has no key "nods"; did you mean "nodes"?',
        "[0.json] nodes[0] must be a STEP, a FLOW or a ROUTER with an id, got an object",
        "[0.json] nodes[1].config.components must be a list of components with ids, got a list of 1",
      ],
    ],
    [
      "an action lacks its type, a flow its actions, and a language is none",
      [
        envelope({
          form: { ...realForm("hidden-field").form, languages: { primary: 1 } },
          flows: {
            "#FLOW-1#": { name: "f", actions: [{ id: "a", action: "DO_NOTHING" }] },
            "#FLOW-2#": { name: "g", actions: 1 },
          },
        } as never),
      ],
      [
        "[0.json] form.languages.primary must be a text, got 1; export it again",
        '[0.json] flows["#FLOW-1#"].actions[0] must be an action with an id, a type and an action, and of lists in then and else, got an object; export it again',
        '[0.json] flows["#FLOW-2#"] must be a flow with a name and a list of actions, got a text and 1; export it again',
      ],
    ],
    ["there is a flow alone", [{ name: "f", actions: [] }], ["[FILE] there is no form in 0.json; give one"]],
  ])("%s", (_, documents, problems) => {
    let told = "";
    try {
      imported(...documents);
    } catch (error) {
      told = (error as Error).message.replaceAll(/\/\S*\/(\d\.json)/g, "$1");
    }

    expect(told).toBe(
      problems.length === 1
        ? problems[0]
        : [`${problems.length} problems`, ...problems.map((one) => `  ${one}`)].join("\n"),
    );
  });

  test("a file is there already", () => {
    const { folder } = imported(envelope(realForm("hidden-field")));
    const before = readFileSync(join(folder, "hidden-field.ts"), "utf8");

    expect(() => importForms([join(folder, "..", "0.json")], folder)).toThrow(
      `[--out] ${folder} has hidden-field.ts already; move what is there, or give another folder`,
    );
    expect(readFileSync(join(folder, "hidden-field.ts"), "utf8")).toBe(before);
  });
});

import {
  allOf,
  type Component,
  errorMessage,
  flow,
  generateCode,
  hasNoValue,
  isEqualTo,
  jumpButton,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  raw,
  richText,
  Stage,
  sendEmail,
  step,
  text,
  verifyCode,
} from "../../../lib";
import type { Node } from "../../../lib/form/document";
import { devStack } from "../../support/stack";
import { Template } from "../../support/template";

function templateOf(props: ProgressiveProfilingProps): Template {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return Template.of(stack);
}

const components: Component[] = [text("a", { label: "A", required: true }), nextButton()];
const notice: Component[] = [richText("<p>Hello</p>"), nextButton()];

/** Where each node leads to, from the start on: `step_a > save_answers`, `router ? rule: step_a, …, else: $ending`. */
function ways(template: Template): string[] {
  const { start, nodes } = template.one("auth0_form") as { start: { next_node: string }; nodes: Node[] };
  const of = (node: Node): string => {
    if (node.type !== "ROUTER") {
      return `${node.id} > ${node.config.next_node}`;
    }
    const rules = node.config.rules.map(({ condition, next_node }) => `${JSON.stringify(condition)} > ${next_node}`);
    return [...rules, `else > ${node.config.fallback}`].join("; ");
  };
  return [`start > ${start.next_node}`, ...nodes.map(of)];
}

/** What the flows write, by the name of the flow. */
function changes(template: Template): Record<string, unknown> {
  const flows = template.all("auth0_flow").map(({ name, actions }) => [name, actions]);
  return Object.fromEntries(flows);
}

const update = (changed: object, id = "update_user") => ({
  action: "UPDATE_USER",
  allow_failure: true,
  id,
  mask_output: false,
  params: {
    changes: changed,
    connection_id: expect.stringContaining("auth0_flow_vault_connection"),
    user_id: "{{context.user.user_id}}",
  },
  type: "AUTH0",
});

describe("the graph of a form", () => {
  const isMissing = (key: string) =>
    `{"operands":[{"operands":["{{context.user.user_metadata.${key}}}"],"operator":"HAS_NO_VALUE"}],"operator":"AND"}`;

  test.each<[string, readonly Stage[], readonly string[]]>([
    [
      "one stage that is always due needs no router, and without an answer no flow",
      [Stage.always("hello", { components: notice })],
      ["start > step_hello", "step_hello > $ending"],
    ],
    [
      "one stage that is always due stands behind the others",
      [Stage.untilAnswered("a", { components }), Stage.always("hello", { components: notice })],
      [
        "start > router",
        `${isMissing("a")} > step_a; else > step_hello`,
        "save_answers > $ending",
        "step_a > save_answers",
        "step_hello > $ending",
      ],
    ],
    [
      "several steps follow each other",
      [
        Stage.untilAnswered("a", {
          steps: [step("first", { components: notice }), step("second", { components })],
        }),
      ],
      [
        "start > router",
        `${isMissing("a")} > step_first; else > $ending`,
        "save_answers > $ending",
        "step_first > step_second",
        "step_second > save_answers",
      ],
    ],
    [
      "flows stand before and behind the steps, and what the Action alone can tell needs no router",
      [
        Stage.when(isEqualTo("email_verified", false), {
          id: "code",
          components: [
            raw({ id: "code", category: "FIELD", type: "NUMBER", label: "Code", required: true }),
            nextButton(),
          ],
          before: flow("send", { actions: [generateCode("make", { reference: "r", length: 6 })] }),
          after: flow("verify", { actions: [verifyCode("check", { reference: "r", code: "{{fields.code}}" })] }),
        }),
      ],
      ["start > before_code", "before_code > step_code", "step_code > after_code", "after_code > $ending"],
    ],
  ])("%s", (_, stages, expected) => {
    expect(ways(templateOf({ stages }))).toEqual(expected);
  });

  test("lets the Action say which stage is due where a router can not tell", () => {
    const template = templateOf({
      stages: [
        Stage.untilAccepted("app_metadata.terms", {
          version: "2026-11",
          components: [raw({ id: "terms", category: "FIELD", type: "LEGAL", required: true }), nextButton()],
        }),
        Stage.untilAnswered("a", { components }),
      ],
    });

    expect(ways(template)[1]).toBe(
      '{"operands":[{"operands":["{{vars.stage}}","terms"],"operator":"EQ"}],"operator":"AND"} > step_terms; ' +
        '{"operands":[{"operands":["{{vars.stage}}","a"],"operator":"EQ"}],"operator":"AND"} > step_a; else > $ending',
    );
    const code = String(template.one("auth0_action").code);
    expect(code).toContain("const TELLS_STAGE = true;");
    expect(code).toContain('"operands":["{{context.user.app_metadata.terms}}","2026-11"],"operator":"NEQ"');
    expect(changes(template)["Save the answers of terms"]).toEqual([update({ app_metadata: { terms: "2026-11" } })]);
  });

  test("a button with which a stage is put off leads to the ending", () => {
    const template = templateOf({ stages: [Stage.untilAnswered("a", { components, skippable: "Not now" })] });
    const nodes = template.one("auth0_form").nodes as { id: string; config: { components: object[] } }[];

    expect(nodes.find(({ id }) => id === "step_a")?.config.components.at(-1)).toEqual({
      id: "a_later",
      category: "BLOCK",
      type: "JUMP_BUTTON",
      config: { text: "Not now", next_node: "$ending" },
    });
  });
});

describe("what is saved", () => {
  const stage = (options: Partial<Parameters<typeof Stage.always>[1]>) => Stage.always("a", { components, ...options });
  const field = (id: string, options: object) => text(id, { label: id, ...options });

  test.each<[string, Stage, object[]]>([
    [
      "an answer goes to app_metadata, an attribute of the profile, and several places",
      stage({
        components: [
          field("plan", { required: true, saveTo: ["app_metadata.plan", "user_metadata.plan"] }),
          field("first", { saveTo: "given_name" }),
          nextButton(),
        ],
      }),
      [
        update({ app_metadata: { plan: "{{fields.plan}}" }, user_metadata: { plan: "{{fields.plan}}" } }),
        {
          action: "BOOLEAN_CONDITION",
          allow_failure: false,
          id: "is_profile_empty",
          mask_output: false,
          params: {
            if: allOf(hasNoValue("fields.first")),
            else: [update({ given_name: "{{fields.first}}" }, "update_profile")],
          },
          type: "FLOW",
        },
      ],
    ],
    [
      "what may be left all empty is sent only where something was answered, for Auth0 erases what it is sent empty",
      stage({ components: [field("b", {}), field("c", {}), nextButton()] }),
      [
        {
          action: "BOOLEAN_CONDITION",
          allow_failure: false,
          id: "is_user_metadata_empty",
          mask_output: false,
          params: {
            if: allOf(hasNoValue("fields.b"), hasNoValue("fields.c")),
            else: [update({ user_metadata: { b: "{{fields.b}}", c: "{{fields.c}}" } }, "update_user_metadata")],
          },
          type: "FLOW",
        },
      ],
    ],
    [
      "constants and expressions stand beside the answers",
      stage({ alsoSave: { "app_metadata.source": "form", "user_metadata.at": "{{functions.now()}}" } }),
      [update({ app_metadata: { source: "form" }, user_metadata: { a: "{{fields.a}}", at: "{{functions.now()}}" } })],
    ],
    [
      "into an object what is not answered goes as it was, since Auth0 replaces objects as a whole",
      stage({
        components: [
          field("street", { required: true, saveTo: "user_metadata.address.street" }),
          field("floor", { saveTo: "user_metadata.address.floor" }),
          nextButton(),
        ],
      }),
      [
        update({
          user_metadata: {
            address: {
              street: "{{fields.street}}",
              floor: "{{fields.floor ?? context.user.user_metadata.address.floor}}",
            },
          },
        }),
      ],
    ],
  ])("%s", (_, one, actions) => {
    expect(changes(templateOf({ stages: [one] }))).toEqual({ "Save the answers of a": actions });
  });

  test.each<[string, Stage]>([
    [
      "a button leads over the step that asks",
      Stage.always("a", {
        steps: [
          step("one", { components: [field("b", { required: true }), nextButton(), jumpButton("Skip", "step_two")] }),
          step("two", { components: notice }),
        ],
      }),
    ],
    [
      "a part of an answer may be missing",
      stage({
        components: [
          raw(
            { id: "b", category: "WIDGET", type: "GMAPS_ADDRESS", required: true, config: { api_key: "k" } },
            {
              metadataKey: "b",
              value: "{{fields.b.properties}}",
            },
          ),
          nextButton(),
        ],
      }),
    ],
    [
      "what is computed may come to nothing",
      stage({
        components: [field("n", { saveTo: [] }), nextButton()],
        alsoSave: { "user_metadata.b": "{{functions.toLowerCase(fields.n)}}" },
      }),
    ],
  ])("where %s nothing is sent rather than something empty", (_, one) => {
    expect(changes(templateOf({ stages: [one] }))["Save the answers of a"]).toMatchObject([
      { action: "BOOLEAN_CONDITION", params: { else: [{ action: "UPDATE_USER" }] } },
    ]);
  });

  test("what another stage writes into the same object goes along", () => {
    const nested = (id: string) =>
      Stage.untilAnswered(`user_metadata.address.${id}`, {
        components: [field(id, { required: true, saveTo: `user_metadata.address.${id}` }), nextButton()],
      });

    expect(changes(templateOf({ stages: [nested("street"), nested("city")] }))).toEqual({
      "Save the answers of street": [
        update({
          user_metadata: {
            address: {
              street: "{{fields.street}}",
              city: "{{fields.city ?? context.user.user_metadata.address.city}}",
            },
          },
        }),
      ],
      "Save the answers of city": [
        update({
          user_metadata: {
            address: {
              city: "{{fields.city}}",
              street: "{{fields.street ?? context.user.user_metadata.address.street}}",
            },
          },
        }),
      ],
    });
  });

  test("one flow serves what is simple, and a flow of its own what is not", () => {
    const template = templateOf({
      stages: [
        Stage.untilAnswered("a", { components }),
        Stage.untilAnswered("b", {
          components: [field("b", { required: true }), nextButton()],
          alsoSave: { "app_metadata.b_from": "form" },
        }),
      ],
    });

    expect(changes(template)).toEqual({
      "Update user_metadata": [update({ user_metadata: { a: "{{fields.a}}" } })],
      "Save the answers of b": [update({ app_metadata: { b_from: "form" }, user_metadata: { b: "{{fields.b}}" } })],
    });
  });

  test.each<[string, ProgressiveProfilingProps]>([
    ["the Action saves", { saveBy: "action", stages: [Stage.untilAnswered("a", { components })] }],
    ["nothing is saved", { stages: [Stage.always("hello", { components: notice })] }],
    ["the Action reads the answers", { stages: [stage({ components: [field("b", { saveTo: [] }), nextButton()] })] }],
    [
      "flows only talk to the person",
      {
        stages: [
          stage({
            components: notice,
            before: flow("mail", { actions: [sendEmail("mail", { to: "a@example.com", subject: "s", body: "b" })] }),
            after: flow("no", { actions: [errorMessage("no", { message: "No." })] }),
          }),
        ],
      },
    ],
  ])("where %s there is no client, no grant, no Vault connection and no secret", (_, props) => {
    const { auth0_flow, ...others } = templateOf(props).count();

    expect(others).toEqual({ auth0_action: 1, auth0_form: 1, auth0_trigger_action: 1 });
    expect(auth0_flow ?? 0).toBe("stages" in props && props.stages?.[0]?.before !== undefined ? 2 : 0);
  });

  test("the Action is told what it saves", () => {
    const code = templateOf({
      saveBy: "action",
      stages: [Stage.untilAnswered("a", { components, alsoSave: { "user_metadata.at": "{{functions.now()}}" } })],
    }).one("auth0_action").code;

    expect(code).toContain(
      'const SAVES = [{"field":"a","stage":"a","to":["user_metadata","a"]},' +
        '{"stage":"a","to":["user_metadata","at"],"value":"{{functions.now()}}"}];',
    );
  });
});

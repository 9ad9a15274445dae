import { exportedForm } from "../support/exported-form";
import { action, flowNode, formOf, hasNo, routerNode, stepNode, update } from "../support/exported-nodes";
import { definedBy, type Exported, envelope, imported, realForm, realForms, written } from "../support/imported-form";

/** The form and its flow as the dashboard's template has them, with its ids and places. */
function template(): Exported {
  const field = (id: string, type: string, label: string, required: boolean, config: object) => ({
    ...{ id, category: "FIELD", type, label, required, sensitive: false, config },
  });
  const block = (id: string, type: string, config: object) => ({ id, category: "BLOCK", type, config });
  const step = (id: string, alias: string, coordinates: object, components: readonly object[]) => ({
    ...{ id, type: "STEP", alias, coordinates },
    config: { components, next_node: "flow_NLtw" },
  });
  const rule = (id: string, alias: string, key: string, next_node: string) => ({
    ...{ id, alias, next_node },
    condition: {
      operator: "AND",
      operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }],
    },
  });
  const nodes = [
    step("step_4iwC", "Profile details", { x: 483, y: -527 }, [
      block("rich_text_hPsU", "RICH_TEXT", { content: "<h2>About you</h2>" }),
      field("job_title", "TEXT", "Job title", true, { multiline: false }),
      field("phone_number", "TEL", "Phone (optional)", false, { country_picker: true }),
      block("next_button_YKS2", "NEXT_BUTTON", { text: "Continue" }),
    ]),
    { ...{ id: "flow_NLtw", type: "FLOW" }, coordinates: { x: 1246, y: -19 }, config: flowConfig() },
    step("step_JCbi", "Company details", { x: 496, y: 46 }, [
      field("company_name", "TEXT", "Company name", true, { multiline: false }),
      block("next_button_YxwF", "NEXT_BUTTON", { text: "Continue" }),
    ]),
    {
      ...{ id: "router_MO3B", type: "ROUTER", alias: "Check missing data", coordinates: { x: 65, y: -76 } },
      config: {
        rules: [
          rule("id_1559412864263", "Missing profile data", "job_title", "step_4iwC"),
          rule("id_9609168559669", "Missing company data", "company_name", "step_JCbi"),
        ],
        fallback: "$ending",
      },
    },
  ];
  const action = {
    ...{ id: "updateUser_j0M1", type: "AUTH0", action: "UPDATE_USER", allow_failure: false, mask_output: false },
    params: {
      connection_id: "#CONN-1#",
      user_id: "{{context.user.user_id}}",
      changes: {
        user_metadata: {
          job_title: "{{fields.job_title}}",
          company_name: "{{fields.company_name}}",
          phone_number: "{{fields.phone_number.international_number}}",
        },
      },
    },
  };
  return {
    form: {
      name: "Progressive Profiling",
      languages: { primary: "en" },
      nodes,
      start: { next_node: "router_MO3B", coordinates: { x: -221, y: -46 } },
      ending: { resume_flow: true, coordinates: { x: 1728, y: 61 } },
    },
    flows: { "#FLOW-1#": { name: "Update user_metadata", actions: [action] } },
  };
}

function flowConfig(): object {
  return { flow_id: "#FLOW-1#", next_node: "$ending" };
}

test("forms that are in use come out as stages, but for one whose router has no rule", () => {
  const made = realForms.map((name) => {
    const { stages, whyNodes } = imported(envelope(realForm(name))).modules[0] ?? {};
    return [name, stages ?? whyNodes];
  });

  expect(Object.fromEntries(made)).toEqual({
    "all-optional": ["BL3V"],
    "answers-read-by-the-action": ["ggeX"],
    "choice-without-router": ["details"],
    "consents-in-app-metadata": ["y0Ri"],
    "email-code": ["email_verification"],
    "hidden-field": ["pgkI"],
    "name-and-terms": ["ggeX"],
    "notice-without-a-field": ["step_3q2e"],
    "two-steps-and-vars": 'the router "router_tS3g" has no rule',
  });
});

test("the article's form comes out as the article's stages, with nothing of ids and places to say", () => {
  expect(written(exportedForm())).toBe(`import {
  changesOf,
  dropdown,
  nextButton,
  ProfileFlow,
  ProfileForm,
  phone,
  richText,
  Stage,
  text,
  updateUser,
} from "auth0-progressive-profiling";
import { Construct } from "constructs";

export interface ProgressiveProfilingFormProps {
  /** Id of the Vault connection "Profile writer" of the type AUTH0, \`ac_…\`. */
  readonly profileWriterConnectionId: string;
}

/** The form "Progressive Profiling". */
export class ProgressiveProfilingForm extends Construct {
  readonly form: ProfileForm;

  constructor(scope: Construct, id: string, props: ProgressiveProfilingFormProps) {
    super(scope, id);

    const stages = [
      Stage.untilAnswered("job_title", {
        alias: "Missing Profile Data",
        components: [
          richText("<h2>Tell us about your work</h2><p>Two questions, and you are in.</p>"),
          text("job_title", { label: "Job title", required: true }),
          phone("phone_number", { label: "Phone (optional)" }),
          nextButton(),
        ],
      }),
      Stage.untilAnswered("company_name", {
        alias: "Missing Company Data",
        components: [
          richText("<h2>And about your company</h2><p>Two last questions, and your profile is complete.</p>"),
          text("company_name", { label: "Company name", required: true }),
          dropdown("company_size", {
            label: "Company size",
            required: true,
            options: [
              "1",
              "2-5",
              "6-10",
              "11-50",
              "51-100",
              "101-250",
              "251-500",
              "501-1,000",
              "1,001-10,000",
              "10,001+",
            ],
          }),
          nextButton(),
        ],
      }),
    ];
    const updateUserMetadata = new ProfileFlow(this, "UpdateUserMetadata", {
      name: "Update user_metadata",
      connectionId: props.profileWriterConnectionId,
      actions: [updateUser("update_user", { changes: changesOf(stages) }, { allowFailure: true })],
    });
    this.form = new ProfileForm(this, "Form", {
      name: "Progressive Profiling",
      stages,
      flowId: updateUserMetadata.flowId,
    });
  }
}
`);
});

test("the dashboard's template comes out as stages that keep its ids, places and order", () => {
  const [, body = ""] = written(template()).split("    super(scope, id);\n\n");

  expect(body).toBe(`    const stages = [
      Stage.untilAnswered("job_title", {
        alias: "Profile details",
        components: [
          richText("<h2>About you</h2>", { id: "rich_text_hPsU" }),
          text("job_title", { label: "Job title", required: true }),
          phone("phone_number", { label: "Phone (optional)" }),
          nextButton("Continue", { id: "next_button_YKS2" }),
        ],
      }),
      Stage.untilAnswered("company_name", {
        alias: "Company details",
        components: [
          text("company_name", { label: "Company name", required: true }),
          nextButton("Continue", { id: "next_button_YxwF" }),
        ],
      }),
    ];
    const updateUserMetadata = new ProfileFlow(this, "UpdateUserMetadata", {
      name: "Update user_metadata",
      connectionId: props.profileWriterConnectionId,
      actions: [updateUser("updateUser_j0M1", { changes: changesOf(stages) })],
    });
    this.form = new ProfileForm(this, "Form", {
      name: "Progressive Profiling",
      stages,
      flowId: updateUserMetadata.flowId,
      nodeOverrides: {
        step_job_title: { id: "step_4iwC", coordinates: { x: 483, y: -527 } },
        save_answers: { id: "flow_NLtw", alias: "", coordinates: { x: 1246, y: -19 } },
        step_company_name: { id: "step_JCbi", coordinates: { x: 496, y: 46 } },
        router: {
          id: "router_MO3B",
          coordinates: { x: 65, y: -76 },
          rules: {
            missing_job_title: { id: "id_1559412864263", alias: "Missing profile data" },
            missing_company_name: { id: "id_9609168559669", alias: "Missing company data" },
          },
        },
      },
      coordinates: { start: { x: -221, y: -46 }, ending: { x: 1728, y: 61 } },
    });
  }
}
`);
});

test.each<[string, Exported, string]>([
  [
    "a router behind a step",
    formOf("a", [stepNode("a", "r"), routerNode("r", [[hasNo("b"), "b"]], "$ending"), stepNode("b", "$ending")]),
    'from "a" on it goes by STEP, ROUTER, where a stage goes by one FLOW or none, by STEPs, and by two FLOWs or less',
  ],
  [
    "a flow between two steps",
    formOf("a", [stepNode("a", "f"), flowNode("f", "b"), stepNode("b", "$ending")], [action("FLOW", "DO_NOTHING", {})]),
    'from "a" on it goes by STEP, FLOW, STEP, where a stage goes by one FLOW or none, by STEPs, and by two FLOWs or less',
  ],
  [
    "a rule that leads to the ending",
    formOf("r", [routerNode("r", [[hasNo("b"), "$ending"]], "a"), stepNode("a", "$ending")]),
    'from "$ending" on it leads to the ending, where a stage goes by one FLOW or none, by STEPs, and by two FLOWs or less',
  ],
  [
    "steps that lead in a circle",
    formOf("a", [stepNode("a", "b"), stepNode("b", "a")]),
    'from the node "a" on it does not come to the ending',
  ],
  [
    "a node that nothing leads to",
    formOf("a", [stepNode("a", "$ending"), stepNode("b", "$ending")]),
    'the node "b" is of no stage',
  ],
  [
    "a step that two rules lead to",
    formOf("r", [
      routerNode(
        "r",
        [
          [hasNo("a"), "a"],
          [hasNo("b"), "a"],
        ],
        "$ending",
      ),
      stepNode("a", "$ending"),
    ]),
    'component id "a_field" is there 2 times, in stage "a" and "b"; give one of them another id',
  ],
  [
    "a step that nobody could leave",
    formOf("a", [stepNode("a", "$ending", "PREVIOUS_BUTTON")]),
    'stage "a" has no next button, so nobody could leave it; add nextButton()',
  ],
  [
    "a flow that two steps lead to, and that writes more than their answers",
    formOf(
      "r",
      [routerNode("r", [[hasNo("a"), "a"]], "b"), stepNode("a", "f"), stepNode("b", "f"), flowNode("f", "$ending")],
      [update({ user_metadata: { a: "{{fields.a_field}}", source: "form" } })],
    ),
    'the node "f" is behind several steps, and its flow does more than to save answers',
  ],
])("%s is no form of stages, and the reason is said", (_, exported, why) => {
  const result = imported(envelope(exported));

  expect(definedBy(result, exported)).toEqual(exported);
  expect(result.modules[0]?.whyNodes).toBe(why);
  const [, comment = ""] = /\/\*\*\n([^/]*?) \*\/\nexport class/.exec(result.modules[0]?.files[0]?.text ?? "") ?? [];
  expect(comment.split("\n").filter((line) => line.length > 120)).toEqual([]);
  expect(comment.replace(/\s*\n \*/g, " ").replace(/\s+/g, " ")).toContain(
    `The form "Form". Made of nodes, and not of stages: ${why}.`,
  );
});

test.each<[string, (step: string) => string]>([
  ["as their steps", (step) => step],
  ["otherwise than their steps", (step) => `the_${step}`],
])("a form whose Action says which stage is due, called %s, is made of stages that wait for it", (_, idOf) => {
  const ways = ["a", "b"].map((step): [object, string] => [
    { operator: "AND", operands: [{ operator: "EQ", operands: ["{{vars.stage}}", idOf(step)] }] },
    step,
  ]);
  const nodes = [routerNode("r", ways, "$ending"), stepNode("a", "$ending"), stepNode("b", "$ending")];

  expect(written(formOf("r", nodes)).match(/Stage\.\w+\(.*|(?<=^ {8})id: .*/gm)).toEqual([
    `Stage.when(isEqualTo("vars.stage", "${idOf("a")}"), {`,
    `id: "${idOf("a")}",`,
    `Stage.when(isEqualTo("vars.stage", "${idOf("b")}"), {`,
    `id: "${idOf("b")}",`,
  ]);
});

test("a form of several stages in one login is made of them, and of as many at most", () => {
  const text = written(exportedForm({ stagesPerLogin: 2 }));

  expect(text.match(/Stage\..*|changesOf\(stages\)|stagesPerLogin.*|flowId:.*|nodeOverrides/g)).toEqual([
    'Stage.when(isEqualTo("vars.stage", "job_title"), {',
    'Stage.when(isEqualTo("vars.stage", "company_name"), {',
    "changesOf(stages)",
    "stagesPerLogin: 2,",
    "flowId: updateUserMetadata.flowId,",
  ]);
});

test.each<[string, object, object]>([
  ["start", { coordinates: undefined }, {}],
  ["ending", {}, { coordinates: undefined }],
  ["both", { coordinates: undefined }, { coordinates: undefined }],
])("a form without a place of %s is made of stages that are not laid out", (_, start, ending) => {
  const { form, flows } = template();
  const placeless = {
    ...form,
    start: { ...(form.start as object), ...start },
    ending: { ...(form.ending as object), ...ending },
  };
  const exported = JSON.parse(JSON.stringify({ form: placeless, flows }));

  expect(written(exported)).toContain("isLaidOut: false,");
});

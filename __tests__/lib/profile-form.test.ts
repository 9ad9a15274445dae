import { Testing } from "cdktf";
import {
  articleStages,
  changesOf,
  doNothing,
  flow,
  hasNoValue,
  jumpButton,
  nextButton,
  ProfileForm,
  type ProfileFormProps,
  Stage,
  text,
} from "../../lib";
import { formAsSent } from "../support/as-sent";
import { devStack } from "../support/stack";

const FLOW = `af_${"1".repeat(22)}`;
const OTHER = `af_${"2".repeat(22)}`;

function formOf(props: ProfileFormProps) {
  const stack = devStack();
  new ProfileForm(stack, "form", props);
  const { resource } = JSON.parse(Testing.synth(stack));
  const [attributes] = Object.values(resource.auth0_form) as Record<string, string>[];
  return { ...formAsSent(resource).form, attributes: attributes ?? {} };
}

const field = (id: string, options: object = {}) => text(id, { label: id, required: true, ...options });

test("nodes are called as they are to be, stand in that order, and what leads to them follows", () => {
  const { start, nodes, attributes } = formOf({
    stages: [
      Stage.untilAnswered("a", { components: [field("a"), nextButton(), jumpButton("Later", "step_b")] }),
      Stage.untilAnswered("b", { components: [field("b"), nextButton()] }),
    ],
    flowId: FLOW,
    coordinates: { start: { x: -1, y: -2 } },
    nodeOverrides: {
      step_b: { id: "step_x2", alias: "Second", coordinates: { x: 5, y: 6 } },
      save_answers: { id: "flow_x3" },
      router: { id: "router_x1", rules: { missing_b: { id: "rule_x4", alias: "B is missing" } } },
    },
  });

  expect(start).toEqual({ next_node: "router_x1", coordinates: { x: -1, y: -2 } });
  expect(JSON.parse(attributes.ending ?? "")).toEqual({ resume_flow: true, coordinates: { x: 2000, y: 0 } });
  expect(nodes.map(({ config, ...head }) => head)).toEqual([
    { id: "step_x2", type: "STEP", alias: "Second", coordinates: { x: 5, y: 6 } },
    { id: "flow_x3", type: "FLOW", alias: "Save the answers", coordinates: { x: 1500, y: 0 } },
    { id: "router_x1", type: "ROUTER", alias: "Check missing data", coordinates: { x: 500, y: 0 } },
    { id: "step_a", type: "STEP", alias: "a", coordinates: { x: 1000, y: 0 } },
  ]);
  expect(nodes.map(({ config: { components, rules, ...config } }) => config)).toEqual([
    { next_node: "flow_x3" },
    { flow_id: FLOW, next_node: "$ending" },
    { fallback: "$ending" },
    { next_node: "flow_x3" },
  ]);
  expect(nodes[2]?.config.rules).toMatchObject([
    { id: "missing_a", alias: "a", next_node: "step_a" },
    { id: "rule_x4", alias: "B is missing", next_node: "step_x2" },
  ]);
  expect(nodes[3]?.config.components).toContainEqual({
    ...{ id: "a_jump_button", category: "BLOCK", type: "JUMP_BUTTON" },
    config: { text: "Later", next_node: "step_x2" },
  });
});

test("a stage takes the ids of flows that are there, and the form the ids of others as an object", () => {
  const { nodes } = formOf({
    stages: [
      Stage.when(hasNoValue("given_name"), {
        id: "name",
        before: FLOW,
        after: flow("check", { actions: [doNothing("nothing")] }),
        components: [field("first", { saveTo: "given_name" }), nextButton()],
      }),
    ],
    flowIdOf: { check: OTHER, save_answers_name: FLOW },
  });

  expect(
    nodes.filter(({ type }) => type === "FLOW").map(({ id, alias, config }) => [id, alias, config.flow_id]),
  ).toEqual([
    ["before_name", "before_name", FLOW],
    ["after_name", "check", OTHER],
    ["save_answers_name", "Save the answers", FLOW],
  ]);
});

test("a form can be told no languages, and keep settings in which something is wrong", () => {
  const stages = articleStages();
  const translations = { ja: { components: { gone: { label: "x" } } } };

  expect(formOf({ stages, flowId: FLOW, languages: "none" }).attributes).not.toHaveProperty("languages");
  const { attributes } = formOf({ stages, flowId: FLOW, isChecked: false, translations });
  expect(JSON.parse(attributes.translations ?? "")).toEqual(translations);
});

test.each<[string, object, string]>([
  [
    "a node that is none",
    { nodeOverrides: { step_job_titel: { id: "x" } } },
    'nodeOverrides has "step_job_titel", which the stages do not make; did you mean "step_job_title"?',
  ],
  [
    "a rule that is none, of a step",
    { nodeOverrides: { step_job_title: { rules: { a: {} } } } },
    'nodeOverrides.step_job_title.rules has "a", which the stages do not make; those are none',
  ],
  [
    "an id that is taken",
    { nodeOverrides: { router: { id: "save_answers" } } },
    'nodeOverrides: two of them would have the id "save_answers"; give one of them another one',
  ],
  ["an id that is none", { nodeOverrides: { router: { id: "a b" } } }, "nodeOverrides.router.id "],
  ["a key that is unknown", { nodeOverrides: { router: { name: "a" } } }, 'nodeOverrides.router has no field "name"; '],
  [
    "a stage's flow of a stage that is none",
    { flowIdOf: { save_answers_job_titel: OTHER } },
    'flowIdOf has "save_answers_job_titel", which is no flow of the form; those are none',
  ],
  ["a flag that is none", { isLaidOut: "no" }, 'isLaidOut must be true or false, got "no"'],
  ["no object", { nodeOverrides: ["router"] }, "nodeOverrides must be an object by ids, got a list of 1"],
  [
    "rules of one id",
    { nodeOverrides: { router: { rules: { missing_job_title: { id: "r" }, missing_company_name: { id: "r" } } } } },
    'nodeOverrides.router.rules: two of them would have the id "r"; give one of them another one',
  ],
  ["a place that is none", { coordinates: { start: { x: 0.5, y: 0 } } }, "coordinates.start.x must be an integer"],
  ["flows that are none", { flowIdOf: "af_1" }, "flowIdOf must be a function or an object of ids, got a text; "],
  [
    "a flow that is none",
    { flowIdOf: { gone: "af_1" } },
    'flowIdOf has "gone", which is no flow of the form; those are none',
  ],
])("%s is refused", (_, props, problem) => {
  expect(() => formOf({ stages: articleStages(), flowId: FLOW, ...props } as never)).toThrow(problem);
});

test("what is wrong with stages is refused in any case", () => {
  const stages = [Stage.untilAnswered("a", { components: [nextButton()] })];

  expect(() => formOf({ stages, flowId: FLOW, isChecked: false })).toThrow('stage "a" has no field; add one');
  expect(() =>
    formOf({ stages: articleStages(), flowId: FLOW, isChecked: false, nodeOverrides: { gone: {} } }),
  ).toThrow('nodeOverrides has "gone", which the stages do not make; ');
  expect(changesOf([...stages, undefined as never])).toEqual({});
});

test("what stages save is what a flow of one's own writes", () => {
  expect(changesOf(articleStages())).toEqual({
    user_metadata: {
      job_title: "{{fields.job_title}}",
      phone_number: "{{fields.phone_number.international_number}}",
      company_name: "{{fields.company_name}}",
      company_size: "{{fields.company_size}}",
    },
  });
});

test("a flow for many writes what it can for all, so that what is asked elsewhere is never sent empty", () => {
  const plan = Stage.untilAnswered("app_metadata.plan", {
    components: [text("plan", { label: "Plan", required: true, saveTo: "app_metadata.plan" }), nextButton()],
  });
  const city = Stage.untilAnswered("user_metadata.address.city", {
    components: [text("city", { label: "City", required: true, saveTo: "user_metadata.address.city" }), nextButton()],
  });

  expect(changesOf([...articleStages(), plan, city])).toEqual(changesOf(articleStages()));
  expect(changesOf([plan])).toEqual({ app_metadata: { plan: "{{fields.plan}}" } });
});

test("a place within another one is told by the form, whatever was made of the stages before", () => {
  const stages = ["user_metadata.a", "user_metadata.a.b"].map((saveTo, index) =>
    Stage.when(hasNoValue(`{{context.user.user_metadata.x${index}}}`), {
      id: `s${index}`,
      components: [text(`f${index}`, { label: "F", required: true, saveTo: saveTo as never }), nextButton()],
    }),
  );

  expect(() => changesOf(stages)).not.toThrow();
  expect(() => formOf({ stages, flowId: FLOW })).toThrow("lies within");
});

test("null is not given: a node keeps its id", () => {
  const nodeOverrides = { router: { id: null, alias: "x" }, step_job_title: { id: undefined, rules: null } } as never;

  const { nodes } = formOf({ stages: articleStages(), flowId: FLOW, nodeOverrides });

  expect(nodes.slice(0, 2).map(({ id, alias }) => ({ id, alias }))).toEqual([
    { id: "router", alias: "x" },
    { id: "step_job_title", alias: "Missing Profile Data" },
  ]);
});

test("the alias of an override goes before that of the stage, for its node alone; an empty one is none", () => {
  const stages = [
    Stage.untilAnswered("a", { alias: "First", components: [field("a"), nextButton()] }),
    Stage.untilAnswered("b", { alias: "Second", components: [field("b"), nextButton()] }),
  ];
  const nodeOverrides = {
    router: { rules: { missing_b: { alias: "" } } },
    step_a: { alias: "A step" },
    step_b: { id: "step_x" },
    save_answers: { alias: "" },
  };

  const { nodes } = formOf({ stages, flowId: FLOW, nodeOverrides });

  expect(nodes.map(({ id, alias }) => [id, alias])).toEqual([
    ["router", "Check missing data"],
    ["step_a", "A step"],
    ["step_x", "Second"],
    ["save_answers", undefined],
  ]);
  const { rules } = nodes[0]?.config ?? {};
  expect((rules as { alias?: string }[]).map(({ alias }) => alias)).toEqual(["First", undefined]);
});

test("what is not laid out has the places alone that it is given", () => {
  const coordinates = { x: 7, y: 8 };
  const { start, nodes, attributes } = formOf({
    ...{ stages: articleStages(), flowId: FLOW, isLaidOut: false },
    ...{ coordinates: { start: coordinates }, nodeOverrides: { router: { coordinates } } },
  });

  expect(start).toEqual({ next_node: "router", coordinates });
  expect(JSON.parse(attributes.ending ?? "")).toEqual({ resume_flow: true });
  expect(nodes.map((node) => node.coordinates)).toEqual([coordinates, undefined, undefined, undefined]);
});

test("a stage is saved by the flow that is named for it alone, be it that one for all could", () => {
  const [first, second] = articleStages() as [Stage, Stage];
  const flowsOf = (props: Partial<ProfileFormProps>) =>
    formOf({ stages: [first, second], ...props })
      .nodes.filter(({ type }) => type === "FLOW")
      .map(({ id, config }) => [id, config.flow_id]);

  expect(flowsOf({ flowId: FLOW, flowIdOf: { save_answers_company_name: OTHER } })).toEqual([
    ["save_answers", FLOW],
    ["save_answers_company_name", OTHER],
  ]);
  expect(flowsOf({ flowIdOf: { save_answers_job_title: FLOW, save_answers_company_name: OTHER } })).toEqual([
    ["save_answers_job_title", FLOW],
    ["save_answers_company_name", OTHER],
  ]);
});

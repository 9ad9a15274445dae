import { dropdown, nextButton, phone, raw, richText, Stage, text } from "../../../lib";
import { articleStages } from "../../../lib/form/article-stages";
import { type FlowNode, formDocument, type Node, type RouterNode, type StepNode } from "../../../lib/form/document";

const FLOW = "af_123";
const FLOWS = { shared: FLOW };

function stage(key: string) {
  return Stage.untilAnswered(key, { components: [text(key, { label: key, required: true }), nextButton()] });
}

function rulesOf(nodes: readonly Node[]): RouterNode["config"]["rules"] {
  return nodes.flatMap((node) => (node.type === "ROUTER" ? node.config.rules : []));
}

/** The nodes by id, without their places in the editor. */
function nodesById(stages: Stage[]) {
  return new Map(formDocument(stages, FLOWS).nodes.map(({ coordinates: _, ...node }) => [node.id, node]));
}

describe("the form of the article", () => {
  const document = formDocument(articleStages(), FLOWS);
  const [router, flow, profile, company] = document.nodes as [RouterNode, FlowNode, StepNode, StepNode];

  test("starts with a router that looks for job_title, then for company_name, and otherwise ends", () => {
    expect(document.start.next_node).toBe("router");
    expect(router.config).toEqual({
      rules: [
        {
          id: "missing_job_title",
          alias: "Missing Profile Data",
          condition: {
            operator: "AND",
            operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.job_title}}"] }],
          },
          next_node: "step_job_title",
        },
        {
          id: "missing_company_name",
          alias: "Missing Company Data",
          condition: {
            operator: "AND",
            operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.company_name}}"] }],
          },
          next_node: "step_company_name",
        },
      ],
      fallback: "$ending",
    });
  });

  test("asks for rich text, text, phone, next button; then rich text, text, dropdown, next button", () => {
    expect(profile?.config.components).toMatchObject([
      { type: "RICH_TEXT", category: "BLOCK" },
      { type: "TEXT", category: "FIELD", id: "job_title", required: true, config: { multiline: false } },
      { type: "TEL", category: "FIELD", id: "phone_number", required: false, config: { country_picker: true } },
      { type: "NEXT_BUTTON", category: "BLOCK", config: { text: "Continue" } },
    ]);
    expect(company?.config.components).toMatchObject([
      { type: "RICH_TEXT" },
      { type: "TEXT", id: "company_name", required: true },
      { type: "DROPDOWN", id: "company_size", required: true, config: { multiple: false } },
      { type: "NEXT_BUTTON" },
    ]);
  });

  test("leads from both steps to one flow, and from there on with the login", () => {
    expect(profile?.config.next_node).toBe(flow.id);
    expect(company?.config.next_node).toBe(flow.id);
    expect(flow.config).toEqual({ flow_id: FLOW, next_node: "$ending" });
    expect(document.ending).toMatchObject({ resume_flow: true });
  });

  test("stands in the editor from left to right, no node upon another", () => {
    const places = [document.start, ...document.nodes, document.ending].map(({ coordinates }) => coordinates);

    expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(places.length);
    expect(document.start.coordinates.x).toBeLessThan(router.coordinates.x);
    for (const step of [profile, company]) {
      expect(router.coordinates.x).toBeLessThan(step?.coordinates.x ?? 0);
      expect(step?.coordinates.x).toBeLessThan(flow.coordinates.x);
    }
    expect(flow.coordinates.x).toBeLessThan(document.ending.coordinates.x);
  });
});

describe("a change of the stages", () => {
  test("adds one step and one rule where a stage is added, and changes no other node", () => {
    const before = formDocument([stage("a"), stage("b")], FLOWS).nodes;
    const after = formDocument([stage("a"), stage("b"), stage("c")], FLOWS).nodes;

    expect(after.slice(1, before.length)).toEqual(before.slice(1));
    expect(after.slice(before.length).map(({ id }) => id)).toEqual(["step_c"]);
    expect(rulesOf(after).slice(0, 2)).toEqual(rulesOf(before));
  });

  test("leaves every step as it is, but for its place in the editor, where the stages change their order", () => {
    const before = nodesById([stage("a"), stage("b"), stage("c")]);
    const after = nodesById([stage("c"), stage("a"), stage("b")]);

    before.delete("router");
    after.delete("router");
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
  });

  test("keeps the ids of a stage that waits for another key but keeps its own id", () => {
    const renamed = Stage.untilAnswered("role", {
      id: "job_title",
      components: [text("role", { label: "Role", required: true }), nextButton()],
    });

    expect(formDocument([renamed], FLOWS).nodes.map(({ id }) => id)).toEqual([
      "router",
      "save_answers",
      "step_job_title",
    ]);
  });
});

describe("components", () => {
  test("get ids from their stage where they have none, and keep the ids they have", () => {
    const { components } = Stage.untilAnswered("a", {
      components: [
        richText("1"),
        richText("2"),
        richText("3", { id: "intro" }),
        text("a", { label: "A" }),
        nextButton(),
      ],
    });

    expect(components.map(({ id }) => id)).toEqual(["a_rich_text", "a_rich_text_2", "intro", "a", "a_next_button"]);
  });

  test("write text and dropdown as they are, a phone number in international form, without picker as typed", () => {
    const { components } = Stage.untilAnswered("a", {
      components: [
        text("a", { label: "A" }),
        dropdown("b", { label: "B", options: ["x"], metadataKey: "other" }),
        phone("c", { label: "C" }),
        phone("d", { label: "D", countryPicker: false }),
      ],
    });

    expect(components.map(({ answer }) => answer)).toMatchObject([
      { metadataKey: "a", value: "{{fields.a}}" },
      { metadataKey: "other", value: "{{fields.b}}" },
      { metadataKey: "c", value: "{{fields.c.international_number}}" },
      { metadataKey: "d", value: "{{fields.d}}" },
    ]);
  });

  test("carry every option under Auth0's name", () => {
    const options = { label: "L", hint: "H", required: true, sensitive: true, placeholder: "P", defaultValue: "x" };

    expect(text("a", { ...options, minLength: 1, maxLength: 9, multiline: true })).toMatchObject({
      label: "L",
      hint: "H",
      required: true,
      sensitive: true,
      config: { placeholder: "P", default_value: "x", min_length: 1, max_length: 9, multiline: true },
    });
    expect(phone("a", { ...options, filterPlaceholder: "Search" })).toMatchObject({
      config: { placeholder: "P", default_value: "x", strings: { filter_placeholder: "Search" } },
    });
    expect(dropdown("a", { ...options, options: ["x", { value: "y", label: "Y" }], multiple: true })).toMatchObject({
      config: {
        placeholder: "P",
        default_value: "x",
        multiple: true,
        options: [
          { value: "x", label: "x" },
          { value: "y", label: "Y" },
        ],
      },
    });
  });

  test("of any other kind pass as they are, and write only where they are told to", () => {
    const url = { id: "site", category: "FIELD", type: "URL", label: "Website" } as const;

    expect(raw(url)).toEqual(url);
    expect(raw(url, { metadataKey: "website" }).answer).toEqual({ metadataKey: "website" });
    expect(raw(text("a", { label: "A" })).answer).toBeUndefined();
  });
});

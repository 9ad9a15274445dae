import { formGraph } from "../../review/form/form-graph";
import { type LimitUse, limitFindings, limitUses } from "../../review/resources/limits";
import { kept, snapshotsWith, textsOf } from "../support/planned-resources";

/** A form whose only node is this one. */
function usesOfNode(node: object): readonly LimitUse[] {
  const form = { address: "auth0_form.f", nodes: [node] };
  return limitUses(new Map(), [{ after: { form, graph: formGraph(form as never) } }] as never);
}

test("characters are counted as Auth0 counts them: an emoji is one", () => {
  const content = "🎉".repeat(6000);
  const components = [{ id: "hello", category: "BLOCK", type: "RICH_TEXT", config: { content } }];

  expect(usesOfNode({ id: "step", type: "STEP", config: { components } })).toEqual([
    {
      what: "characters of a rich text",
      where: "auth0_form.f step hello",
      used: 6000,
      limit: 10_000,
      isTenantWide: false,
    },
  ]);
});

test("the rules of a router are counted", () => {
  const rules = [{ id: "one" }, { id: "two" }, { id: "three" }];

  expect(usesOfNode({ id: "router", type: "ROUTER", config: { rules } })).toEqual([
    { what: "rules of a router", where: "auth0_form.f router", used: 3, limit: 10, isTenantWide: false },
  ]);
});

test("of each Action it is counted what it has, by address, and of the stack what the tenant has no more of", () => {
  const secrets = [
    { name: "FORM_ID", value: "ap_1" },
    { name: "METADATA_KEYS", value: "role,team" },
  ];
  const { planned } = snapshotsWith(
    kept("auth0_action.two", { id: "2", code: "// é", secrets, dependencies: [{ name: "axios", version: "1.0.0" }] }),
    kept("auth0_action.one", { id: "1", code: "//" }),
    kept("auth0_trigger_action.two", { trigger: "post-login", action_id: "2" }),
    kept("auth0_form.one", { id: "ap_1" }),
    kept("auth0_form.two", { id: "ap_2" }),
    kept("auth0_flow.one", { id: "af_1" }),
  );
  const [one, two] = ["auth0_action.one", "auth0_action.two"];
  const own = { isTenantWide: false };
  const all = { where: "", isTenantWide: true };

  expect(limitUses(planned, [])).toEqual([
    { what: "bytes of an Action's code", where: one, used: 2, limit: 102_400, ...own },
    { what: "bytes of an Action's code", where: two, used: 5, limit: 102_400, ...own },
    { what: "secrets of an Action", where: two, used: 2, limit: 30, ...own },
    { what: "dependencies of an Action", where: two, used: 1, limit: 10, ...own },
    { what: "characters of METADATA_KEYS", where: two, used: 9, limit: 4096, ...own },
    { what: "Actions bound to post-login", used: 1, limit: 20, ...all },
    { what: "Actions", used: 2, limit: 100, ...all },
    { what: "forms", used: 2, limit: 500, ...all },
    { what: "flows", used: 1, limit: 500, ...all },
  ]);
});

test.each<[number, boolean, readonly string[]]>([
  [7, false, []],
  [8, false, ["limit: 8 of 10 secrets (`auth0_action.one`): it is nearly full."]],
  [10, false, ["limit: 10 of 10 secrets (`auth0_action.one`): there is no room for more."]],
  [11, false, ["limit: 11 of 10 secrets (`auth0_action.one`): Auth0 refuses more."]],
  [8, true, ["limit: 8 of 10 secrets: it is nearly full; the tenant may have others beside them."]],
])("a limit is told of from four fifths on: %i of 10 (of the tenant: %s)", (used, isTenantWide, told) => {
  const where = isTenantWide ? "" : "auth0_action.one";

  expect(textsOf(limitFindings([{ what: "secrets", where, used, limit: 10, isTenantWide }]))).toEqual(told);
});

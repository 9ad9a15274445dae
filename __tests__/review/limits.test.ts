import { formGraph } from "../../review/form/form-graph";
import { limitUses } from "../../review/resources/limits";

test("characters are counted as Auth0 counts them: an emoji is one", () => {
  const content = "🎉".repeat(6000);
  const components = [{ id: "hello", category: "BLOCK", type: "RICH_TEXT", config: { content } }];
  const form = { address: "auth0_form.f", nodes: [{ id: "step", type: "STEP", config: { components } }] };

  const uses = limitUses(new Map(), [{ after: { form, graph: formGraph(form as never) } }] as never);

  expect(uses).toEqual([
    {
      what: "characters of a rich text",
      where: "auth0_form.f step hello",
      used: 6000,
      limit: 10_000,
      isTenantWide: false,
    },
  ]);
});

import { FormTenant } from "../../support/form-tenant";

const BROKEN = {
  form: {
    name: "Profile",
    start: { next_node: "one" },
    nodes: [
      {
        id: "one",
        type: "STEP",
        config: {
          next_node: "$ending",
          components: [
            { id: "title", category: "FIELD", type: "TEXT", label: "Title", hint: "{{a b}}", config: {} },
            { id: "go", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Go" } },
          ],
        },
      },
    ],
    ending: { resume_flow: true },
  },
  flows: {},
} as const;

test("a form whose expression can not be read says which, where the tenant shows its step", async () => {
  const forms = await FormTenant.start();
  const { id } = await forms.deploy(BROKEN);

  const page = await fetch(`${forms.pages}/_tenant/forms/${id}`);
  const step = await fetch(`${forms.pages}/_tenant/forms/${id}/steps/one`);

  expect(page.status).toBe(200);
  expect([step.status, await step.text()]).toEqual([
    200,
    'Form "Profile" can not be shown: step "one", TEXT "title": in "{{a b}}": expected "}}" before "b}}"',
  ]);
  await forms.stop();
});

import { lostIn } from "../../../tenant/forms/rich-text";
import { field as answer, button, step, Tenant } from "../../support/journey-tenant";
import { block, field, formOf, rendered } from "../../support/rendered-step";

test("a hint is shown as rich text: its links work, its scripts do not", () => {
  const hint = `<p>See <a href="https://example.com/terms" onclick="steal()">our terms</a>, {{context.user.name}}<script>alert(1)</script></p>`;
  const page = rendered(formOf([field("BOOLEAN", { hint })]));

  expect(page).toContain(
    `<div id="af-answer-hint" class="af-field-hint af-richText"><p>See <a href="https://example.com/terms" target="_blank" rel="noopener noreferrer">our terms</a>, Ana "&lt;script&gt;alert(1)&lt;/script&gt;</p></div>`,
  );
  expect(page).toContain("BOOLEAN &quot;answer&quot; is shown without onclick, &lt;script&gt;.");
});

test("a hint of plain text stays as it is", () => {
  expect(rendered(formOf([field("TEXT", { hint: "Between 1 & 5, < 6" })]))).toContain(
    '<div id="af-answer-hint" class="af-field-hint af-richText">Between 1 &amp; 5, &lt; 6</div>',
  );
});

test.each<[string, readonly string[]]>([
  ["<p>Hello</p><h2 class='a'>You</h2>", []],
  ["<p style='text-align: center'>Hello</p>", []],
  ["<p style='text-align: center; color: red'>Hello</p>", ["style"]],
  [
    "<script>1</script><style>p {}</style><iframe src='https://example.com'></iframe>",
    ["<script>", "<style>", "<iframe>"],
  ],
  ["<button onclick='a()'>a</button><button onclick='b()'>b</button>", ["<button>", "onclick"]],
  ["<a href='javascript:alert(1)'>a</a>", ['href="javascript:"']],
])("%s loses %j", (content, lost) => {
  expect(lostIn(content)).toEqual(lost);
});

test("the page says what its blocks lose, in the form's language", () => {
  const html = block("HTML", { content: "<p>Hi</p><script>1</script>" }, "greeting");

  expect(rendered(formOf([html]))).toContain(
    '<p class="af-scenarioMessage-cause">Shown by the local tenant only: HTML &quot;greeting&quot; is shown without &lt;script&gt;.</p>',
  );
  expect(rendered(formOf([html], { languages: { primary: "de" } }))).toContain(
    "HTML &quot;greeting&quot; wird ohne &lt;script&gt; angezeigt.",
  );
  expect(rendered(formOf([block("HTML", { content: "<p>Hi</p>" })]))).not.toContain("is shown without");
});

test("the log says it too, when someone comes to the step", async () => {
  const html = { id: "greeting", category: "BLOCK", type: "HTML", config: { content: "<script>1</script>" } } as const;
  const tenant = new Tenant({ start: { next_node: "one" }, nodes: [step("one", "$ending", html)] });
  await tenant.start();

  expect(tenant.recorded("forms_warning")).toMatchObject([
    { error: 'step "one": HTML "greeting" is shown without <script>' },
  ]);
});

describe("an expression that can not be read", () => {
  const broken = {
    start: { next_node: "one" },
    nodes: [step("one", "$ending", answer("title", "TEXT", { hint: "{{a b}}" }), button("NEXT_BUTTON", "go"))],
  };

  test("is told with form, step, component and expression", async () => {
    const journey = await new Tenant(broken).start();

    expect(journey.position).toEqual({
      at: "failed",
      message:
        'form "Profile" (ap_0000000000000000000001): step "one", TEXT "title": in "{{a b}}": expected "}}" before "b}}"',
    });
  });
});

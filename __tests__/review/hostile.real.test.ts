import { readFileSync } from "node:fs";
import { html, nextButton, ProgressiveProfiling, Stage, text } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

/** What somebody may put into a pull request, so that the review says what is not so, or calls people. */
const HOSTILE = [
  "@octocat @org/team #1 GH-2 https://evil.example",
  "| a | b |\n| --- | --- |\n# Approved\n\n- [x] fine",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "--> </details></summary> <!-- auth0-progressive-profiling review -->",
  "`code` ``` ~~~~ ````js",
  "![x](https://evil.example/x.png) [y](javascript:alert(1))",
  '"]; end; click n1 "javascript:alert(1)" %% \n n9{{"x"}} -->',
  "left\u202eright\u200b\u0007 $\\href{x}{y}$ \u{e0041}",
];
const ALL = HOSTILE.join("\n");

const plans = new PlanFolder();
let tenant: LocalTenant;
let workspace: Workspace;
let plan: string;
/** The same names, of what is there and goes. */
let destroyed: string;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env, "login");
  workspace.synth((stack) => {
    const { action } = new ProgressiveProfiling(stack, "profiling", {
      names: { form: HOSTILE.slice(0, 3).join(" "), action: HOSTILE[3], client: HOSTILE[4] },
      stages: [
        ...HOSTILE.map((alias, index) =>
          Stage.untilAnswered(`stage_${index}`, {
            alias: alias.slice(0, 150),
            components: [
              html(ALL),
              text(`stage_${index}`, { label: ALL, hint: alias, placeholder: ALL.slice(0, 400), required: true }),
              nextButton(alias.slice(0, 150)),
            ],
          }),
        ),
      ],
    });
    action.action.code = `${action.action.codeInput}\n/*\n${ALL}\n*/`;
  });
  plan = plans.save("hostile", workspace);
  const json = JSON.parse(readFileSync(plan, "utf8"));
  for (const [index, one] of json.resource_changes.entries()) {
    one.address += `["${ALL}"]`;
    one.change = { actions: index % 2 ? ["delete"] : ["delete", "create"], before: one.change.after, after: null };
    one.change.replace_paths = [[ALL]];
  }
  destroyed = plans.write("destroyed/plan.json", json);
}, 60_000);

afterAll(async () => {
  workspace.remove();
  plans.remove();
  await tenant.stop();
});

/** The Markdown without what stands in code, which GitHub shows as it is. */
function withoutCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const [mark] = /^(?:`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
    } else if (fence !== undefined && line === fence) {
      fence = undefined;
    } else if (fence === undefined) {
      lines.push(line);
    }
  }
  expect(fence).toBeUndefined();
  return lines.join("\n").replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, "`…`");
}

test.each([
  ["made", () => plan],
  ["destroyed", () => destroyed],
])("hostile texts of what is %s stay texts: no HTML, no mention, no link, no heading, no end of a fold", (_, file) => {
  const { status, stdout, stderr } = review(file(), "--max-length", "0");
  const markdown = withoutCode(stdout);

  expect(status).toBe(0);
  expect(stderr).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  const tags = new Set([...markdown.matchAll(/<\/?[a-z!][^>]*>?/gi)].map(([tag]) => tag));
  expect([...tags].sort()).toEqual(
    [
      "<!-- auth0-progressive-profiling review -->",
      "</code>",
      "</details>",
      "</span>",
      "</summary>",
      "<br>",
      "<code>",
      "<details>",
      "<span>",
      "<summary>",
    ].filter((tag) => tags.has(tag) || tag.startsWith("<!--")),
  );
  expect(markdown.match(/<!--/g)).toHaveLength(1);
  expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
  expect(markdown).not.toMatch(/@[a-z]/i);
  expect(markdown).not.toMatch(/(?<!&)#\d/);
  expect(markdown).not.toMatch(/https?:\/\//);
  expect(markdown).not.toMatch(/(?<!\\)\]\(/);
  expect(markdown).not.toMatch(/^# /m);
  expect(markdown).not.toMatch(/^\s*- \[x\]/m);
  expect(stdout).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
});

test("a table has as many cells in each row as in its head", () => {
  const lines = review(plan, "--max-length", "0").stdout.split("\n");
  const cells = (line: string) => line.split("|").length;
  const tables = lines.flatMap((line, index) => (/^\|(?: --- \|)+$/.test(line) ? index : []));

  expect(tables.length).toBeGreaterThan(8);
  for (const index of tables) {
    for (let row = index - 1; lines[row]?.startsWith("|"); row += row < index ? 2 : 1) {
      expect(cells(lines[row] ?? "")).toBe(cells(lines[index] ?? ""));
    }
  }
});

test("it fits into a comment, and into less", () => {
  expect(review(plan).stdout.length).toBeLessThanOrEqual(65_000);
  expect(review(plan, "--max-length", "1000").stdout.length).toBeLessThanOrEqual(1000);
});

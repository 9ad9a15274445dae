import { nextButton, ProgressiveProfiling, richText, Stage, text } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

const STACKS = ["customers", "partners", "staff"];
const plans = new PlanFolder();
const workspaces: Workspace[] = [];
let tenant: LocalTenant;
let files: string[];

/** As many stages as a router takes, each of as many fields as nobody would fill in. */
const stages = Array.from({ length: 10 }, (_, stage) =>
  Stage.untilAnswered(`stage_${stage}_field_0`, {
    alias: `Stage number ${stage}`,
    components: [
      richText(`<h2>Stage ${stage}</h2><p>${"Many words. ".repeat(100)}</p>`),
      ...Array.from({ length: 50 }, (_, field) =>
        text(`stage_${stage}_field_${field}`, {
          label: `Field number ${field} of stage number ${stage}`,
          hint: "A hint that is neither short nor long, and says what everybody knows.",
          required: true,
        }),
      ),
      nextButton(),
    ],
  }),
);

beforeAll(async () => {
  tenant = await startLocalTenant();
  files = STACKS.map((name) => {
    const workspace = new Workspace(tenant.env, name);
    workspaces.push(workspace);
    workspace.synth((stack) => new ProgressiveProfiling(stack, "profiling", { stages }));
    return plans.save(name, workspace);
  });
}, 60_000);

afterAll(async () => {
  for (const workspace of workspaces) {
    workspace.remove();
  }
  plans.remove();
  await tenant.stop();
});

test("three stacks of 500 fields are longer than a comment, and are cut to fit without breaking anything", () => {
  const whole = review(...files, "--max-length", "0").stdout;
  expect(whole.length).toBeGreaterThan(200_000);

  for (const length of [65_000, 20_000, 5_000, 1_000]) {
    const { stdout, status } = review(...files, "--max-length", String(length));

    expect(status).toBe(0);
    expect(stdout.length).toBeLessThanOrEqual(length);
    expect(stdout).toMatch(/^<!-- auth0-progressive-profiling review -->\n\n## Progressive profiling\n/);
    expect(stdout).toMatch(/_Left out or cut, to fit into one comment: .*\. See it whole with `--max-length 0`\._\n$/);
    expect((stdout.match(/^(`{3,})/gm)?.length ?? 0) % 2).toBe(0);
    expect(stdout.match(/<details>/g)?.length).toBe(stdout.match(/<\/details>/g)?.length);
    // Every line of the review that is left stands in the whole one as well.
    const lines = new Set(whole.split("\n"));
    expect(stdout.split("\n").filter((line) => !lines.has(line))).toEqual([expect.stringMatching(/^_Left out/)]);
  }
});

test("what matters most is left in: the verdict of each stack, and what to look at", () => {
  const { stdout } = review(...files);

  for (const name of STACKS) {
    expect(stdout).toContain(`- **${name}**: a new form with 10 stages, every user is asked 500 questions`);
    expect(stdout).toContain(`\n### ${name}\n`);
  }
  expect(stdout.match(/\*\*scope-widening\*\*/g)).toHaveLength(3);
  expect(stdout.match(/\*\*limit\*\*: 10 of 10 rules of a router .*: there is no room for more\./g)).toHaveLength(3);
  expect(stdout.match(/#### Resources/g)).toHaveLength(3);
});

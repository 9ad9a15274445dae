import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enormousForm } from "../../bench/enormous-form";
import { type PlanJson, storedPlan } from "../support/stored-plans";

const ROOT = join(__dirname, "..", "..");

/** A plan of a form that becomes another. */
function planOf(before: object, after: object): PlanJson {
  const plan = storedPlan("link-only");
  for (const { type, change } of plan.resource_changes) {
    if (type === "auth0_form") {
      change.before = { ...change.before, ...before };
      change.after = { ...change.after, ...after };
      change.actions = ["update"];
    }
  }
  return plan;
}

const oneText = (content: string) => ({
  nodes: JSON.stringify([
    {
      id: "step",
      type: "STEP",
      alias: "Step",
      config: {
        next_node: "$ending",
        components: [{ id: "text", category: "BLOCK", type: "RICH_TEXT", config: { content } }],
      },
    },
  ]),
});

test.each<[string, PlanJson]>([
  ["200 components on 30 nodes with 100,000 characters", planOf(enormousForm("Old"), enormousForm("New"))],
  [
    "one text of 100,000 characters",
    planOf(oneText("Old words. ".repeat(9_100)), oneText("New words. ".repeat(9_100))),
  ],
  ["one word of 100,000 characters", planOf(oneText("a".repeat(100_000)), oneText("é👩‍👩‍👧".repeat(12_000)))],
])("a form of %s is reviewed with 200 MB of memory", (_, plan) => {
  const folder = mkdtempSync(join(tmpdir(), "enormous-"));
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...["--max-old-space-size=200", "--require", require.resolve("tsx/cjs")],
      ...[join(ROOT, "cli", "main.ts"), "review", file],
    ],
    { encoding: "utf8" },
  );
  rmSync(folder, { recursive: true });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("1 resource changed, none destroyed");
  expect(stdout.length).toBeLessThanOrEqual(65_000);
});

import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { blocks } from "../support/markdown";
import { pastedIntoMain } from "../support/readme";
import { runBlock } from "../support/run-block";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const BLOCKS = ["README.md", "docs/tutorial.md"].flatMap((document) =>
  blocks(document, "ts")
    .filter((block) => block.includes("const PROFILING"))
    .map((block, index) => [document, index + 1, block] as const),
);

test("there is one in the README, and two in the tutorial", () => {
  expect(BLOCKS.map(([document, index]) => `${document} ${index}`)).toEqual([
    "README.md 1",
    "docs/tutorial.md 1",
    "docs/tutorial.md 2",
  ]);
});

test.each(BLOCKS)("%s, block %i: pasted into main.ts it asks for the team as the third", (_, __, block) => {
  const [head] = pastedIntoMain(block).split("/** A stack for each tenant");
  const { PROFILING } = runBlock(`${head}export { PROFILING };`) as { PROFILING: ProgressiveProfilingProps };
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", PROFILING);

  const { nodes } = Template.of(stack).one("auth0_form") as { nodes: readonly { id: string; type: string }[] };
  const steps = nodes.filter(({ type }) => type === "STEP").map(({ id }) => id);
  expect(steps).toEqual(["step_job_title", "step_company_name", "step_team"]);
});

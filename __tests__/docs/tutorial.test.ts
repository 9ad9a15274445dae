import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

test.each(blocks("docs/tutorial.md", "ts").map((block, index) => [index + 1, block] as const))(
  "block %i compiles, and asks for the team as the third",
  (_, block) => {
    const { PROFILING } = runBlock(block) as { PROFILING: ProgressiveProfilingProps };
    const stack = devStack();
    new ProgressiveProfiling(stack, "profiling", PROFILING);

    const { nodes } = Template.of(stack).one("auth0_form") as { nodes: readonly { id: string; type: string }[] };
    const steps = nodes.filter(({ type }) => type === "STEP").map(({ id }) => id);
    expect(steps).toEqual(["step_job_title", "step_company_name", "step_team"]);
  },
);

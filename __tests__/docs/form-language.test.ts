import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const written = blocks("docs/form-language.md", "ts").map((block) => [block.split("\n").length, block] as const);

test("the guide has a block for stages, places, flows and words", () => {
  expect(written).toHaveLength(4);
});

test.each(written)("a block of %i lines compiles, and its form is one that the construct takes", (_, block) => {
  const { PROFILING } = runBlock(block) as { PROFILING: ProgressiveProfilingProps };
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", PROFILING);

  expect(Template.of(stack).count()).toMatchObject({ auth0_form: 1, auth0_action: 1, auth0_trigger_action: 1 });
});

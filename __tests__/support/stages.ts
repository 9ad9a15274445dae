import {
  type Component,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  Stage,
  text,
  ValidationError,
} from "../../lib";
import { devStack } from "./stack";

/** A stage that waits for `a`, with these components beside the field and the button that it needs. */
export function stageWith(...components: readonly unknown[]): Stage {
  return Stage.untilAnswered("a", {
    components: [text("a", { label: "A", required: true }), ...(components as Component[]), nextButton()],
  });
}

/** What the construct says of props, be they from JavaScript or from ts-node, which checks no types. */
export function problemsOf(props: { readonly [Name in keyof ProgressiveProfilingProps]: unknown }): readonly string[] {
  try {
    new ProgressiveProfiling(devStack(), "profiling", props as ProgressiveProfilingProps);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

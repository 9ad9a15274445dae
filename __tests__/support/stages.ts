import {
  type Component,
  legal,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  Stage,
  text,
  ValidationError,
} from "../../lib";
import { devStack } from "./stack";

/** What a stage of one question is made of. */
export const components: Component[] = [text("a", { label: "A", required: true }), nextButton()];
/** Of another question. */
export const b: Component[] = [text("b", { label: "B", required: true }), nextButton()];

/** A form of one stage that waits for `a`, with these options. */
export const until = (options: object) => ({ stages: [Stage.untilAnswered("a", { components, ...options })] });

/** The same, with a second field that has these options. */
export const withField = (options: object) =>
  until({ components: [...components, text("b", { label: "B", ...options })] as Component[] });

/** What a consent is made of. */
export const accepting = (required: boolean) => [legal("accept", { required, saveTo: [] }), nextButton()];

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

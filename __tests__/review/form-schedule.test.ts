import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, Stage, text } from "../../lib";
import { profilingOfStack, stackOf, toldOfStack } from "../support/reviewed-props";
import { bodyOf, findingsOf } from "../support/reviewed-stages";

type Options = Partial<Parameters<typeof Stage.untilAnswered>[1]>;

function asked(key: string, options: Options = {}): Stage {
  return Stage.untilAnswered(key, {
    components: [text(key, { label: key, required: true }), nextButton()],
    ...options,
  });
}

const profilingOf = (props: ProgressiveProfilingProps) => profilingOfStack(stackOf(props));

describe("of a form whose Action chooses from stages", () => {
  const before = profilingOf({ ask: { fromLogin: 2 }, stages: [asked("role")] });

  test("it is told of a stage that is added when it is asked, and how it is put off", () => {
    const team = asked("team", { ask: { fromLogin: 3, afterSignUp: { days: 2 } }, skippable: "Not now" });
    const after = profilingOf({ ask: { fromLogin: 2 }, stages: [asked("role"), team] });

    expect(bodyOf("+ Stage `team` added", before, after).split("\n").slice(-5)).toEqual([
      "Shown while `team` has no value.",
      "",
      "Asked from the 3rd login on, not before 2 days after the sign-up.",
      "",
      "Who presses `Not now` gets in without an answer, and is asked another time.",
    ]);
  });

  test("nothing is told of a stage that the Action shows to nobody: that is its own condition", () => {
    const never = Stage.when(
      {
        operator: "AND",
        operands: [
          { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.team}}"] },
          { operator: "EQ", operands: ["{{context.user.user_metadata.team}}", "sales"] },
        ],
      },
      { id: "never", components: [text("team", { label: "Team", required: true }), nextButton()] },
    );

    expect(findingsOf(before, profilingOf({ ask: { fromLogin: 2 }, stages: [asked("role"), never] }))).toEqual([]);
  });
});

test.each<[string, readonly ProgressiveProfilingProps[], string]>([
  ["everybody", [{}], "a new form with 1 stage, every user is asked 1 question"],
  ["a share of the people", [{ ask: { share: 10 } }], "a new form with 1 stage, some users are asked 1 question"],
  [
    "those of an application, as far as one stage goes",
    [{ stages: [asked("role"), asked("team", { ask: { clients: { only: ["shop"] } } })] }],
    "a new form with 2 stages, some users are asked 2 questions",
  ],
  [
    "everybody by one form, and a share of the people by another",
    [{}, { ask: { share: 10 } }],
    "2 new forms with 2 stages, some users are asked 2 questions",
  ],
])("the first line says whom new forms ask: %s", (_, [first = {}, ...others], verdict) => {
  const stages = [asked("role")];
  const stack = stackOf({ stages, ...first });
  for (const [index, props] of others.entries()) {
    new ProgressiveProfiling(stack, `other_${index}`, { stages, ...props });
  }

  expect(toldOfStack(stack).verdict.split(" · ")[0]).toBe(verdict);
});

import { holds } from "../../review/form/conditions";
import { userWith } from "../../review/form/user-state";
import { conditionText } from "../../review/markdown/condition-text";
import { causeText } from "../../review/markdown/login-text";

describe("A condition", () => {
  const missing = { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] };
  const equal = { operator: "EQ", operands: ["{{context.user.user_metadata.a}}", "x"] };
  const unknown = { operator: "GT", operands: ["{{fields.age}}", 18] };

  test.each([
    ["of a key that is there", missing, ["a"], false],
    ["of a key that is not", missing, [], true],
    ["that compares what is not there", equal, [], false],
    [
      "AND, where one does not hold, whatever the others",
      { operator: "AND", operands: [unknown, missing] },
      ["a"],
      false,
    ],
    ["OR, where one holds, whatever the others", { operator: "OR", operands: [unknown, missing] }, [], true],
  ])("is decided: %s", (_, condition, keys, expected) => {
    expect(holds(condition, userWith(keys))).toBe(expected);
  });

  test.each([
    ["that compares what somebody answered", equal, "whether `a` is `x`"],
    ["with an operator that Auth0 does not document", unknown, "whether `fields.age` `GT` `18`"],
    ["AND, where the others hold", { operator: "AND", operands: [unknown] }, "whether `fields.age` `GT` `18`"],
    [
      "deeper in an answer",
      { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a.b}}"] },
      "what stands under `a`",
    ],
    ["of nothing", { operator: "AND", operands: [] }, 'the condition `{"operands":[],"operator":"AND"}`'],
    ["that is none", "yes", 'the condition `"yes"`'],
  ])("is not guessed: %s", (_, condition, because) => {
    const decided = holds(condition, userWith(["a"]));

    expect(typeof decided === "object" ? causeText(decided.because) : decided).toBe(because);
  });

  test("is told in words", () => {
    expect(
      conditionText({ operator: "AND", operands: [missing, { operator: "OR", operands: [equal, unknown] }] }),
    ).toBe("`a` has no value and (`a` is `x` or `fields.age` `GT` `18`)");
  });
});

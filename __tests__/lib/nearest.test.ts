import { nearest } from "../../lib/nearest";

describe("a word is the nearest where it differs", () => {
  test.each([
    ["not at all", "label", "label"],
    ["in its case", "LABEL", "label"],
    ["in how its parts are joined", "max-value_s", "maxValues"],
    ["by Auth0's name before it", "AUTH0_CLIENT_SECRET", "clientSecret"],
    ["by one character too many", "laabel", "label"],
    ["by one too few", "labl", "label"],
    ["by another one", "labal", "label"],
    ["by two that have changed places", "lable", "label"],
    ["by two characters of six", "lebals", "labels"],
    ["by its only character", "a", "b"],
  ])("%s: %s for %s", (_, word, candidate) => {
    expect(nearest(word, ["description", candidate, "zzzzzzzzzzzz"])).toBe(candidate);
  });
});

describe("no word is near", () => {
  test.each([
    ["two of five characters are others", "lacal", "label"],
    ["two places are not beside each other", "belal", "label"],
    ["a third and more is missing", "lab", "label"],
    ["all is other", "qqqqq", "label"],
  ])("where %s: %s for %s", (_, word, candidate) => {
    expect(nearest(word, [candidate])).toBeUndefined();
  });

  test("where there is none", () => {
    expect(nearest("label", [])).toBeUndefined();
  });
});

test("of several the nearest is taken, and of the same distance the first", () => {
  expect(nearest("minVale", ["maxValue", "minValue"])).toBe("minValue");
  expect(nearest("hat", ["cat", "bat"])).toBe("cat");
});

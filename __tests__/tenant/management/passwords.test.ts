import { isStrongEnough } from "../../../tenant/management/passwords";

test.each([
  ["none", "a", ""],
  ["low", "aaaaaa", "aaaaa"],
  ["fair", "aaaaaaA1", "aaaaaA1"],
  ["fair", "aaaaaaA1", "aaaaaa1!"],
  ["good", "aaaaaa1!", "aaaaa1!"],
  ["good", "aaaaaa1!", "aaaaaaa!"],
  ["excellent", "abababab1!", "ababab1!"],
  ["excellent", "abababab1!", "abababaaa1!"],
])("the policy %s takes %s and refuses %j", (policy, strong, weak) => {
  expect(isStrongEnough(strong, policy)).toBe(true);
  expect(isStrongEnough(weak, policy)).toBe(false);
});

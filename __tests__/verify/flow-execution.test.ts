import { failureOf, isFailed } from "../../verify/flow-execution";

test.each([
  ["COMPLETED", false],
  ["FAILED", true],
  ["failed", true],
  ["ERROR", true],
  ["RUNNING", false],
  [undefined, false],
])("an execution whose status is %s has failed: %s", (status, hasFailed) => {
  expect(isFailed(status)).toBe(hasFailed);
});

test.each<[string, unknown, string | undefined]>([
  ["a text", { actions: [{ id: "save", status: "FAILED", error: "403\n  no scope" }] }, 'action "save": 403 no scope'],
  ["an object", { steps: { a: { status: "failed", error: { message: "429" } } } }, "429"],
  ["nothing", { actions: [{ id: "save", status: "FAILED" }] }, 'action "save": no reason is told'],
  ["long", { actions: [{ status: "FAILED", error: "x".repeat(5000) }] }, "x".repeat(200)],
  ["none, where all went well", { actions: [{ id: "save", status: "COMPLETED" }] }, undefined],
  [
    "not what people answered",
    { actions: [{ status: "COMPLETED", input: { status: "failed", error: "x" } }] },
    undefined,
  ],
  ["none, where there is no debug", undefined, undefined],
])("the reason of a failure is %s", (_, debug, reason) => {
  expect(failureOf(debug)).toBe(reason);
});

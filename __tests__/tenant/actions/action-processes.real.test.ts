import { availableParallelism } from "node:os";
import { runAction } from "../../../tenant/actions/run-action";
import { EVENT } from "../../support/attacking-action";

const AT_ONCE = Math.max(4, availableParallelism());

function login(body: string, begins?: () => void) {
  const code = `exports.onExecutePostLogin = async (event, api) => { ${body} };`;
  return runAction({ handler: "onExecutePostLogin", code, secrets: {}, event: EVENT, ...(begins && { begins }) });
}

test("a system that has no memory for a process fails that login, and takes no other's place", async () => {
  const system = require("node:child_process") as typeof import("node:child_process");
  const full = jest.spyOn(system, "spawn").mockImplementation(() => {
    throw new Error("spawn ENOMEM");
  });
  const failed = [];
  for (let count = 0; count <= AT_ONCE; count++) {
    failed.push(await login("console.log('without memory')"));
  }
  full.mockRestore();

  const error = "the Action's process did not start: spawn ENOMEM";
  expect(failed).toEqual(failed.map(() => ({ ok: false, error, console: [] })));
  expect(await login("console.log('with memory')")).toMatchObject({ ok: true, console: [{ text: "with memory" }] });
});

test("the logins of one Action, however many, do not hold up another's", async () => {
  const ended: string[] = [];
  const slow = "await new Promise((resolve) => setTimeout(resolve, 1000))";
  const many = Array.from({ length: 2 * AT_ONCE }, () => login(slow).then(() => ended.push("one of many")));

  await login("console.log('another')").then(() => ended.push("another"));
  await Promise.all(many);

  expect(ended.indexOf("another")).toBe(0);
  expect(ended).toHaveLength(2 * AT_ONCE + 1);
});

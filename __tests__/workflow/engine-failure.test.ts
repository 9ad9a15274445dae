import { applyFailure } from "../../workflow/engine-failure";

/** What Terraform 1.11.4 says. */
const lock = (message: string) => `
Error: Error acquiring the state lock

Error message: ${message}
Lock Info:
  ID:        f81d616f-5519-7154-e21f-988bb658d0a1
  Path:      terraform.tfstate
  Operation: OperationTypeApply
  Who:       alice@laptop
  Version:   1.11.4
  Created:   2026-11-27 08:08:33.845168562 +0000 UTC
  Info:      
`;

test("a held lock is told with who has it, and is no crash", () => {
  expect(applyFailure("app", 1, lock("resource temporarily unavailable"))).toBe(
    "[app] nothing of it was applied: alice@laptop, since 2026-11-27 08:08:33.845168562 +0000 UTC, has the lock of its" +
      " state, and did not give it back in time; run the job again when that apply has ended. Where nothing runs any more," +
      " release it by terraform force-unlock f81d616f-5519-7154-e21f-988bb658d0a1",
  );
});

test("PostgreSQL's lock is not said to be that of who asks", () => {
  expect(applyFailure("app", 1, lock("Workspace is already locked: default"))).toBe(
    "[app] nothing of it was applied: somebody has the lock of its state, and did not give it back in time; run the job" +
      " again when that apply has ended. Where nothing runs any more, end the session that has it in the database",
  );
});

test("what keeps a state from being locked is told as that", () => {
  expect(applyFailure("app", 1, "Error: Error acquiring the state lock\n\nError message: permission denied")).toBe(
    "[app] nothing of it was applied: its state could not be locked; the log says why; mend that, and run the job again",
  );
});

test("a plan that is too old may be made again", () => {
  expect(applyFailure("app", 1, "Error: Saved plan is stale")).toBe(
    "[app] nothing of it was applied: somebody changed the state while this job ran; run the job again",
  );
});

test.each([1, null])(
  "an apply that ends with %p half way leads to what is left, and to what no state knows",
  (status) => {
    expect(applyFailure("app", status, "Error: 400 Bad Request")).toBe(
      `[app] the apply ended with ${status}; its log says why. What was applied before that stays, and the next plan has what` +
        " is left: run this workflow by hand, which plans the branch, and look at its review. Where the engine was killed, the" +
        " tenant may have what no state knows of: npx auth0-progressive-profiling unmanaged PLAN.json, with the JSON of that" +
        " plan, prints it as terraform import commands",
    );
  },
);

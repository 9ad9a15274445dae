import { CiFolder } from "../support/ci-command";

const change = (address: string, name: string) => ({ address, change: { actions: ["update"], after: { name } } });
const plan = (...changes: object[]) => ({
  timestamp: "2026-11-23T00:00:00Z",
  resource_changes: changes,
  configuration: { provider_config: { auth0: { full_name: "auth0/auth0" } } },
});
const stack = (name: string, json: object, isChange = true) => ({ name, isChange, plan: json });
const AGAIN =
  "To have it applied, run this workflow by hand: it plans the branch, shows the review, and applies that when the" +
  " GitHub environment's reviewers approve it. Or merge a pull request from a branch of this repository: git commit" +
  " --allow-empty is enough";

let folder: CiFolder;
let engine: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = new CiFolder();
  for (const name of ["base", "app"]) {
    folder.write(`plans/${name}/plan`, "");
  }
  engine = folder.engine('echo "$1 in $(basename "$PWD")"');
});

afterEach(() => folder.remove());

const writePlans = (...stacks: object[]) => folder.write("plans/plans.json", JSON.stringify({ stacks }));
const writeReviewed = (...stacks: object[]) => folder.write("reviewed.json", JSON.stringify({ stacks }));
const apply = (environment: Readonly<Record<string, string>> = {}) =>
  folder.run(["apply", "plans", "--reviewed", "reviewed.json", "--quiet"], { ...engine, ...environment });

test("a plan is applied where it says the same as the reviewed one, whoever made it and when", async () => {
  const [form, flow] = [change("auth0_form.f", "Form"), change("auth0_flow.f", "Flow")];
  writePlans(stack("base", plan(form, flow)), stack("app", plan(form)));
  const later = { prior_state: {}, ...plan(form, flow), timestamp: "2026-11-24T00:00:00Z" };
  writeReviewed(stack("app", plan(form)), stack("base", later));
  const { status, said } = await apply();

  expect(said).toContain("apply in base\nApplied the plan of the stack base.\napply in app\n");
  expect(status).toBe(0);
});

test("a plan that differs is not applied, and neither is what comes before it; its values are not told", async () => {
  const form = plan(change("auth0_form.f", "Form"));
  writePlans(stack("base", form), stack("app", form));
  writeReviewed(stack("base", form), stack("app", plan(change("auth0_form.f", "planted-secret"))));
  const { status, said } = await apply();

  expect(status).toBe(1);
  expect(said).toBe(
    "nothing was applied: what was merged has another plan now than the reviewed one, since others were merged, or" +
      " somebody changed the tenant or its state; different are auth0_form.f of the stack app.\nThe page of this run has" +
      ` the review of the plan that is new. ${AGAIN}.\nTo avoid this, set "Require branches to be up to date before` +
      ' merging" on the branch\n',
  );
  expect(folder.outputs()).toBe("refused=true\n");
});

test("a stack that nobody reviewed is not applied", async () => {
  const form = plan(change("auth0_form.f", "Form"));
  writePlans(stack("base", form), stack("app", form));
  writeReviewed(stack("base", form));
  const { said } = await apply();

  expect(said).toContain("different are the stack app, which has no reviewed plan.\n");
});

test("nothing is applied where nobody reviewed a plan, and the reason and what to do are told", async () => {
  writePlans(stack("base", plan()));

  expect(await apply({ NOT_REVIEWED: "no pull request led to it" })).toEqual({
    status: 1,
    said: `nothing was applied: no pull request led to it.\n${AGAIN}\n`,
  });
});

test("what a branch kept that is no plan is refused in words", async () => {
  writePlans(stack("base", plan()));
  folder.write("reviewed.json", '{"stacks": 1}');

  expect(await apply()).toEqual({
    status: 1,
    said: "[reviewed.json] is none that ci plan wrote; plan again\n",
  });
});

test("a plan without changes is a success, reviewed or not", async () => {
  writePlans(stack("base", plan(), false));

  expect(await apply()).toEqual({ status: 0, said: "Nothing to apply: the plan has no changes.\n" });
});

test("in a job, an apply that fails is told beside it, on one line", async () => {
  engine = folder.engine("echo Error: Saved plan is stale; exit 1");
  writePlans(stack("base", plan()));
  writeReviewed(stack("base", plan()));

  expect(await apply({ GITHUB_ACTIONS: "true" })).toEqual({
    status: 1,
    said:
      "Error: Saved plan is stale\n::error::[base] nothing of it was applied: somebody changed the state while this job" +
      " ran; run the job again\n",
  });
});

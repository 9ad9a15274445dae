import { CiFolder } from "../support/ci-command";
import { storedPlan } from "../support/stored-plans";

const PLAN = storedPlan("link-only");
const HEADING = /^## `dev` · `acme\.eu\.auth0\.com` · `login`: .*$/m;

let folder: CiFolder;

beforeEach(() => {
  folder = new CiFolder();
  folder.write("plans/login/plan.json", JSON.stringify(PLAN));
  writePlans("plans", { name: "login", domain: "acme.eu.auth0.com", isChange: true, plan: PLAN });
});

afterEach(() => folder.remove());

const writePlans = (name: string, ...stacks: object[]) =>
  folder.write(`${name}/plans.json`, JSON.stringify({ stacks }));
const review = (environment: Readonly<Record<string, string>> = {}, ...options: readonly string[]) =>
  folder.run(["review", "plans", "dev.md", "--environment", "dev", ...options], {
    GITHUB_STEP_SUMMARY: `${folder.path}/summary`,
    ...environment,
  });

test("a review is written into the file and onto the page of the run, with what it is of and a note", async () => {
  expect((await review({}, "--note", "Planned for a test.")).status).toBe(0);

  expect(folder.read("dev.md")).toMatch(HEADING);
  expect(folder.read("dev.md")).toMatch(/^## .*\n\nPlanned for a test\.\n\n/m);
  expect(folder.read("summary").trim()).toBe(folder.read("dev.md").trim());
});

test("what is not wanted ends it with 2, after the review is written, and is told with what to do", async () => {
  const { status, said } = await review({ REVIEW_FAIL_ON: "leads-away,destroy" });

  expect(status).toBe(2);
  expect(said).toContain(
    "The plan has what is not wanted (leads-away,destroy); the review says where. Change the branch; where it is wanted" +
      " all the same, empty the variable REVIEW_FAIL_ON and run this job again.\n",
  );
  expect(folder.read("dev.md")).toMatch(HEADING);
});

test("what the base has too is set apart; a base that is not there is none", async () => {
  folder.write("base/login/plan.json", JSON.stringify(PLAN));
  writePlans("base", { name: "login", isChange: true, plan: PLAN });

  expect((await review({}, "--base", "base")).status).toBe(0);
  expect(folder.read("dev.md")).toContain("### Pending without this pull request");
  expect((await review({}, "--base", "nowhere")).status).toBe(0);
  expect(folder.read("dev.md")).not.toContain("Pending without this pull request");
});

test("a comment is shared by as many reviews as are said", async () => {
  expect((await review({}, "--one-of", "50")).status).toBe(0);
  expect(folder.read("dev.md").length).toBeLessThan(1400);

  expect(await review({}, "--one-of", "none")).toEqual({
    status: 1,
    said: '[--one-of] must be an integer of 1 or more, got "none"; give how many environments there are\n',
  });
});

test("plans of no stack can not be reviewed, and leave no older review there", async () => {
  await review();
  writePlans("plans");

  expect(await review()).toEqual({
    status: 1,
    said: "[plans] has no stack to review; define one, or look at what ci plan said\n",
  });
  expect(() => folder.read("dev.md")).toThrow("ENOENT");
});

test("pictures are left out where the project does not have what takes them", async () => {
  expect(await folder.run(["pictures", "plans", "pictures", "pictures-dev"])).toEqual({
    status: 0,
    said: "No pictures: the package playwright-core is not among those of this project.\n",
  });
  expect(() => folder.outputs()).toThrow("ENOENT");
});

import { CiFolder } from "../support/ci-command";
import { GitHubApi } from "../support/github-api";

const SHA = "0123456789012345678901234567890123456789";
const HEAD = "f".repeat(40);
const PULL_REQUEST = {
  number: 7,
  merged_at: "2026-11-23T00:00:00Z",
  merge_commit_sha: SHA,
  base: { ref: "main" },
  head: { sha: HEAD },
};

let folder: CiFolder;
let github: GitHubApi;

beforeEach(async () => {
  folder = new CiFolder();
  github = await GitHubApi.start();
});

afterEach(async () => {
  await github.stop();
  folder.remove();
});

const find = (environment: Readonly<Record<string, string>> = {}) =>
  folder.run(["find", "dev"], {
    ...github.environment,
    GITHUB_EVENT_NAME: "push",
    GITHUB_SHA: SHA,
    GITHUB_REF_NAME: "main",
    GITHUB_WORKFLOW_REF: "acme/login/.github/workflows/plan.yml@refs/heads/main",
    ...environment,
  });

function run(id: number, repository = "acme/login", ...jobs: readonly (readonly [name: string, conclusion: string])[]) {
  github.runs.push({ id, run_number: id, head_sha: HEAD, head_repository: { full_name: repository } });
  const ended = jobs.length > 0 ? jobs : [["profiling / Plan for dev", "success"] as const];
  github.jobs.set(
    id,
    ended.map(([name, conclusion]) => ({ name, conclusion })),
  );
}

const artifact = (id: number, name = "plan-dev-7", expired = false) =>
  github.artifacts.set(Math.trunc(id / 10), [{ id, name, expired }]);

describe("the plan of a merged pull request", () => {
  const NONE = `no job that plans for dev has succeeded with an artifact plan-dev-7 for pull request #7 at ${HEAD}; it failed, came from a fork or Dependabot, had no PLAN_PASSPHRASE, or its artifact expired`;

  test("is that of the newest run of its last commit", async () => {
    github.pullRequests.push({ ...PULL_REQUEST, base: { ref: "release" }, number: 6 }, PULL_REQUEST);
    for (const id of [1, 3, 2]) {
      run(id);
    }
    for (const id of [10, 30, 20]) {
      artifact(id);
    }

    expect(await find()).toEqual({ status: 0, said: "The reviewed plan was made by run 3.\n" });
    expect(folder.outputs()).toBe("run=3\nartifact=30\n");
  });

  test("counts whatever became of the comment and of other environments", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1, "acme/login", ["Plan for prod", "failure"], ["Comment", "failure"], ["Plan for dev", "success"]);
    artifact(10);

    expect(await find()).toEqual({ status: 0, said: "The reviewed plan was made by run 1.\n" });
  });

  test("is not that of a job that failed, or of another pull request with the same commit", async () => {
    github.pullRequests.push(PULL_REQUEST);
    for (const id of [1, 2]) {
      run(id);
    }
    run(3, "acme/login", ["profiling / Plan for dev", "failure"], ["profiling / Plan for prod", "success"]);
    artifact(10);
    artifact(20, "plan-dev-8");
    artifact(30);

    expect(await find()).toEqual({ status: 0, said: "The reviewed plan was made by run 1.\n" });
  });

  test("is none of a fork's, whatever that one uploaded", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1, "mallory/login");
    artifact(10);

    expect(await find()).toEqual({ status: 0, said: `There is no reviewed plan: ${NONE}.\n` });
    expect(folder.outputs()).toBe(`reason=${NONE}\n`);
  });

  test("is not there when it expired, or is that of another environment", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1);
    run(2);
    artifact(10, "plan-dev-7", true);
    artifact(20, "plan-prod-7");
    await find();

    expect(folder.outputs()).toBe(`reason=${NONE}\n`);
  });

  test("is not there when the commit came without a pull request", async () => {
    expect((await find()).status).toBe(0);
    expect(folder.outputs()).toBe(`reason=no pull request led to ${SHA}, so nobody reviewed a plan of it\n`);
  });
});

describe("the plan of a run that somebody began by hand", () => {
  const DISPATCH = { GITHUB_EVENT_NAME: "workflow_dispatch", GITHUB_RUN_ID: "5" };

  test("is that of this run, and no pull request is asked for", async () => {
    run(5);
    artifact(50, "plan-dev-5");

    expect(await find(DISPATCH)).toEqual({ status: 0, said: "The reviewed plan was made by run 5.\n" });
    expect(github.requests.filter((request) => request.includes("pulls"))).toEqual([]);
  });

  test("is not there where its job failed", async () => {
    run(5, "acme/login", ["profiling / Plan for dev", "failure"]);
    artifact(50, "plan-dev-5");
    await find(DISPATCH);

    expect(folder.outputs()).toBe(
      "reason=the job that plans for dev in this run did not succeed with an artifact plan-dev-5; its log says why\n",
    );
  });
});

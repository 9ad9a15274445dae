import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BOT, GitHubApi } from "../support/github-api";
import { describeWith, gpg } from "../support/requirements";
import { ended } from "../support/workflow";

const SCRIPTS = join(__dirname, "..", "..", "workflow");
const MARKER = "<!-- auth0-progressive-profiling review -->";
const SHA = "0123456789012345678901234567890123456789";

let folder: string;
let github: GitHubApi;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "scripts-"));
  github = await GitHubApi.start();
});

afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function script(name: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const command = name.endsWith(".mjs") ? process.execPath : "bash";
  const child = spawn(command, [join(SCRIPTS, name), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: folder, GITHUB_OUTPUT: join(folder, "output"), ...environment },
  });
  return ended(child);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function outputs(): string {
  return readFileSync(join(folder, "output"), "utf8");
}

describe("the comment", () => {
  const comment = () =>
    script("comment.mjs", ["reviews"], {
      ...github.environment,
      PULL_REQUEST: "7",
      HEAD_SHA: SHA,
      RUN_URL: "https://github.example/runs/1",
    });

  test("is written once and written over by the next run, behind more comments than one page has", async () => {
    for (let id = 1; id <= 150; id++) {
      github.comments.push({ id, user: { login: "jane", type: "User" }, body: "Hi" });
    }
    write("reviews/review-dev/review.md", `${MARKER}\n## 1 stage added\n`);
    expect(await comment()).toEqual({ status: 0, said: "The review is a new comment.\n" });

    write("reviews/review-dev/review.md", `${MARKER}\n## 2 stages added\n`);
    expect(await comment()).toEqual({ status: 0, said: "The comment has the new review.\n" });

    expect(github.comments).toHaveLength(151);
    expect(github.comments[150]?.body).toBe(
      `${MARKER}\n## 2 stages added\n\n<sub>0123456 · [run](https://github.example/runs/1)</sub>`,
    );
  });

  test("holds the reviews of all environments, with one marker", async () => {
    write("reviews/review-prod/review.md", `${MARKER}\n## prod\n`);
    write("reviews/review-dev/review.md", `${MARKER}\n## dev\n`);
    await comment();

    expect(github.comments[0]?.body.startsWith(`${MARKER}\n## dev\n\n---\n\n## prod\n\n<sub>`)).toBe(true);
  });

  test("of somebody else that has the marker is left alone", async () => {
    github.comments.push({ id: 1, user: { login: "mallory", type: "User" }, body: `${MARKER} all is well` });
    github.comments.push({ id: 2, user: BOT, body: `the marker is not at the start: ${MARKER}` });
    write("reviews/review-dev/review.md", `${MARKER}\n## 1 stage added\n`);
    await comment();

    expect(github.comments.map(({ body }) => body.includes("1 stage added"))).toEqual([false, false, true]);
  });

  test("says that there is no plan, so that an older review does not stand as if it were of this commit", async () => {
    github.comments.push({ id: 1, user: BOT, body: `${MARKER}\n## 1 stage added` });
    await comment();

    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain("## There is no plan");
    expect(github.comments[0]?.body).not.toContain("1 stage added");
  });

  test("leads to the run where the review is longer than GitHub takes", async () => {
    write("reviews/review-dev/review.md", `${MARKER}\n${"x".repeat(70_000)}`);
    await comment();

    expect(github.comments[0]?.body.length).toBeLessThan(1000);
    expect(github.comments[0]?.body).toContain("[on the page of the run](https://github.example/runs/1)");
  });

  test("fails with GitHub's words, and not with the token, when it is refused", async () => {
    github.refuse(403, "Resource not accessible by integration");
    write("reviews/review-dev/review.md", MARKER);
    const { status, said } = await comment();

    expect(status).toBe(1);
    expect(said).toMatch(
      /^GitHub answered GET http:\S+\/issues\/7\/comments\?per_page=100 with 403: Resource not accessible by integration; look at the permissions of this job\n$/,
    );
  });
});

describe("the plan of a merged pull request", () => {
  const HEAD = "f".repeat(40);
  const PULL_REQUEST = {
    number: 7,
    merged_at: "2026-11-23T00:00:00Z",
    merge_commit_sha: SHA,
    base: { ref: "main" },
    head: { sha: HEAD },
  };
  const find = () =>
    script("find-plan.mjs", ["plan-dev"], {
      ...github.environment,
      GITHUB_SHA: SHA,
      GITHUB_REF_NAME: "main",
      GITHUB_WORKFLOW_REF: "acme/login/.github/workflows/plan.yml@refs/heads/main",
    });
  const run = (id: number, repository = "acme/login", conclusion = "success") =>
    github.runs.push({ id, run_number: id, conclusion, head_sha: HEAD, head_repository: { full_name: repository } });
  const artifact = (id: number, name = "plan-dev-7", expired = false) =>
    github.artifacts.set(Math.trunc(id / 10), [{ id, name, expired }]);

  test("is that of the newest run of its last commit", async () => {
    github.pullRequests.push({ ...PULL_REQUEST, base: { ref: "release" }, number: 6 }, PULL_REQUEST);
    for (const id of [1, 3, 2]) {
      run(id);
    }
    for (const id of [10, 30, 20]) {
      artifact(id);
    }

    expect(await find()).toEqual({ status: 0, said: "The plan of pull request #7 was made by run 3.\n" });
    expect(outputs()).toBe("run=3\nartifact=30\n");
  });

  test("is not that of a run that failed, or of another pull request with the same commit", async () => {
    github.pullRequests.push(PULL_REQUEST);
    for (const id of [1, 2]) {
      run(id);
    }
    run(3, "acme/login", "failure");
    artifact(10);
    artifact(20, "plan-dev-8");
    artifact(30);

    expect(await find()).toEqual({ status: 0, said: "The plan of pull request #7 was made by run 1.\n" });
  });

  const NONE = `no run of pull request #7 at ${HEAD} that succeeded kept an artifact plan-dev-7; it failed, came from a fork or Dependabot, had no PLAN_PASSPHRASE, or its artifact expired`;

  test("is none of a fork's, whatever that one uploaded", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1, "mallory/login");
    artifact(10);

    expect(await find()).toEqual({ status: 0, said: `There is no reviewed plan: ${NONE}.\n` });
    expect(outputs()).toBe(`reason=${NONE}\n`);
  });

  test("is not there when it expired, or is that of another environment", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1);
    run(2);
    artifact(10, "plan-dev-7", true);
    artifact(20, "plan-prod-7");
    await find();

    expect(outputs()).toBe(`reason=${NONE}\n`);
  });

  test("is not there when the commit came without a pull request", async () => {
    expect((await find()).status).toBe(0);
    expect(outputs()).toBe(`reason=no pull request led to ${SHA}, so nobody reviewed a plan of it\n`);
  });
});

describe("the plan of what was merged", () => {
  const change = (address: string, name: string) => ({ address, change: { actions: ["update"], after: { name } } });
  const plan = (...changes: object[]) => ({
    timestamp: "2026-11-23T00:00:00Z",
    resource_changes: changes,
    configuration: { provider_config: { auth0: { full_name: "auth0/auth0" } } },
  });
  const stack = (name: string, json: object, isChange = true) => ({ name, isChange, plan: json });
  const apply = (environment: Readonly<Record<string, string>> = {}) =>
    script("apply.mjs", ["plans", "--reviewed", "reviewed.json"], {
      TERRAFORM_BINARY_NAME: join(folder, "engine"),
      ...environment,
    });

  function engine(text: string): void {
    write("engine", `#!/bin/sh\n${text}\n`);
    execFileSync("chmod", ["+x", join(folder, "engine")]);
  }

  beforeEach(() => {
    for (const name of ["base", "app"]) {
      write(`plans/${name}/plan`, "");
    }
    engine('echo "$1 in $(basename "$PWD")"');
  });

  test("is applied where it says the same as the reviewed one, whoever made it and when", async () => {
    const [form, flow] = [change("auth0_form.f", "Form"), change("auth0_flow.f", "Flow")];
    write("plans/plans.json", JSON.stringify({ stacks: [stack("base", plan(form, flow)), stack("app", plan(form))] }));
    const later = { prior_state: {}, ...plan(form, flow), timestamp: "2026-11-24T00:00:00Z" };
    write("reviewed.json", JSON.stringify({ stacks: [stack("app", plan(form)), stack("base", later)] }));
    const { status, said } = await apply();

    expect(said).toContain("apply in base\nApplied the plan of the stack base.\napply in app\n");
    expect(status).toBe(0);
  });

  test.each([
    ["another value", plan(change("auth0_form.f", "planted-secret")), "auth0_form.f"],
    ["one resource more", plan(change("auth0_form.f", "Form"), change("auth0_flow.f", "Flow")), "auth0_flow.f"],
    ["another provider", { ...plan(change("auth0_form.f", "Form")), configuration: {} }, "configuration"],
    ["a part that nobody knows yet", { ...plan(change("auth0_form.f", "Form")), novelty: true }, "novelty"],
    ["a resource twice", plan(change("auth0_form.f", "x"), change("auth0_form.f", "Form")), "resource_changes"],
  ])("is not applied where the reviewed one has %s, and neither is what comes before it", async (_, json, part) => {
    const form = plan(change("auth0_form.f", "Form"));
    write("plans/plans.json", JSON.stringify({ stacks: [stack("base", form), stack("app", form)] }));
    write("reviewed.json", JSON.stringify({ stacks: [stack("base", form), stack("app", json)] }));
    const { status, said } = await apply();

    expect(status).toBe(1);
    expect(said).toContain(`different are ${part} of the stack app.\nOpen a pull request from a branch`);
    expect(said).not.toContain("apply in");
    expect(said).not.toContain("planted-secret");
    expect(outputs()).toBe("refused=true\n");
  });

  test("is not applied where nobody reviewed one, and the reason is told", async () => {
    write("plans/plans.json", JSON.stringify({ stacks: [stack("base", plan())] }));
    const { status, said } = await apply({ NOT_REVIEWED: "no pull request led to it" });

    expect(status).toBe(1);
    expect(said).toContain("nothing was applied: no pull request led to it.\nOpen a pull request");
  });

  test("is a success without changes, reviewed or not", async () => {
    write("plans/plans.json", JSON.stringify({ stacks: [stack("base", plan(), false)] }));

    expect(await apply()).toEqual({ status: 0, said: "Nothing to apply: the plan has no changes.\n" });
  });

  test.each([
    [
      "that fails leads to what the state does not know",
      "exit 1",
      'Read "After a crash" in docs/state.md: npm run unmanaged',
    ],
    [
      "that comes too late may run again",
      "echo Error: Saved plan is stale; exit 1",
      "while this job ran. Run it again.",
    ],
  ])("has an apply %s", async (_, text, advice) => {
    engine(text);
    write("plans/plans.json", JSON.stringify({ stacks: [stack("base", plan())] }));
    write("reviewed.json", JSON.stringify({ stacks: [stack("base", plan())] }));
    const { status, said } = await apply();

    expect(status).toBe(1);
    expect(said).toContain(advice);
    expect(said).not.toContain("git commit --allow-empty");
  });
});

describeWith([gpg], "a plan that is kept", () => {
  const PASSPHRASE = { PLAN_PASSPHRASE: "correct horse battery staple" };
  const TEXT = '{"stacks":[{"client_secret":"planted-secret"}]}';

  beforeEach(() => {
    write("plans/plans.json", TEXT);
  });

  const encrypt = (environment: Record<string, string> = PASSPHRASE) =>
    script("encrypt-plans.sh", ["plans", "plans.gpg"], environment);
  const decrypt = (environment: Record<string, string> = PASSPHRASE, file = "plans.gpg") =>
    script("decrypt-plans.sh", [file, "again.json"], environment);

  test("comes back as it was, and shows nothing in between", async () => {
    expect(await encrypt()).toEqual({ status: 0, said: "" });
    expect(outputs()).toBe("file=plans.gpg\n");
    const sealed = readFileSync(join(folder, "plans.gpg"));
    expect(sealed.includes("planted-secret")).toBe(false);

    expect(await decrypt()).toEqual({ status: 0, said: "" });
    expect(readFileSync(join(folder, "again.json"), "utf8")).toBe(TEXT);
  });

  test("is not kept at all without a passphrase", async () => {
    const { status, said } = await encrypt({});

    expect(status).toBe(0);
    expect(said).toContain("There is no secret PLAN_PASSPHRASE, so the plan is not kept");
    expect(() => readFileSync(join(folder, "plans.gpg"))).toThrow("ENOENT");
  });

  test.each([
    ["another passphrase", { PLAN_PASSPHRASE: "wrong" }, "PLAN_PASSPHRASE is another one than that of the plan"],
    ["no passphrase", {}, "There is no secret PLAN_PASSPHRASE, so that the plan can not be read"],
  ] as [string, Record<string, string>, string][])("fails with %s", async (_, environment, message) => {
    await encrypt();
    const { status, said } = await decrypt(environment);

    expect(status).toBe(1);
    expect(said).toContain(message);
    expect(() => readFileSync(join(folder, "again.json"))).toThrow("ENOENT");
  });

  test("fails when somebody changed it", async () => {
    await encrypt();
    const sealed = readFileSync(join(folder, "plans.gpg"));
    sealed[sealed.length - 30] = (sealed.at(-30) ?? 0) ^ 1;
    writeFileSync(join(folder, "plans.gpg"), sealed);

    expect((await decrypt()).status).toBe(1);
  });

  test("fails when somebody made it without the passphrase, though gpg would pass it on", async () => {
    execFileSync("bash", ["-c", "gpg --homedir . --batch --quiet --store --output plain.gpg plans/plans.json"], {
      cwd: folder,
    });
    const { status, said } = await decrypt(PASSPHRASE, "plain.gpg");

    expect(status).toBe(1);
    expect(said).toContain("The plan is not encrypted with PLAN_PASSPHRASE; nothing was applied.");
    expect(() => readFileSync(join(folder, "again.json"))).toThrow("ENOENT");
  });
});

describe("the stacks of a project", () => {
  const stacks = (manifest: object, environment: Readonly<Record<string, string>> = {}, ...options: string[]) => {
    write("cdktf.out/manifest.json", JSON.stringify({ stacks: manifest }));
    return script("plan.mjs", [".", "plans", ...options], {
      TERRAFORM_BINARY_NAME: join(folder, "engine"),
      ...environment,
    });
  };
  const stack = (name: string, ...dependencies: string[]) => ({
    name,
    workingDirectory: `stacks/${name}`,
    dependencies,
  });

  beforeEach(() => {
    write("engine", '#!/bin/sh\n[ "$1" = init ] && basename "$PWD"\n[ "$1" = show ] && echo "{}"\nexit 0\n');
    execFileSync("chmod", ["+x", join(folder, "engine")]);
    for (const name of ["app", "base", "zone"]) {
      write(`cdktf.out/stacks/${name}/cdk.tf.json`, "{}");
    }
  });

  test("are planned behind those that they depend on", async () => {
    const manifest = { app: stack("app", "zone", "base"), base: stack("base", "zone"), zone: stack("zone") };

    expect(await stacks(manifest)).toEqual({ status: 0, said: "zone\nbase\napp\n" });
    expect(JSON.parse(readFileSync(join(folder, "plans/plans.json"), "utf8")).stacks).toEqual(
      ["zone", "base", "app"].map((name) => ({ name, isChange: false, plan: {} })),
    );
  });

  test("fail when a name would lead out of the folder, before anything runs", async () => {
    const name = "../../outside";

    expect(await stacks({ [name]: { name, workingDirectory: "stacks/app", dependencies: [] } })).toEqual({
      status: 1,
      said: 'the name of a stack must be letters, digits, "_", "." and "-", got "../../outside"\n',
    });
  });

  test("fail on a runner with which their state would be lost, all at once and before anything runs", async () => {
    const backend = (name: string, terraform: object) =>
      write(`cdktf.out/stacks/${name}/cdk.tf.json`, JSON.stringify({ terraform }));
    const manifest = { app: stack("app"), base: stack("base"), zone: stack("zone") };
    backend("app", { backend: { local: { path: "app.tfstate" } } });
    backend("zone", { backend: { s3: { bucket: "states" } } });
    const lost = (name: string) =>
      `stack ${name} keeps its state on this runner, where it would be lost; give its environment a backend (docs/state.md)`;

    expect(await stacks(manifest, { GITHUB_ACTIONS: "true" })).toEqual({
      status: 1,
      said: `::error::${lost("app")}%0A${lost("base")}\n`,
    });
    expect((await stacks(manifest, { GITHUB_ACTIONS: "true" }, "--state", "states")).status).toBe(0);
    expect((await stacks(manifest)).status).toBe(0);

    backend("app", { cloud: { organization: "acme" } });
    backend("base", { backend: { pg: {} } });
    expect((await stacks(manifest, { GITHUB_ACTIONS: "true" })).status).toBe(0);
  });

  test("fail in words when nothing was synthesised", async () => {
    rmSync(join(folder, "cdktf.out"), { recursive: true });

    expect(await script("plan.mjs", [".", "plans"], {})).toEqual({
      status: 1,
      said: "cdktf.out/manifest.json is missing; run: npm run synth\n",
    });
  });
});

test("an environment without secrets is named before anything blames the stacks", async () => {
  expect(await script("check-tenant.mjs", [], { SECRETS_ENVIRONMENT: "prod-plan", AUTH0_DOMAIN: "" })).toEqual({
    status: 1,
    said: 'AUTH0_DOMAIN is empty: does the GitHub environment "prod-plan" have its secrets?\n',
  });
});

test("a local tenant that does not start fails with what it said", async () => {
  write("package.json", JSON.stringify({ scripts: { tenant: "echo the port is in use >&2; exit 1; #" } }));
  const { status, said } = await script("tenant.sh", ["start"], { RUNNER_TEMP: folder });

  expect(status).toBe(1);
  expect(said).toContain("the port is in use");
  expect(said).toContain("::error::The local tenant did not start; its log says why.");
});

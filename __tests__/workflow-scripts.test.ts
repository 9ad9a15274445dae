import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BOT, GitHubApi } from "./support/github-api";

const SCRIPTS = join(__dirname, "..", ".github", "scripts");
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
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  const [status] = await once(child, "close");
  return { status, said };
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
    for (let id = 1; id <= 150; id++) github.comments.push({ id, user: { login: "jane", type: "User" }, body: "Hi" });
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
  const run = (id: number, repository = "acme/login") =>
    github.runs.push({ id, run_number: id, head_sha: HEAD, head_repository: { full_name: repository } });
  const artifact = (id: number, name = "plan-dev", expired = false) =>
    github.artifacts.set(Math.trunc(id / 10), [{ id, name, expired }]);

  test("is that of the newest run of its last commit", async () => {
    github.pullRequests.push({ ...PULL_REQUEST, base: { ref: "release" }, number: 6 }, PULL_REQUEST);
    for (const id of [1, 3, 2]) run(id);
    for (const id of [10, 30, 20]) artifact(id);

    expect(await find()).toEqual({ status: 0, said: "The plan of pull request #7 was made by run 3.\n" });
    expect(outputs()).toBe("run=3\nartifact=30\n");
  });

  test("is none of a fork's, whatever that one uploaded", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1, "mallory/login");
    artifact(10);
    const { status, said } = await find();

    expect(status).toBe(1);
    expect(said).toContain(`nothing was applied: no run of pull request #7 at ${HEAD} kept an artifact plan-dev`);
  });

  test("is not there when it expired, or is that of another environment", async () => {
    github.pullRequests.push(PULL_REQUEST);
    run(1);
    run(2);
    artifact(10, "plan-dev", true);
    artifact(20, "plan-prod");

    expect((await find()).status).toBe(1);
  });

  test("is not there when the commit came without a pull request: it says what to do", async () => {
    expect(await find()).toEqual({
      status: 1,
      said:
        `nothing was applied: no pull request led to ${SHA}, so nobody reviewed a plan of it.\n` +
        "Open a pull request (an empty commit is enough: git commit --allow-empty), review its plan, and merge it.\n" +
        'To avoid this, set "Require branches to be up to date before merging" on the branch.\n',
    });
  });
});

describe("a plan that is kept", () => {
  const PASSPHRASE = { PLAN_PASSPHRASE: "correct horse battery staple" };

  beforeEach(() => {
    write("plans/plans.json", '{"tree":"abc","stacks":[]}');
    write("plans/dev/plan.json", '{"client_secret":"planted-secret"}');
    write("plans/dev/.terraform/provider", "big");
  });

  const encrypt = (environment: Record<string, string> = PASSPHRASE) =>
    script("encrypt-plans.sh", ["plans", "plans.gpg"], environment);
  const decrypt = (environment: Record<string, string> = PASSPHRASE, file = "plans.gpg") =>
    script("decrypt-plans.sh", [file, "again"], environment);

  test("comes back as it was, but for what init makes anew, and shows nothing in between", async () => {
    expect(await encrypt()).toEqual({ status: 0, said: "" });
    expect(outputs()).toBe("file=plans.gpg\n");
    const sealed = readFileSync(join(folder, "plans.gpg"));
    expect(sealed.includes("planted-secret")).toBe(false);
    expect(sealed.includes("plans.json")).toBe(false);

    expect(await decrypt()).toEqual({ status: 0, said: "" });
    expect(readFileSync(join(folder, "again/dev/plan.json"), "utf8")).toBe('{"client_secret":"planted-secret"}');
    expect(() => readFileSync(join(folder, "again/dev/.terraform/provider"))).toThrow("ENOENT");
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
    expect(() => readFileSync(join(folder, "again/plans.json"))).toThrow("ENOENT");
  });

  test("fails when somebody changed it", async () => {
    await encrypt();
    const sealed = readFileSync(join(folder, "plans.gpg"));
    sealed[sealed.length - 30] = (sealed.at(-30) ?? 0) ^ 1;
    writeFileSync(join(folder, "plans.gpg"), sealed);

    expect((await decrypt()).status).toBe(1);
  });

  test("fails when somebody made it without the passphrase, though gpg would pass it on", async () => {
    execFileSync("bash", ["-c", "tar cz -C plans . | gpg --homedir . --batch --quiet --store --output plain.gpg"], {
      cwd: folder,
    });
    const { status, said } = await decrypt(PASSPHRASE, "plain.gpg");

    expect(status).toBe(1);
    expect(said).toContain("The plan is not encrypted with PLAN_PASSPHRASE; nothing was applied.");
    expect(() => readFileSync(join(folder, "again/plans.json"))).toThrow("ENOENT");
  });
});

describe("the stacks of a project", () => {
  const stacks = async (manifest: object) => {
    write("cdktf.out/manifest.json", JSON.stringify({ stacks: manifest }));
    const { status, said } = await script("plan.mjs", [".", "plans"], {
      TERRAFORM_BINARY_NAME: join(folder, "engine"),
    });
    return { status, said };
  };

  beforeEach(() => {
    write("engine", '#!/bin/sh\n[ "$1" = init ] && basename "$PWD"\n[ "$1" = show ] && echo "{}"\nexit 0\n');
    execFileSync("chmod", ["+x", join(folder, "engine")]);
    execFileSync(
      "bash",
      ["-c", "git init -q . && git -c user.name=t -c user.email=t@example.com commit -q --allow-empty -m -"],
      { cwd: folder },
    );
    for (const name of ["app", "base", "zone"]) write(`cdktf.out/stacks/${name}/cdk.tf.json`, "{}");
  });

  test("are planned behind those that they depend on", async () => {
    const stack = (name: string, ...dependencies: string[]) => ({
      name,
      workingDirectory: `stacks/${name}`,
      dependencies,
    });
    const manifest = { app: stack("app", "zone", "base"), base: stack("base", "zone"), zone: stack("zone") };

    expect(await stacks(manifest)).toEqual({ status: 0, said: "zone\nbase\napp\n" });
    expect(JSON.parse(readFileSync(join(folder, "plans/plans.json"), "utf8")).stacks).toEqual(
      ["zone", "base", "app"].map((name) => ({ name, isChange: false })),
    );
  });

  test("fail when a name would lead out of the folder, before anything runs", async () => {
    const name = "../../outside";

    expect(await stacks({ [name]: { name, workingDirectory: "stacks/app", dependencies: [] } })).toEqual({
      status: 1,
      said: 'the name of a stack must be letters, digits, "_", "." and "-", got "../../outside"\n',
    });
  });

  test("fail in words when nothing was synthesised", async () => {
    rmSync(join(folder, "cdktf.out"), { recursive: true });

    expect(await script("plan.mjs", [".", "plans"], {})).toEqual({
      status: 1,
      said: "cdktf.out/manifest.json is missing; run: npm run synth\n",
    });
  });
});

test("a local tenant that does not start fails with what it said", async () => {
  write("package.json", JSON.stringify({ scripts: { tenant: "echo the port is in use >&2; exit 1; #" } }));
  const { status, said } = await script("tenant.sh", ["start"], { RUNNER_TEMP: folder });

  expect(status).toBe(1);
  expect(said).toContain("the port is in use");
  expect(said).toContain("::error::The local tenant did not start; its log says why.");
});

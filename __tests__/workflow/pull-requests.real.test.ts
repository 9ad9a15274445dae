import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import { ProgressiveProfiling, SampleApplication } from "../../lib";
import { headed } from "../../workflow/review";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { blocks } from "../support/markdown";
import { planningScopes } from "../support/readme";
import { actionlint, actionlintBinary, describeWith } from "../support/requirements";
import { Workspace } from "../support/terraform";
import { callIn, readWorkflow } from "../support/workflow";
import { isRun } from "../support/workflow-expression";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");
const GUIDE = readFileSync(join(ROOT, "docs", "pull-requests.md"), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const [THE_CALL = ""] = blocks("docs/pull-requests.md", "yaml", "Set it up");
const called = readWorkflow(join(WORKFLOWS, "progressive-profiling.yml"));

describe.each(readdirSync(WORKFLOWS))("the workflow %s", (file) => {
  const text = readFileSync(join(WORKFLOWS, file), "utf8");
  const workflow: { on: object; jobs: Record<string, { steps?: readonly Step[]; "timeout-minutes"?: number }> } =
    parse(text);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test("uses actions at a commit, with the version beside it", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    const own = /^uses: \.\/\.github\/workflows\/[\w-]+\.yml$/;
    expect(
      uses.filter((line) => !own.test(line) && !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
    ).toEqual([]);
    expect(uses).not.toEqual([]);
  });

  test("gives no job a trigger that runs a fork's code with secrets, and no step a token on the disk", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("puts no expression into a shell: what a stranger writes is data there", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("has a limit of time for each job that has steps", () => {
    expect(jobs.filter((job) => job.steps !== undefined && job["timeout-minutes"] === undefined)).toEqual([]);
  });
});

describeWith([actionlint], "actionlint", () => {
  test("has nothing to say of the workflows, and of the call that the guide shows", () => {
    const folder = mkdtempSync(join(tmpdir(), "actionlint-"));
    const call = join(folder, "plan.yml");
    writeFileSync(call, THE_CALL);
    const files = [call, ...readdirSync(WORKFLOWS).map((file) => join(WORKFLOWS, file))];
    const { status, stdout } = spawnSync(actionlintBinary ?? "", ["-no-color", ...files], {
      cwd: ROOT,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });

    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});

describe("the workflow that others call", () => {
  const { jobs } = called;

  test("uses commands that there are", () => {
    const names = Object.values(jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => [...(run ?? "").matchAll(/\$COMMAND ci (\w+)/g)].map(([, name]) => name)),
    );
    const help = spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), "cli/main.ts", "ci", "--help"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const there = [...help.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
    expect([...new Set(names)].sort()).toEqual(there.sort());
  });

  test("may write only where it comments; other jobs have what the caller gives, or less", () => {
    const permissions = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]));
    expect(permissions).toEqual({
      local: { contents: "read" },
      plan: undefined,
      comment: { contents: "read", "pull-requests": "write" },
      apply: undefined,
      drift: undefined,
    });
  });

  test("never breaks an apply off, lets it and the look for drift wait for each other, and no run on main for another", () => {
    const alone = { group: "apply-${{ matrix.environment }}", "cancel-in-progress": false };
    expect([jobs.apply?.concurrency, jobs.drift?.concurrency]).toEqual([alone, alone]);
    expect(called.concurrency).toEqual({
      group:
        "progressive-profiling-${{ github.workflow }}-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    });
  });

  test("lets no environment stop another one", () => {
    const strategies = [jobs.plan, jobs.apply, jobs.drift].map((job) => job?.strategy);
    expect(strategies.map((strategy) => strategy && "fail-fast" in strategy && strategy["fail-fast"])).toEqual([
      false,
      false,
      false,
    ]);
  });

  const event = (name: string, others: Readonly<Record<string, string>> = {}) => ({
    "github.event_name": name,
    "github.repository": "acme/login",
    "github.event.repository.default_branch": "main",
    "github.ref_name": name === "pull_request" ? "7/merge" : "main",
    "github.event.pull_request.head.repo.full_name": name === "pull_request" ? "acme/login" : "",
    "vars.AUTH0_ENVIRONMENTS": '["dev"]',
    ...others,
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["a pull request", event("pull_request"), ["plan", "comment"]],
    [
      "a pull request from a fork",
      event("pull_request", { "github.event.pull_request.head.repo.full_name": "mallory/login" }),
      ["local"],
    ],
    ["one of Dependabot", event("pull_request", { "github.actor": "dependabot[bot]" }), ["local"]],
    ["one without a tenant", event("pull_request", { "vars.AUTH0_ENVIRONMENTS": "" }), ["local", "comment"]],
    ["a merge", event("push"), ["apply"]],
    ["a merge without a tenant", event("push", { "vars.AUTH0_ENVIRONMENTS": "" }), []],
    ["somebody who runs it by hand", event("workflow_dispatch"), ["plan", "apply"]],
    ["that on another branch", event("workflow_dispatch", { "github.ref_name": "more" }), ["plan"]],
    ["the morning", event("schedule"), ["drift"]],
  ])("has for %s the jobs that it should, whatever became of others", (_, contexts, names) => {
    for (const hasFailed of [false, true]) {
      const run = Object.entries(jobs).filter(
        ([name, job]) => isRun(job.if, contexts, { hasFailed: hasFailed && job.needs !== undefined }) && name !== "",
      );
      expect(run.map(([name]) => name)).toEqual(names);
    }
  });

  test("gives the secrets of the deploying client to one job, which runs what is merged", () => {
    const environments = Object.entries(jobs).map(([name, { environment = "" }]) => [name, environment]);
    expect(environments).toEqual([
      ["local", ""],
      ["plan", "${{ matrix.environment }}-plan"],
      ["comment", ""],
      ["apply", "${{ matrix.environment }}"],
      ["drift", "${{ matrix.environment }}-plan"],
    ]);
  });
});

describe("the guide", () => {
  test("shows a call of some ten lines that gives the workflow all that it takes", () => {
    const call = callIn(THE_CALL);
    const own = callIn(readFileSync(join(WORKFLOWS, "plan.yml"), "utf8"));

    expect(THE_CALL.trim().split("\n").length).toBeLessThan(20);
    expect(call.uses).toMatch(
      /^OWNER\/auth0-progressive-profiling\/\.github\/workflows\/progressive-profiling\.yml@COMMIT$/,
    );
    expect({ ...own, uses: call.uses, with: undefined }).toEqual({ ...call, with: undefined });
    expect(Object.keys(call.secrets)).toEqual(Object.keys(called.on.workflow_call?.secrets ?? {}));
  });

  test("names every secret and variable that the workflow reads, and no other", () => {
    const workflow = readFileSync(join(WORKFLOWS, "progressive-profiling.yml"), "utf8");
    const read = new Set([...workflow.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, name]) => name));
    const told = new Set([...GUIDE.matchAll(/^ *\| `([A-Z]\w+)` \|/gm)].map(([, name]) => name));
    expect([...told].sort()).toEqual([...read].sort());
  });

  test("shows the beginning of a real review", () => {
    const review = readFileSync(join(ROOT, "__tests__", "review", "golden", "added-stage.md"), "utf8");
    const [, beginning = ""] = /^<!--.*-->\n([\s\S]*?)\n### \+ Stage/.exec(review) ?? [];
    const headedReview = headed(
      beginning.trim(),
      [{ name: "progressive-profiling-dev", domain: "acme.eu.auth0.com" }],
      {
        environment: "dev",
        note: undefined,
      },
    );
    const quoted = headedReview.replace(/^/gm, "> ").replace(/ +$/gm, "");
    expect(quoted).toContain("1 stage added");
    expect(GUIDE).toContain(quoted);
  });

  describe("on the client that plans", () => {
    let tenant: LocalTenant;
    let workspace: Workspace;
    /** Of the engine: who works on the tenant. */
    let environment: Record<string, string>;

    beforeAll(async () => {
      tenant = await startLocalTenant();
      environment = { ...tenant.env };
      workspace = new Workspace(environment);
      workspace.synth(define(["update:users"]));
      workspace.apply();
    }, 60_000);

    afterAll(async () => {
      workspace.remove();
      await tenant.stop();
    });

    test("names scopes with which it can plan a change, every one of them needed, and apply nothing", async () => {
      const scopes = planningScopes();
      const client = await createManagementClient(tenant, "Planner", scopes);
      environment.AUTH0_CLIENT_ID = client.client_id;
      environment.AUTH0_CLIENT_SECRET = client.client_secret;
      workspace.synth(define(["update:users", "read:users"]));

      expect(Object.values(workspace.plan().changes)).toEqual(["update"]);
      const { body: used } = await tenant.request("GET", "/_tenant/scopes");
      expect(used[client.client_id]).toEqual([...scopes].sort());
      expect(scopes.filter((scope) => !scope.startsWith("read:"))).toEqual([]);
      expect(() => workspace.apply()).toThrow("Insufficient scope");
    }, 60_000);
  });

  function define(scopes: readonly ("read:users" | "update:users")[]) {
    return (stack: TerraformStack) => {
      new ProgressiveProfiling(stack, "profiling", { scopes });
      new SampleApplication(stack, "sample");
    };
  }
});

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import { ProgressiveProfiling, SampleApplication } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { planningScopes } from "../support/readme";
import { Workspace } from "../support/terraform";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");
const SCRIPTS = join(ROOT, "workflow");
const GUIDE = readFileSync(join(ROOT, "docs", "pull-requests.md"), "utf8");

interface Job {
  readonly concurrency?: object;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}

describe.each(readdirSync(WORKFLOWS))("the workflow %s", (file) => {
  const text = readFileSync(join(WORKFLOWS, file), "utf8");
  const workflow: { on: Record<string, unknown>; permissions: object; jobs: Record<string, Job> } = parse(text);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("uses actions at a commit, with the version beside it", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    expect(uses).not.toEqual([]);
  });

  test("may read the code, and more only in the job that needs it", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    const granted = Object.entries(workflow.jobs).flatMap(([name, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([scope, access]) => (access === "write" ? [`${name} ${scope}`] : [])),
    );
    expect(granted).toEqual(file === "plan.yml" ? ["comment pull-requests"] : []);
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

  test("has a limit of time for each job", () => {
    expect(jobs.filter((job) => job["timeout-minutes"] === undefined)).toEqual([]);
  });

  test("names scripts that exist and run", () => {
    const named = steps.flatMap(({ run }) => run?.match(/(?:workflow|\.ci)\/[\w./-]+/g) ?? []);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const shell = named.filter((path) => path.endsWith(".sh"));
    for (const path of shell) {
      expect(spawnSync("test", ["-x", join(ROOT, path)]).status).toBe(0);
    }
  });
});

test("an apply is never broken off, waits for none but those of its environment, and no run on main waits for another", () => {
  const { concurrency, jobs }: { concurrency: Record<string, string>; jobs: Record<string, Job> } = parse(
    readFileSync(join(WORKFLOWS, "plan.yml"), "utf8"),
  );
  expect(jobs.apply?.concurrency).toEqual({ group: "apply-${{ matrix.environment }}", "cancel-in-progress": false });
  expect(concurrency).toEqual({
    group: "${{ github.workflow }}-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
    "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
  });
});

test.each(readdirSync(SCRIPTS))("the script %s can be read by what runs it", (file) => {
  const path = join(SCRIPTS, file);
  const [command, flag] = file.endsWith(".sh") ? ["bash", "-n"] : [process.execPath, "--check"];
  expect(spawnSync(command ?? "", [flag ?? "", path], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

test("the scripts need nothing but Node", () => {
  const imports = readdirSync(SCRIPTS).flatMap((file) =>
    [...readFileSync(join(SCRIPTS, file), "utf8").matchAll(/^(?:import|} from).*"([^"]+)";$/gm)].map(
      ([, name]) => name,
    ),
  );
  expect(imports.filter((name) => !/^(node:|\.\/)/.test(name ?? ""))).toEqual([]);
});

describe("the guide", () => {
  test("names every secret and variable that the workflow reads, and no other", () => {
    const workflow = readFileSync(join(WORKFLOWS, "plan.yml"), "utf8");
    const read = new Set([...workflow.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, name]) => name));
    const told = new Set([...GUIDE.matchAll(/^ *\| `(\w+)` \|/gm)].map(([, name]) => name));
    expect([...told].sort()).toEqual([...read].sort());
  });

  test("shows the beginning of a real review", () => {
    const review = readFileSync(join(ROOT, "__tests__", "review", "golden", "added-stage.md"), "utf8");
    const [, beginning = ""] = /^<!--.*-->\n([\s\S]*?)\n### \+ Stage/.exec(review) ?? [];
    const quoted = beginning.trim().replace(/^/gm, "> ").replace(/ +$/gm, "");
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

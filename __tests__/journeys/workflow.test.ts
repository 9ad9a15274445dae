import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeInBrowser } from "../support/browser";
import { GitHubApi } from "../support/github-api";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { Postgres } from "../support/postgres";
import { planningScopes } from "../support/readme";
import { RepositoryCopy } from "../support/repository-copy";
import { describeWith, gpg, postgres } from "../support/requirements";
import { callIn, type JobEnd, Runner, readWorkflow } from "../support/workflow";

/** What a colleague writes into main.ts for one more stage. */
const STAGES = `{
  stages: [
    Stage.untilAnswered("job_title", {
      alias: "Missing Profile Data",
      components: [text("job_title", { label: "Job title", required: true }), nextButton("Continue")],
    }),
  ],
}`;
const MORE_STAGES = STAGES.replace(
  "\n  ],\n}",
  `
    Stage.untilAnswered("team", {
      alias: "Missing Team",
      components: [text("team", { label: "Team", required: true }), nextButton("Done")],
    }),
  ],
}`,
);

/** The last commit of the pull request. */
const HEAD = "f".repeat(40);

/** By which event a job runs. */
const EVENTS: Readonly<Record<string, string>> = {
  plan: "pull_request",
  comment: "pull_request",
  drift: "schedule",
};

jest.setTimeout(300_000);

let repository: RepositoryCopy;
let runner: Runner;

beforeAll(() => {
  repository = new RepositoryCopy();
  repository.replace("main.ts", "ProgressiveProfilingProps = {}", `ProgressiveProfilingProps = ${STAGES}`);
  repository.replace("main.ts", "defineStateBackend,", "defineStateBackend, nextButton, Stage, text,");
  repository.commit("The first stage");
  repository.installPackages();
  const workflow = readWorkflow(join(repository.folder, ".github/workflows/progressive-profiling.yml"));
  const call = callIn(readFileSync(join(repository.folder, ".github/workflows/plan.yml"), "utf8"));
  runner = new Runner(repository.folder, workflow, call, (folder) => repository.installPackages(folder));
});

afterAll(() => {
  runner.remove();
  repository.remove();
});

function expectSuccess(end: JobEnd): void {
  if (end.failed !== undefined) {
    throw new Error(`the step ${end.failed} failed:\n${end.log}`);
  }
}

function addStage(): void {
  repository.git("checkout", "--quiet", "-B", "more");
  repository.replace("main.ts", STAGES, MORE_STAGES);
  repository.commit("Ask for the team");
}

describe("without a tenant of its own, a pull request that adds a stage", () => {
  let end: JobEnd;

  beforeAll(async () => {
    addStage();
    end = await runner.run("local", { "github.event_name": "pull_request" }, { TENANT_PORT: "0" });
  });

  afterAll(() => {
    repository.git("worktree", "prune");
    repository.git("checkout", "--quiet", "main");
  });

  test("is planned against what its base has deployed, and its plan applies", () => {
    expectSuccess(end);
    expect(end.log).toContain("Applied the plan of the stack progressive-profiling-localhost-");
    expect(end.log).toMatch(/### Apply the plan to the local tenant, and plan again[\s\S]*No changes\./);
  });

  test("has the review that names the stage on the page of the run", () => {
    expect(end.summary).toContain("1 stage added");
    expect(end.summary).toContain("Missing Team");
    expect(end.summary).toMatch(
      /^## `local tenant` · `localhost:\d+` · `progressive-profiling-localhost-\d+`: 1 stage added.*\n\nPlanned for a local tenant, without what `environments\.ts` gives/m,
    );
    expect(end.summary.trim()).toBe(readFileSync(join(runner.artifact("review-local"), "local.md"), "utf8").trim());
  });

  describeInBrowser("with pictures", () => {
    test("has a page with a picture of the stage, to which the review leads", () => {
      const page = readFileSync(join(runner.artifact("pictures-local.html"), "pictures-local.html"), "utf8");
      expect(page).toMatch(/Missing Team, after[\s\S]*data:image\/png;base64,/);
      expect(end.summary).toContain("https://github.example/artifacts/pictures-local.html#/");
    });
  });
});

describeWith([postgres, gpg], "with a tenant and a backend of its own, a repository", () => {
  let tenant: LocalTenant;
  let database: Postgres;
  let github: GitHubApi;
  let planner: { client_id: string; client_secret: string };
  let contexts: Record<string, string>;
  const logs: string[] = [];

  beforeAll(async () => {
    [tenant, database, github] = await Promise.all([startLocalTenant(), Postgres.start(), GitHubApi.start()]);
    planner = await createManagementClient(tenant, "Planner", [...planningScopes(), "read:flows_executions"]);
    contexts = {
      "matrix.environment": "dev",
      "strategy.job-total": "1",
      "vars.AUTH0_DOMAIN": tenant.domain,
      "vars.AUTH0_ENVIRONMENTS": '["dev"]',
      "secrets.ENVIRONMENT_VARIABLES": `PG_CONN_STR=${database.connStr()}`,
      "secrets.PLAN_PASSPHRASE": "correct horse battery staple",
      "github.token": "the-token",
      "github.run_id": "1",
      "github.event.pull_request.number": "7",
      "github.event.pull_request.head.sha": HEAD,
    };
    const environment = `dev: { domain: "${tenant.domain}", backend: { type: "pg" } }`;
    repository.replace("environments.ts", "Environments = {}", `Environments = { ${environment} }`);
    repository.commit("A state that outlives the runner");
  });

  beforeEach(() => ranWith("success"));
  afterAll(() => Promise.all([tenant?.stop(), database?.stop(), github?.stop()]));

  /** How the job ended whose plan an apply finds. */
  function ranWith(conclusion: string): void {
    const run = { id: 1, run_number: 1, head_sha: HEAD, head_repository: { full_name: "acme/login" } };
    github.runs.splice(0, Infinity, run);
    github.jobs.set(1, [{ name: "profiling / Plan for dev", conclusion }]);
  }

  /** A runner whose packages are there, and nothing else that a job before it left. */
  async function job(
    name: string,
    others: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, string>> = {},
  ): Promise<JobEnd> {
    repository.git("worktree", "prune");
    repository.git("clean", "-fdxq", "--exclude=node_modules");
    const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } = tenant.env;
    const GITHUB_SHA = repository.git("rev-parse", "HEAD");
    github.merge(GITHUB_SHA, HEAD, runner.artifactNames);
    const environment = {
      SSL_CERT_FILE,
      NODE_EXTRA_CA_CERTS,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/login",
      GITHUB_SHA,
      GITHUB_EVENT_NAME: EVENTS[name] ?? "push",
      GITHUB_RUN_ID: "1",
      GITHUB_REF_NAME: "main",
      ...variables,
      GITHUB_WORKFLOW_REF: "acme/login/.github/workflows/plan.yml@refs/heads/main",
    };
    const secrets = {
      "github.event_name": environment.GITHUB_EVENT_NAME,
      "vars.AUTH0_CLIENT_ID": name === "apply" ? AUTH0_CLIENT_ID : planner.client_id,
      "secrets.AUTH0_CLIENT_SECRET": name === "apply" ? AUTH0_CLIENT_SECRET : planner.client_secret,
    };
    const end = await runner.run(name, { ...contexts, ...secrets, ...others }, environment);
    logs.push(end.log, end.summary);
    return end;
  }

  /** @returns its name before */
  async function renameForm(name: string): Promise<string> {
    const { body } = await tenant.request("GET", "/api/v2/forms");
    const [form] = body.forms ?? body;
    await tenant.request("PATCH", `/api/v2/forms/${form.id}`, { name });
    return form.name;
  }

  async function steps(): Promise<string[]> {
    const { body } = await tenant.request("GET", "/api/v2/forms");
    const [form] = body.forms ?? body;
    if (form === undefined) {
      return [];
    }
    const { body: whole } = await tenant.request("GET", `/api/v2/forms/${form.id}`);
    return whole.nodes
      .filter(({ type }: { type: string }) => type === "STEP")
      .map(({ alias }: { alias: string }) => alias);
  }

  test("gets exactly the reviewed plan applied after the merge, at the first time and with a stage more", async () => {
    const first = await job("plan");
    expectSuccess(first);
    expect(first.log).toMatch(
      /The base is left out: \[\S+\] keeps its state on the machine that deploys it, where a job loses it; give it a backend\./,
    );
    expect(await steps()).toEqual([]);
    expectSuccess(await job("apply"));
    expect(await steps()).toEqual(["Missing Profile Data"]);

    addStage();
    const planned = await job("plan");
    expectSuccess(planned);
    expect(planned.summary).toContain("1 stage added");
    expect(planned.summary).toContain("Missing Team");
    expectSuccess(await job("comment"));
    expect(github.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining(`## \`dev\` · \`${tenant.domain}\` · \`progressive-profiling-dev\`: 1 stage added`),
    ]);
    const applied = await job("apply");

    expectSuccess(applied);
    expect(applied.summary).toMatch(/^Applied the plan of the stack progressive-profiling-dev\.$/m);
    expect(applied.summary).toContain(`Clean: the tenant ${tenant.domain} is as the state says`);
    expect(await steps()).toEqual(["Missing Profile Data", "Missing Team"]);
  });

  test("keeps and prints no secret in clear, neither its own nor those that the plan holds", async () => {
    const { body: clients } = await tenant.request("GET", "/api/v2/clients");
    const secrets: string[] = clients.map(({ client_secret }: { client_secret: string }) => client_secret);
    const kept = runner.artifactNames.flatMap((name) =>
      readdirSync(runner.artifact(name)).map((file) => readFileSync(join(runner.artifact(name), file), "latin1")),
    );

    expect(secrets.length).toBeGreaterThan(2);
    expect(runner.artifactNames.filter((name) => !name.startsWith("pictures"))).toEqual([
      "plan-dev-7",
      "review-dev",
      "review-local",
    ]);
    for (const secret of [...secrets, contexts["secrets.PLAN_PASSPHRASE"] ?? ""]) {
      expect([...kept, ...logs].filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(kept.filter((text) => text.includes("cdk.tf.json"))).toEqual([]);
  });

  test("has nothing to apply where the job runs a second time", async () => {
    const again = await job("apply");

    expectSuccess(again);
    expect(again.summary).toBe("Nothing to apply: the plan has no changes.\n");
  });

  test("runs nothing of a plan that a branch forged with the passphrase, and is told what is different", async () => {
    const planted = join(repository.folder, "node_modules", "planted");
    const command = `this.addOverride("resource.terraform_data.forged", {
      provisioner: [{ "local-exec": { command: "touch ${planted}" } }],
    });`;
    repository.replace("main.ts", "super(scope, stackName);", `super(scope, stackName);\n    ${command}`);
    repository.commit("Forged");
    expectSuccess(await job("plan"));
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    repository.replace("main.ts", '"Missing Team"', '"Missing Crew"');
    repository.commit("What was merged");
    const applied = await job("apply");

    expect(applied.failed).toBe("Apply it if it is the reviewed plan");
    expect(applied.log).toContain("nothing was applied: what was merged has another plan now than the reviewed one");
    expect(applied.log).toMatch(/different are configuration, auth0_form\.\S+, .*terraform_data\.forged of the stack/);
    expect(applied.log).toContain("git commit --allow-empty");
    expect(applied.summary).toContain("Missing Crew");
    expect(existsSync(planted)).toBe(false);
    expect(await steps()).toEqual(["Missing Profile Data", "Missing Team"]);
  });

  test("applies nothing with another passphrase", async () => {
    const applied = await job("apply", { "secrets.PLAN_PASSPHRASE": "wrong" });

    expect(applied.failed).toBe("Decrypt the reviewed plan");
    expect(applied.log).toContain("PLAN_PASSPHRASE is another one than that of the plan");
  });

  test("gets a plan that nobody could review shown and not applied, such as a fork's", async () => {
    expectSuccess(await job("plan"));
    ranWith("failure");
    const applied = await job("apply");

    expect(applied.failed).toBe("Apply it if it is the reviewed plan");
    expect(applied.log).toContain(
      `nothing was applied: no job that plans for dev has succeeded with an artifact plan-dev-7 for pull request #7 at ${HEAD};`,
    );
    expect(applied.summary).toContain("Missing Crew");
    expect(await steps()).toEqual(["Missing Profile Data", "Missing Team"]);
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
  });

  test("has nothing to apply, and no failure, where what a fork changed is nothing of the tenant", async () => {
    ranWith("failure");
    const applied = await job("apply");

    expectSuccess(applied);
    expect(applied.summary).toBe("Nothing to apply: the plan has no changes.\n");
  });

  test("has an empty plan that was reviewed refused when it is not empty any more", async () => {
    expectSuccess(await job("plan"));
    const name = await renameForm("Edited since the review");
    const applied = await job("apply");
    await renameForm(name);

    expect(applied.failed).toBe("Apply it if it is the reviewed plan");
    expect(applied.log).toMatch(/different are auth0_form\.\S+ of the stack progressive-profiling-dev\./);
    expect(applied.summary).toContain("Edited since the review");
  });

  test("is told which secrets are missing", async () => {
    const planned = await job("plan", { "vars.AUTH0_DOMAIN": "" });

    expect(planned.failed).toBe("Plan");
    expect(planned.log).toContain('[AUTH0_DOMAIN] is empty; give the GitHub environment "dev-plan" its variables');
  });

  test("has a plan applied though the Action was deployed again since the review: its version is computed", async () => {
    repository.replace("main.ts", '"Missing Team"', '"Missing Crew"');
    repository.commit("Ask for the crew");
    expectSuccess(await job("plan"));
    const { body } = await tenant.request("GET", "/api/v2/actions/actions");
    const [action] = body.actions;
    await tenant.request("POST", `/api/v2/actions/actions/${action.id}/deploy`, {});
    const { body: deployed } = await tenant.request("GET", `/api/v2/actions/actions/${action.id}`);
    expect(deployed.deployed_version.id).not.toBe(action.deployed_version.id);
    const applied = await job("apply");

    expectSuccess(applied);
    expect(await steps()).toEqual(["Missing Profile Data", "Missing Crew"]);
  });

  test("has what main has planned, reviewed and applied by hand, unless the tenant is edited after the review", async () => {
    await renameForm("Edited in the dashboard");
    const dispatch = { "github.event_name": "workflow_dispatch", "github.event.pull_request.number": "" };
    const variables = { GITHUB_EVENT_NAME: "workflow_dispatch" };
    const planned = await job("plan", dispatch, variables);
    expectSuccess(planned);
    expect(planned.log).not.toContain("### Plan the base");
    expect(planned.summary).toContain("Edited in the dashboard");

    await renameForm("Edited again");
    const refused = await job("apply", dispatch, variables);
    expect(refused.failed).toBe("Apply it if it is the reviewed plan");
    expect(refused.log).toContain("run this workflow by hand");

    await renameForm("Edited in the dashboard");
    const applied = await job("apply", dispatch, variables);
    expectSuccess(applied);
    expect(applied.summary).toContain("Applied the plan of the stack progressive-profiling-dev.");
    expect(await renameForm("Progressive Profiling")).toBe("Progressive Profiling");
  });

  test("has no drift, until somebody edits the form, or what no plan shows", async () => {
    const clean = await job("drift");
    expectSuccess(clean);
    expect(clean.summary).toContain(`Clean: the tenant ${tenant.domain} is as the state says`);

    const { body: form } = await tenant.request("GET", "/api/v2/forms");
    const [{ name }] = form.forms ?? form;
    const { body: double } = await tenant.request("POST", "/api/v2/forms", { name });
    const unseen = await job("drift");
    expect(unseen.failed).toBe("Review and verify");
    expect(unseen.log).toContain("::error::The tenant differs from its state;");
    expect(unseen.summary).toContain(double.id);
    await tenant.request("DELETE", `/api/v2/forms/${double.id}`);

    await renameForm("Edited in the dashboard");
    const drift = await job("drift");

    expect(drift.failed).toBe("Review and verify");
    expect(drift.log).toContain("::error::The plan is not empty: somebody changed the tenant,");
    expect(drift.summary).toContain("Edited in the dashboard");
  });
});

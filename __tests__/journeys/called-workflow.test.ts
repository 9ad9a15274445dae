import { join } from "node:path";
import { GitHubApi } from "../support/github-api";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { blocks } from "../support/markdown";
import { OutsideRepository } from "../support/outside-repository";
import { Postgres } from "../support/postgres";
import { planningScopes } from "../support/readme";
import { describeWith, gpg, postgres } from "../support/requirements";
import { callIn, type JobEnd, Runner, readWorkflow } from "../support/workflow";

/** One stage, in a workspace, with texts of the other packages. */
const STAGES = `
const { nextButton, Stage, text } = require("auth0-progressive-profiling");
const { company } = require("wording");
require("ms");
exports.stages = [
  Stage.untilAnswered("company", {
    alias: "Missing Company",
    components: [
      text("company", { label: company, hint: globalThis.hintOfPatch, required: true }),
      nextButton("Continue"),
    ],
  }),
];
`;
const MORE_STAGES = STAGES.replace(
  "\n];",
  `
  Stage.untilAnswered("team", {
    alias: "Missing Team",
    components: [text("team", { label: "Team", required: true }), nextButton("Done")],
  }),
];`,
);

const ENVIRONMENTS = ["dev", "prod"];
/** The last commit of the pull request. */
const HEAD = "f".repeat(40);

jest.setTimeout(600_000);

interface Deployment {
  readonly tenant: LocalTenant;
  readonly planner: { readonly client_id: string; readonly client_secret: string };
}

describeWith(
  [postgres, gpg],
  "a repository that calls the workflow, with a workspace, a file: package and a patch",
  () => {
    let repository: OutsideRepository;
    let runner: Runner;
    let database: Postgres;
    let github: GitHubApi;
    const deployments = new Map<string, Deployment>();

    beforeAll(async () => {
      [database, github] = await Promise.all([Postgres.start(), GitHubApi.start()]);
      for (const name of ENVIRONMENTS) {
        const tenant = await startLocalTenant();
        const scopes = [...planningScopes(), "read:flows_executions"];
        deployments.set(name, { tenant, planner: await createManagementClient(tenant, "Planner", scopes) });
      }
      const environments = Object.fromEntries(
        [...deployments].map(([name, { tenant }]) => [name, { domain: tenant.domain, backend: { type: "pg" } }]),
      );
      const [call = ""] = blocks("docs/pull-requests.md", "yaml", "Set it up");
      repository = new OutsideRepository(environments, call, {
        stages: STAGES,
        company: "Company",
        hint: "As on your contract",
      });
      const called = readWorkflow(join(__dirname, "..", "..", ".github", "workflows", "progressive-profiling.yml"));
      runner = new Runner(repository.folder, called, callIn(repository.read(".github/workflows/plan.yml")));
    });

    afterAll(async () => {
      runner?.remove();
      repository?.remove();
      await Promise.all([...deployments.values()].map(({ tenant }) => tenant.stop()));
      await Promise.all([database?.stop(), github?.stop()]);
    });

    /** A job on a runner of its own, where only what is committed is checked out. */
    async function job(
      name: string,
      environment: string,
      event: string,
      others: Readonly<Record<string, string>> = {},
    ): Promise<JobEnd> {
      repository.git("worktree", "prune");
      repository.git("clean", "-fdxq");
      const { tenant, planner } = deployments.get(environment) as Deployment;
      const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } = tenant.env;
      const deploys = name === "apply";
      const contexts: Record<string, string> = {
        "matrix.environment": environment,
        "strategy.job-total": String(ENVIRONMENTS.length),
        "vars.AUTH0_ENVIRONMENTS": JSON.stringify(ENVIRONMENTS),
        "vars.AUTH0_DOMAIN": tenant.domain,
        "vars.AUTH0_CLIENT_ID": deploys ? AUTH0_CLIENT_ID : planner.client_id,
        "secrets.AUTH0_CLIENT_SECRET": deploys ? AUTH0_CLIENT_SECRET : planner.client_secret,
        "secrets.PLAN_PASSPHRASE": "correct horse battery staple",
        "secrets.ENVIRONMENT_VARIABLES": `PG_CONN_STR=${database.connStr()}`,
        "github.token": "the-token",
        "github.event_name": event,
        "github.run_id": "1",
        "github.event.pull_request.number": event === "pull_request" ? "7" : "",
        "github.event.pull_request.head.sha": HEAD,
        ...others,
      };
      const GITHUB_SHA = repository.git("rev-parse", "HEAD");
      github.merge(GITHUB_SHA, HEAD, runner.artifactNames);
      const end = await runner.run(name, contexts, {
        SSL_CERT_FILE,
        NODE_EXTRA_CA_CERTS,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: "acme/login",
        GITHUB_SHA,
        GITHUB_EVENT_NAME: event,
        GITHUB_RUN_ID: "1",
        GITHUB_REF_NAME: "main",
        GITHUB_WORKFLOW_REF: "acme/login/.github/workflows/plan.yml@refs/heads/main",
      });
      if (name === "plan") {
        const ended = github.jobs.get(1) ?? [];
        const own = `profiling / Plan for ${environment}`;
        const conclusion = end.failed === undefined ? "success" : "failure";
        github.jobs.set(1, [...ended.filter((one) => one.name !== own), { name: own, conclusion }]);
      }
      return end;
    }

    function expectSuccess({ failed, log }: JobEnd): void {
      if (failed !== undefined) {
        throw new Error(`the step ${failed} failed:\n${log}`);
      }
    }

    async function steps(environment: string): Promise<readonly string[]> {
      const { tenant } = deployments.get(environment) as Deployment;
      const { body } = await tenant.request("GET", "/api/v2/forms");
      const [form] = body.forms ?? body;
      if (form === undefined) {
        return [];
      }
      const { body: whole } = await tenant.request("GET", `/api/v2/forms/${form.id}`);
      const nodes: readonly { readonly type: string; readonly alias: string }[] = whole.nodes;
      return nodes.filter(({ type }) => type === "STEP").map(({ alias }) => alias);
    }

    test("deploys main by hand the first time, where its plan was reviewed", async () => {
      expectSuccess(await job("plan", "dev", "workflow_dispatch"));
      const applied = await job("apply", "dev", "workflow_dispatch");

      expectSuccess(applied);
      expect(applied.summary).toContain("Applied the plan of the stack progressive-profiling-dev.");
      expect(await steps("dev")).toEqual(["Missing Company"]);
    });

    test("has in the review what the branch changes in each of them, and the base's own packages beside it", async () => {
      github.runs.push({ id: 1, run_number: 1, head_sha: HEAD, head_repository: { full_name: "acme/login" } });
      repository.git("checkout", "--quiet", "-B", "more");
      repository.set({ stages: MORE_STAGES, company: "Company name", hint: "As on your card" });
      repository.commit("Ask for the team");
      const planned = await job("plan", "dev", "pull_request");

      expectSuccess(planned);
      const { tenant } = deployments.get("dev") as Deployment;
      expect(planned.summary).toContain(
        `## \`dev\` · \`${tenant.domain}\` · \`progressive-profiling-dev\`: 1 stage added`,
      );
      expect(planned.summary).toContain("Missing Team");
      expect(planned.summary).toContain("Company name");
      expect(planned.summary).toContain("As on your card");
      expect(planned.summary).not.toContain("Pending without this pull request");
      expect(planned.log).not.toContain("The base is left out");
      expect(planned.log).toMatch(/### Plan the base\n[\s\S]*No changes\./);
    });

    test("has a line in the comment for the environment that failed, beside the review of the other", async () => {
      const failed = await job("plan", "prod", "pull_request", { "secrets.AUTH0_CLIENT_SECRET": "wrong" });
      expect(failed.failed).toBe("Plan");
      expectSuccess(await job("comment", "dev", "pull_request"));

      expect(github.comments).toHaveLength(1);
      const [comment] = github.comments;
      expect(comment?.body).toMatch(/^## `dev` · .*1 stage added/m);
      expect(comment?.body).toContain("## `prod`: there is no plan\n\nIts job has failed, so nothing of this commit");
    });

    test("gets exactly the reviewed plan applied after the merge, though the other environment failed", async () => {
      repository.git("checkout", "--quiet", "main");
      repository.git("merge", "--quiet", "--ff-only", "more");
      const refused = await job("apply", "prod", "push");
      expect(refused.failed).toBe("Apply it if it is the reviewed plan");
      expect(refused.log).toContain("nothing was applied: no job that plans for prod has succeeded");
      const applied = await job("apply", "dev", "push");

      expectSuccess(applied);
      expect(applied.summary).toContain("Applied the plan of the stack progressive-profiling-dev.");
      expect(applied.summary).toContain("Clean: the tenant ");
      expect(await steps("dev")).toEqual(["Missing Company", "Missing Team"]);
      expect(await steps("prod")).toEqual([]);
    });
  },
);

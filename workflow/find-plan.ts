import { CommandError } from "../command/command-error";
import { GitHub } from "./github";
import { output, variable } from "./job";
import { DONE, type JobCommand } from "./job-command";
import { checkName } from "./stacks";

interface PullRequest {
  readonly number: number;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly base: { readonly ref: string };
  readonly head: { readonly sha: string };
}

interface Run {
  readonly id: number;
  readonly run_number: number;
  readonly head_repository: { readonly full_name: string } | null;
}

interface Job {
  readonly name: string;
  readonly conclusion: string | null;
}

interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
}

/** Where a plan is kept. */
interface Kept {
  readonly run: number;
  readonly artifact: number;
}

export const FIND: JobCommand = {
  does: "finds the plan that was reviewed",
  synopsis: "ENVIRONMENT",
  help: `
Finds the run that planned for ENVIRONMENT what the commit GITHUB_SHA has: that of the pull request which led to it, or of a
workflow_dispatch this run. Sets the outputs run and artifact, or reason where there is none. Only the job that planned for
ENVIRONMENT counts: what became of other jobs is nothing to this one.

It takes GITHUB_TOKEN and the variables that GitHub gives every step.
`,
  example: "prod",
  run: async ({ positionals: [environment = ""] }) => {
    const found = await keptPlan(GitHub.fromEnvironment(), checkName(environment, "ENVIRONMENT"));
    if (typeof found === "string") {
      process.stdout.write(`There is no reviewed plan: ${found}.\n`);
      output("reason", found);
      return DONE;
    }
    process.stdout.write(`The reviewed plan was made by run ${found.run}.\n`);
    output("run", String(found.run));
    output("artifact", String(found.artifact));
    return DONE;
  },
};

/** @returns where it is, or why there is none */
async function keptPlan(github: GitHub, environment: string): Promise<Kept | string> {
  if (process.env.GITHUB_EVENT_NAME === "workflow_dispatch") {
    const run = Number(variable("GITHUB_RUN_ID"));
    const kept = `plan-${environment}-${run}`;
    return (
      (await keptBy(github, run, environment, kept)) ??
      `the job that plans for ${environment} in this run did not succeed with an artifact ${kept}; its log says why`
    );
  }
  const sha = variable("GITHUB_SHA");
  const pullRequest = await mergedPullRequest(github, sha);
  if (pullRequest === undefined) {
    return `no pull request led to ${sha}, so nobody reviewed a plan of it`;
  }
  const { number, head } = pullRequest;
  // With the number, for the same commit may be that of another pull request, with another base.
  const kept = `plan-${environment}-${number}`;
  for (const { id } of await runsOf(github, head.sha)) {
    const found = await keptBy(github, id, environment, kept);
    if (found !== undefined) {
      return found;
    }
  }
  return (
    `no job that plans for ${environment} has succeeded with an artifact ${kept} for pull request #${number} at ` +
    `${head.sha}; it failed, came from a fork or Dependabot, had no PLAN_PASSPHRASE, or its artifact expired`
  );
}

async function mergedPullRequest(github: GitHub, sha: string): Promise<PullRequest | undefined> {
  const branch = variable("GITHUB_REF_NAME");
  const pullRequests = await github.list<PullRequest>(`/commits/${sha}/pulls?per_page=100`);
  return pullRequests.find(
    ({ merged_at, merge_commit_sha, base }) => merged_at && merge_commit_sha === sha && base.ref === branch,
  );
}

/** The runs of the workflow that calls this one on a commit of this repository, the newest first. */
async function runsOf(github: GitHub, head: string): Promise<readonly Run[]> {
  const [, workflow] = /\/([^/]+)@/.exec(variable("GITHUB_WORKFLOW_REF")) ?? [];
  if (workflow === undefined) {
    throw new CommandError([`[GITHUB_WORKFLOW_REF] names no workflow, got ${variable("GITHUB_WORKFLOW_REF")}`]);
  }
  const runs = await github.listOf<Run>(
    `/actions/workflows/${workflow}/runs?event=pull_request&head_sha=${head}&per_page=100`,
    "workflow_runs",
  );
  const { full_name: repository } = await github.send<{ readonly full_name: string }>("GET", "");
  return runs
    .filter(({ head_repository }) => head_repository?.full_name === repository)
    .toSorted((one, other) => other.run_number - one.run_number);
}

/** The plan that the job of an environment kept in a run, if it succeeded: other jobs are of other environments. */
async function keptBy(github: GitHub, run: number, environment: string, name: string): Promise<Kept | undefined> {
  const jobs = await github.listOf<Job>(`/actions/runs/${run}/jobs?per_page=100`, "jobs");
  if (!jobs.some((job) => job.conclusion === "success" && isPlanningJob(job.name, environment))) {
    return undefined;
  }
  const path = `/actions/runs/${run}/artifacts?per_page=100&name=${encodeURIComponent(name)}`;
  const artifacts = await github.listOf<Artifact>(path, "artifacts");
  const found = artifacts.find((artifact) => artifact.name === name && !artifact.expired);
  return found && { run, artifact: found.id };
}

/** A job of a workflow that is called has the name of the calling one before its own. */
function isPlanningJob(name: string, environment: string): boolean {
  return name.split(" / ").at(-1) === `Plan for ${environment}`;
}

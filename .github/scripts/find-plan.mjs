// node find-plan.mjs NAME: finds the run that planned the pull request which led to the commit GITHUB_SHA, and sets the
// outputs `run` and `artifact` to it and to its artifact NAME.
import { Failure, run } from "./failure.mjs";
import { github, githubList } from "./github.mjs";
import { output, variable } from "./job.mjs";
import { PLAN_AGAIN } from "./plans.mjs";

await run(async () => {
  const [name] = process.argv.slice(2);
  if (name === undefined) throw new Failure("usage: find-plan.mjs NAME");
  const pullRequest = await mergedPullRequest(variable("GITHUB_SHA"));
  for (const { id } of await runsOf(pullRequest.head.sha)) {
    const artifacts = await githubList(
      `/actions/runs/${id}/artifacts?per_page=100&name=${encodeURIComponent(name)}`,
      (page) => page.artifacts,
    );
    const found = artifacts.find((artifact) => artifact.name === name && !artifact.expired);
    if (found === undefined) continue;
    console.log(`The plan of pull request #${pullRequest.number} was made by run ${id}.`);
    output("run", String(id));
    output("artifact", String(found.id));
    return;
  }
  throw new Failure(
    `nothing was applied: no run of pull request #${pullRequest.number} at ${pullRequest.head.sha} kept an artifact ` +
      `${name}; it failed, came from a fork, had no PLAN_PASSPHRASE, or its artifact expired.\n${PLAN_AGAIN}`,
  );
});

/**
 * @param {string} sha
 */
async function mergedPullRequest(sha) {
  const branch = variable("GITHUB_REF_NAME");
  const pullRequests = await githubList(`/commits/${sha}/pulls?per_page=100`);
  const merged = pullRequests.find(
    ({ merged_at, merge_commit_sha, base }) => merged_at && merge_commit_sha === sha && base.ref === branch,
  );
  if (merged !== undefined) return merged;
  throw new Failure(
    `nothing was applied: no pull request led to ${sha}, so nobody reviewed a plan of it.\n${PLAN_AGAIN}`,
  );
}

/**
 * The runs of this workflow on a commit of this repository, the newest first.
 *
 * @param {string} head
 */
async function runsOf(head) {
  const [, workflow] = /\/([^/]+)@/.exec(variable("GITHUB_WORKFLOW_REF")) ?? [];
  const runs = await githubList(
    `/actions/workflows/${workflow}/runs?event=pull_request&head_sha=${head}&per_page=100`,
    (page) => page.workflow_runs,
  );
  const { full_name: repository } = await github("GET", "");
  return runs
    .filter((found) => found.head_repository?.full_name === repository)
    .sort((one, other) => other.run_number - one.run_number);
}

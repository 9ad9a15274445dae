// node find-plan.mjs NAME: finds the run that planned the pull request which led to the commit GITHUB_SHA, and sets the
// outputs `run` and `artifact` to it and to its artifact NAME-<number of the pull request>; where there is none, `reason`.
import { Failure, run } from "./failure.mjs";
import { github, githubList } from "./github.mjs";
import { output, variable } from "./job.mjs";

await run(async () => {
  const [name] = process.argv.slice(2);
  if (name === undefined) {
    throw new Failure("usage: find-plan.mjs NAME");
  }
  const sha = variable("GITHUB_SHA");
  const pullRequest = await mergedPullRequest(sha);
  if (pullRequest === undefined) {
    without(`no pull request led to ${sha}, so nobody reviewed a plan of it`);
    return;
  }
  const { number, head } = pullRequest;
  // With the number, for the same commit may be that of another pull request, with another base.
  const kept = `${name}-${number}`;
  for (const { id } of await runsOf(head.sha)) {
    const artifacts = await githubList(
      `/actions/runs/${id}/artifacts?per_page=100&name=${encodeURIComponent(kept)}`,
      (page) => page.artifacts,
    );
    const found = artifacts.find((artifact) => artifact.name === kept && !artifact.expired);
    if (found === undefined) {
      continue;
    }
    console.log(`The plan of pull request #${number} was made by run ${id}.`);
    output("run", String(id));
    output("artifact", String(found.id));
    return;
  }
  without(
    `no run of pull request #${number} at ${head.sha} that succeeded kept an artifact ${kept}; it failed, came from a ` +
      "fork or Dependabot, had no PLAN_PASSPHRASE, or its artifact expired",
  );
});

/** @param {string} reason */
function without(reason) {
  console.log(`There is no reviewed plan: ${reason}.`);
  output("reason", reason);
}

/**
 * @param {string} sha
 */
async function mergedPullRequest(sha) {
  const branch = variable("GITHUB_REF_NAME");
  const pullRequests = await githubList(`/commits/${sha}/pulls?per_page=100`);
  return pullRequests.find(
    ({ merged_at, merge_commit_sha, base }) => merged_at && merge_commit_sha === sha && base.ref === branch,
  );
}

/**
 * The runs of this workflow that succeeded on a commit of this repository, the newest first.
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
    .filter(({ conclusion, head_repository }) => conclusion === "success" && head_repository?.full_name === repository)
    .sort((one, other) => other.run_number - one.run_number);
}

// node comment.mjs FOLDER: makes the Markdown files below FOLDER the one comment of the pull request PULL_REQUEST, which
// is written anew at every run. Of the environment too: HEAD_SHA, what was planned, and RUN_URL.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, run } from "./failure.mjs";
import { github, githubList } from "./github.mjs";
import { variable } from "./job.mjs";

/** Every review begins with it, and so does the comment: by it the comment is found. */
const MARKER = "<!-- auth0-progressive-profiling review -->";
/** GitHub takes no longer one. */
const LONGEST = 65_536;

await run(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    throw new Failure("usage: comment.mjs FOLDER");
  }
  const body = text(reviewsIn(folder));
  const pullRequest = Number(variable("PULL_REQUEST"));
  const comments = await githubList(`/issues/${pullRequest}/comments?per_page=100`);
  // Anybody can write the marker; only what a workflow wrote is written over.
  const own = comments.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(MARKER));
  if (own === undefined) {
    await github("POST", `/issues/${pullRequest}/comments`, { body });
  } else {
    await github("PATCH", `/issues/comments/${own.id}`, { body });
  }
  console.log(own === undefined ? "The review is a new comment." : "The comment has the new review.");
});

/**
 * @param {string} folder
 */
function reviewsIn(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  return files.sort().map((file) => readFileSync(join(folder, file), "utf8").replace(MARKER, "").trim());
}

/**
 * @param {string[]} reviews
 */
function text(reviews) {
  const run = variable("RUN_URL");
  const end = `<sub>${variable("HEAD_SHA").slice(0, 7)} · [run](${run})</sub>`;
  const failed = `## There is no plan\n\nIt failed; [the run](${run}) says why.`;
  const whole = [MARKER, reviews.join("\n\n---\n\n") || failed, "", end].join("\n");
  if (whole.length <= LONGEST) {
    return whole;
  }
  return [MARKER, `## The review is too long for a comment\n\nIt is [on the page of the run](${run}).`, "", end].join(
    "\n",
  );
}

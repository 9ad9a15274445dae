import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { codeSpan } from "../review/markdown/markdown-text";
import { MARKER } from "../review/markdown/review-markdown";
import { environmentNames } from "./environment-names";
import { type Comment, GitHub } from "./github";
import { variable } from "./job";
import { DONE, type JobArguments, type JobCommand } from "./job-command";

/** GitHub takes no longer one. */
const LONGEST = 65_536;
/** Who writes with the token of a job. */
const AUTHOR = "github-actions[bot]";

export const COMMENT: JobCommand = {
  does: "makes the reviews the one comment of the pull request",
  synopsis: "FOLDER",
  help: `
Makes the reviews below FOLDER the one comment of the pull request, which is written anew at every run: for each environment
of AUTH0_ENVIRONMENTS the file of its name, dev.md, or a line that says that it has none. Of the environment it takes
PULL_REQUEST, HEAD_SHA, RUN_URL, GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY too.
`,
  example: '"$RUNNER_TEMP/reviews"',
  run: async ({ positionals: [folder = ""] }: JobArguments) => {
    const reviews = reviewsIn(folder);
    const environments = environmentNames(process.env.AUTH0_ENVIRONMENTS) ?? ["local"];
    const run = { url: variable("RUN_URL"), commit: variable("HEAD_SHA") };
    const body = commentText(
      environments.map((name) => ({ name, review: reviews.get(name) })),
      run,
    );
    const github = GitHub.fromEnvironment();
    const path = `/issues/${Number(variable("PULL_REQUEST"))}/comments`;
    const own = (await github.list<Comment>(`${path}?per_page=100`)).find(isOwn);
    if (own === undefined) {
      await github.send("POST", path, { body });
    } else {
      await github.send("PATCH", `/issues/comments/${own.id}`, { body });
    }
    process.stdout.write(own === undefined ? "The review is a new comment.\n" : "The comment has the new review.\n");
    return DONE;
  },
};

/** Anybody can write the marker, and other workflows' comments are of bots too. */
export function isOwn({ user, body }: Comment): boolean {
  return user?.type === "Bot" && user.login === AUTHOR && body?.startsWith(MARKER) === true;
}

/** The text of the comment. */
export function commentText(
  environments: readonly { readonly name: string; readonly review: string | undefined }[],
  { url, commit }: { readonly url: string; readonly commit: string },
): string {
  const parts = environments.map(({ name, review }) =>
    review === undefined
      ? `## ${codeSpan(name)}: there is no plan\n\nIts job has failed, so nothing of this commit is applied to it; [the run](${url}) says why.`
      : review.replace(MARKER, "").trim(),
  );
  const end = `<sub>${commit.slice(0, 7)} · [run](${url})</sub>`;
  const whole = [MARKER, parts.join("\n\n---\n\n"), "", end].join("\n");
  if (whole.length <= LONGEST) {
    return whole;
  }
  const short = `## The review is too long for a comment\n\nIt is [on the page of the run](${url}).`;
  return [MARKER, short, "", end].join("\n");
}

/** By the environment, whose name the file has. */
function reviewsIn(folder: string): ReadonlyMap<string, string> {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return new Map(
    files
      .filter((file) => file.endsWith(".md"))
      .map((file) => [basename(file, ".md"), readFileSync(join(folder, file), "utf8")]),
  );
}

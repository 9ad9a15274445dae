import { CiFolder } from "../support/ci-command";
import { BOT, GitHubApi } from "../support/github-api";

const MARKER = "<!-- auth0-progressive-profiling review -->";

let folder: CiFolder;
let github: GitHubApi;

beforeEach(async () => {
  folder = new CiFolder();
  github = await GitHubApi.start();
});

afterEach(async () => {
  await github.stop();
  folder.remove();
});

const comment = (environments = '["dev"]') =>
  folder.run(["comment", "reviews"], {
    ...github.environment,
    AUTH0_ENVIRONMENTS: environments,
    PULL_REQUEST: "7",
    HEAD_SHA: "0123456789012345678901234567890123456789",
    RUN_URL: "https://github.example/runs/1",
  });

test("is written once and written over by the next run, behind more comments than one page has", async () => {
  for (let id = 1; id <= 150; id++) {
    github.comments.push({ id, user: { login: "jane", type: "User" }, body: "Hi" });
  }
  folder.write("reviews/review-dev/dev.md", `${MARKER}\n## 1 stage added\n`);
  expect(await comment()).toEqual({ status: 0, said: "The review is a new comment.\n" });

  folder.write("reviews/review-dev/dev.md", `${MARKER}\n## 2 stages added\n`);
  expect(await comment()).toEqual({ status: 0, said: "The comment has the new review.\n" });

  expect(github.comments).toHaveLength(151);
  expect(github.comments[150]?.body).toBe(
    `${MARKER}\n## 2 stages added\n\n<sub>0123456 · [run](https://github.example/runs/1)</sub>`,
  );
});

test("of somebody else that has the marker is left alone, another bot too", async () => {
  github.comments.push({ id: 1, user: { login: "mallory", type: "User" }, body: `${MARKER} all is well` });
  github.comments.push({ id: 2, user: BOT, body: `the marker is not at the start: ${MARKER}` });
  github.comments.push({ id: 3, user: { login: "helper[bot]", type: "Bot" }, body: `${MARKER} copied` });
  folder.write("reviews/review-dev/dev.md", `${MARKER}\n## 1 stage added\n`);
  await comment();

  expect(github.comments.map(({ body }) => body.includes("1 stage added"))).toEqual([false, false, false, true]);
});

test("says that there is no plan, so that an older review does not stand as if it were of this commit", async () => {
  github.comments.push({ id: 1, user: BOT, body: `${MARKER}\n## 1 stage added` });
  await comment('["dev", "prod"]');

  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toContain("## `dev`: there is no plan");
  expect(github.comments[0]?.body).toContain("## `prod`: there is no plan");
  expect(github.comments[0]?.body).not.toContain("1 stage added");
});

test("is of the local tenant where there are no environments", async () => {
  folder.write("reviews/review-local/local.md", `${MARKER}\n## 1 stage added\n`);
  await comment("");

  expect(github.comments[0]?.body).toContain("## 1 stage added");
});

test("fails with GitHub's words, and not with the token, when it is refused", async () => {
  github.refuse(403, "Resource not accessible by integration");
  folder.write("reviews/review-dev/dev.md", MARKER);
  const { status, said } = await comment();

  expect(status).toBe(1);
  expect(said).toMatch(
    /^GitHub answered GET http:\S+\/issues\/7\/comments\?per_page=100 with 403: Resource not accessible by integration; give the job that calls this workflow the permissions it needs\n$/,
  );
});

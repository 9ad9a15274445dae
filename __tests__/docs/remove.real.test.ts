import { spawnSync } from "node:child_process";
import type { ProgressiveProfilingProps } from "../../lib";
import { DeployedLogins } from "../support/deployed-logins";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { TerraformProcess } from "../support/terraform-process";
import type { VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(180_000);

const DOCUMENT = "docs/remove.md";

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
});

afterAll(() => logins.stop());

/** Beside the test: while it waits, the people's connections to the tenant are looked after. */
async function run(command: "apply" | "destroy"): Promise<string> {
  const args = ["-input=false", "-auto-approve"];
  const { directory } = logins.workspace;
  const { status, output } = await TerraformProcess.start(directory, logins.tenant.env, command, ...args).ended;
  expect({ status, output }).toMatchObject({ status: 0 });
  return output;
}

const begun = () => logins.application.begin(logins.tenant, logins.client);

interface Person {
  readonly visitor: Visitor;
  readonly id: string;
  readonly page: VisitedPage;
}

/** Somebody new, who has just given their password. */
async function atDoor(): Promise<Person> {
  const { visitor, email, id } = await logins.newPerson();
  return { visitor, id, page: await logins.logIn(visitor, email, begun()) };
}

const answer = ({ visitor, page }: Person) => visitor.submit(page, { "field.job_title": "Engineer" });

/** The types of what was destroyed, in order. */
const destroyed = (said: string) =>
  [...said.matchAll(/^(auth0_\w+)\..*: Destruction complete/gm)].map(([, type = ""]) => type);

let answered: Person;
let onThePage: Person;

test("every block is run by a test below", () => {
  expect(["ts", "sh", "text"].map((language) => blocks(DOCUMENT, language).length)).toEqual([1, 2, 1]);
});

// Told in order: each test stands on the one before.
test("How do I stop asking, and keep it deployed? The Action changes alone; who is on a page can answer, nobody else is asked", async () => {
  logins.synth({ ask: { atMostEvery: { days: 7 } } });
  await run("apply");
  answered = await atDoor();
  await answer(answered);
  const late = await atDoor();
  onThePage = await atDoor();
  expect([late.page.url, onThePage.page.url]).toEqual([
    expect.stringContaining("/u/custom-prompt/"),
    expect.stringContaining("/u/custom-prompt/"),
  ]);

  const [block = ""] = blocks(DOCUMENT, "ts");
  logins.synth((runBlock(block) as { PROFILING: ProgressiveProfilingProps }).PROFILING);
  expect(Object.keys(logins.workspace.plan().changes).map((address) => address.split(".")[0])).toEqual([
    "auth0_action",
  ]);
  await run("apply");

  expect(logins.answerAt(await answer(late))).toMatchObject({ code: expect.any(String) });
  expect((await logins.userOf(late.id)).user_metadata).toEqual({ job_title: "Engineer" });
  expect(logins.answerAt((await atDoor()).page)).toMatchObject({ code: expect.any(String) });
});

test("How do I remove all of it? What shows the form goes first; who is on a page gets an error, and in at the next login", async () => {
  const [order = ""] = blocks(DOCUMENT, "text");
  const beside = (types: readonly string[]) => [...types.slice(0, 5), ...types.slice(5, 7).sort(), ...types.slice(7)];
  const told = [...order.matchAll(/^(\w+):/gm)].map(([, type = ""]) => type);
  expect(beside(destroyed(await run("destroy")))).toEqual(beside(told));

  const sent = await answer(onThePage);
  expect(sent).toMatchObject({ status: 500, html: expect.stringContaining("The form cannot be shown") });
  expect((await logins.userOf(onThePage.id)).user_metadata).toBeUndefined();
  expect(logins.answerAt(await onThePage.visitor.visit(begun().url))).toMatchObject({ code: expect.any(String) });
});

test("What stays, and how do I erase the answers? The keys that the command names go, and no others", async () => {
  const { id } = answered;
  expect(await logins.userOf(id)).toMatchObject({
    user_metadata: { job_title: "Engineer" },
    app_metadata: { progressive_profiling: expect.any(Object) },
  });
  const path = `/api/v2/users/${encodeURIComponent(id)}`;
  await logins.tenant.request("PATCH", path, { user_metadata: { theme: "dark" }, app_metadata: { plan: "pro" } });

  const { env } = logins.tenant;
  const { body } = await logins.tenant.request("POST", "/oauth/token", {
    grant_type: "client_credentials",
    client_id: env.AUTH0_CLIENT_ID,
    client_secret: env.AUTH0_CLIENT_SECRET,
    audience: `https://${env.AUTH0_DOMAIN}/api/v2/`,
  });
  const [, command = ""] = blocks(DOCUMENT, "sh");
  const { status } = spawnSync("sh", ["-e", "-c", command], {
    encoding: "utf8",
    env: {
      ...process.env,
      ...env,
      CURL_CA_BUNDLE: env.SSL_CERT_FILE,
      TOKEN: body.access_token,
      USER_ID: encodeURIComponent(id),
    },
  });

  expect(status).toBe(0);
  expect(await logins.userOf(id)).toMatchObject({ user_metadata: { theme: "dark" }, app_metadata: { plan: "pro" } });
  expect(Object.keys((await logins.userOf(id)).user_metadata)).toEqual(["theme"]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeployedLogins } from "../support/deployed-logins";
import { bindActions } from "../support/login-set-up";
import { type VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(120_000);

const DOCUMENT = readFileSync(join(__dirname, "..", "..", "docs", "how-it-works.md"), "utf8");

/** The rows of the table of requests: who sends it, and which it is. */
const told = [...DOCUMENT.matchAll(/^\| \d+ \| (\w+) \| `(.+?)` \|/gm)].map(([, who = "", request = ""]) => ({
  who,
  request,
}));
const by = (...numbers: readonly number[]) => numbers.map((number) => told[number - 1]?.request);

/** Somebody whose browser keeps a list of its requests, with names in the place of ids. */
class ListingVisitor extends Visitor {
  readonly requests: string[] = [];

  override visit(url: string, init: RequestInit = {}): Promise<VisitedPage> {
    const path = new URL(url).pathname
      .replace(/^\/authorize\/.+/, "/authorize/{login}")
      .replace(/^\/u\/custom-prompt\/ap_\w+$/, "/u/custom-prompt/{form}");
    this.requests.push(`${init.method ?? "GET"} ${path}`);
    return super.visit(url, init);
  }
}

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
});

afterAll(() => logins.stop());

const control = (path: string, method = "GET") => fetch(`${logins.pages}/_tenant/${path}`, { method });

/** One login in a browser of its own: what it requested, what came beside it, and whether the application got tokens. */
async function logIn(email: string, answers: Readonly<Record<string, string>>) {
  const visitor = new ListingVisitor(logins.pages);
  const login = logins.application.begin(logins.tenant, logins.client);
  let page = await logins.logIn(visitor, email, login);
  for (const path of ["requests/reset", "scopes/reset"]) {
    await control(path, "POST");
  }
  if (page.url.includes("/u/custom-prompt/")) {
    page = await visitor.submit(page, answers);
  }
  const { total } = (await (await control("requests")).json()) as { total: number };
  const scopes = Object.values((await (await control("scopes")).json()) as Record<string, string[]>);
  expect(page.url).toMatch(new RegExp(`^${logins.application.callback}\\?code=.*state=the-state`));
  const tokens = await logins.application.exchange(logins.tenant, logins.client, login, page.url);
  return { visitor, browser: [...visitor.requests, "GET {redirect_uri}"], total, scopes, tokens: tokens.status };
}

test("the table has eleven requests of a browser, a flow and an application", () => {
  expect(told.map(({ who }) => who)).toEqual([
    ...Array.from({ length: 6 }, () => "browser"),
    ...["flow", "flow", "browser", "browser", "application"],
  ]);
});

// Told in order: each test stands on the one before.
test("the first login makes the requests of the table, and the flow two, with update:users", async () => {
  logins.deploy({});
  const { email, id } = await logins.newPerson();
  const first = await logIn(email, { "field.job_title": "Engineer" });

  expect(first).toMatchObject({
    browser: by(1, 2, 3, 4, 5, 6, 9, 10),
    total: 2,
    scopes: [["update:users"]],
    tokens: 200,
  });
  expect(by(7, 8, 11)).toEqual(["POST /oauth/token", "PATCH /api/v2/users/{user}", "POST /oauth/token"]);
  expect((await logins.userOf(id)).user_metadata).toEqual({ job_title: "Engineer" });

  await logIn(email, { "field.company_name": "Acme", "field.company_size": "2-5" });
  const third = await logIn(email, {});
  expect(third).toMatchObject({ browser: by(1, 2, 3, 4, 10), total: 0, scopes: [], tokens: 200 });
  expect((await logins.userOf(id)).user_metadata).toEqual({
    job_title: "Engineer",
    company_name: "Acme",
    company_size: "2-5",
  });
});

test("who closes the page meets it again without a password, and has no answer", async () => {
  const { email, id } = await logins.newPerson();
  const visitor = new ListingVisitor(logins.pages);
  const begun = () => logins.application.begin(logins.tenant, logins.client);
  await logins.logIn(visitor, email, begun());
  visitor.requests.length = 0;
  const again = await visitor.visit(begun().url);

  expect(again.url).toContain("/u/custom-prompt/");
  expect(visitor.requests).toEqual(by(1, 5));
  expect((await logins.userOf(id)).user_metadata).toBeUndefined();
});

test('with saveBy: "action" there are no requests of a flow, and the answers are kept', async () => {
  logins.deploy({ saveBy: "action" });
  const { email, id } = await logins.newPerson();
  const first = await logIn(email, { "field.job_title": "Engineer" });

  expect(first).toMatchObject({ browser: by(1, 2, 3, 4, 5, 6, 9, 10), total: 0, tokens: 200 });
  expect((await logins.userOf(id)).user_metadata).toEqual({ job_title: "Engineer" });
});

test("a form that is rendered and has nothing to ask sends the browser to its page and back", async () => {
  const { body } = await logins.tenant.request("GET", "/api/v2/forms");
  const code = `exports.onExecutePostLogin = async (event, api) => api.prompt.render("${(body.forms ?? body)[0].id}");
    exports.onContinuePostLogin = async () => {};`;
  await bindActions(logins.tenant, { name: "Always", code });
  const { email } = await logins.newPerson();

  expect(await logIn(email, {})).toMatchObject({ browser: by(1, 2, 3, 4, 5, 9, 10), total: 0, tokens: 200 });
});

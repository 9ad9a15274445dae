import { nextButton, ProgressiveProfiling, SampleApplication, Stage, text } from "../../lib";
import { Application, type ApplicationClient } from "../support/application";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";
import { type VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(120_000);

const EMAIL = "ada@example.com";
const PASSWORD = "correct horse 1A";

let tenant: LocalTenant;
let application: Application;
let workspace: Workspace;
let client: ApplicationClient;

beforeAll(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  workspace = new Workspace(tenant.env);
  workspace.synth((stack) => {
    const sample = new SampleApplication(stack, "sample", { url: application.url });
    new ProgressiveProfiling(stack, "profiling", {
      ask: { fromLogin: 3, atMostEvery: { days: 7 }, clients: { only: [sample.clientId] } },
      saveBy: "action",
      stages: ["role", "team"].map((id) =>
        Stage.untilAnswered(id, {
          skippable: true,
          components: [text(id, { label: id, required: true }), nextButton()],
        }),
      ),
    });
  });
  workspace.apply();
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  client = clients.find(({ name }: { name: string }) => name === "Sample Application");
});

afterAll(async () => {
  workspace.remove();
  await Promise.all([tenant.stop(), application.stop()]);
});

/** Somebody who comes with a browser that knows nothing of former logins, and so proves who they are. */
async function logIn(parameters: Record<string, string> = {}): Promise<{ visitor: Visitor; page: VisitedPage }> {
  const visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
  const start = await visitor.visit(application.begin(tenant, client, parameters).url);
  const name = parameters.screen_hint === undefined ? "username" : "email";
  return { visitor, page: await visitor.submit(start, { [name]: EMAIL, password: PASSWORD }) };
}

const isIn = ({ url }: VisitedPage) => url.startsWith(application.callback);
const askedFor = ({ html }: VisitedPage) => [...html.matchAll(/name="field\.(\w+)"/g)].map(([, name]) => name);

// biome-ignore lint/suspicious/noExplicitAny: a user as the Management API tells it
async function user(): Promise<any> {
  const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(EMAIL)}`);
  return body[0];
}

/** As if all that the Action remembers were so many days longer ago. */
async function letPass(days: number): Promise<void> {
  const { user_id, app_metadata } = await user();
  const earlier = JSON.parse(JSON.stringify(app_metadata.progressive_profiling), (_, value) =>
    typeof value === "string" ? new Date(Date.parse(value) - days * 24 * 60 * 60 * 1000).toISOString() : value,
  );
  const { status } = await tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(user_id)}`, {
    app_metadata: { progressive_profiling: earlier },
  });
  expect(status).toBe(200);
}

test("what was deployed needs no client, no Vault connection and no flow, and a second plan has nothing to do", async () => {
  expect(workspace.plan().changes).toEqual({});
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  // The client that deploys was there before.
  const made = clients.filter(({ client_id }: ApplicationClient) => client_id !== tenant.env.AUTH0_CLIENT_ID);
  expect(made.map(({ name }: { name: string }) => name)).toEqual(["Sample Application"]);
  expect((await tenant.request("GET", "/api/v2/flows")).body).toEqual([]);
  expect((await tenant.request("GET", "/api/v2/flows/vault/connections")).body).toEqual([]);
});

test("somebody is asked from the third login on, once in 7 days, and never again once all is answered", async () => {
  // login 1 and 2: not yet
  expect(isIn((await logIn({ screen_hint: "signup" })).page)).toBe(true);
  expect(isIn((await logIn()).page)).toBe(true);
  expect((await user()).app_metadata).toBeUndefined();

  // login 3: asked for the first answer, which the Action saves
  const third = await logIn();
  expect(askedFor(third.page)).toEqual(["role"]);
  expect(isIn(await third.visitor.submit(third.page, { "field.role": "Engineer" }))).toBe(true);
  const after = await user();
  const [form] = Object.keys(after.app_metadata.progressive_profiling);
  const asked = after.app_metadata.progressive_profiling[form ?? ""];
  expect(after.user_metadata).toEqual({ role: "Engineer" });
  expect(after.app_metadata).toEqual({
    progressive_profiling: { [`${form}`]: { asked_at: asked.asked_at, stages: { role: asked.asked_at } } },
  });
  expect(Date.now() - Date.parse(asked.asked_at)).toBeLessThan(60_000);

  // login 4, and 5 six days later: left alone
  expect(isIn((await logIn()).page)).toBe(true);
  await letPass(6);
  expect(isIn((await logIn()).page)).toBe(true);

  // login 6, after 7 days: asked for the second answer, and puts it off
  await letPass(1);
  const sixth = await logIn();
  expect(askedFor(sixth.page)).toEqual(["team"]);
  expect(isIn(await sixth.visitor.submit(sixth.page, { action: "jump:team_later" }))).toBe(true);
  expect((await user()).user_metadata).toEqual({ role: "Engineer" });

  // login 7: who has put it off is left alone as well
  expect(isIn((await logIn()).page)).toBe(true);

  // login 8, after 7 more days: asked again, and answers
  await letPass(7);
  const eighth = await logIn();
  expect(askedFor(eighth.page)).toEqual(["team"]);
  expect(isIn(await eighth.visitor.submit(eighth.page, { "field.team": "Login" }))).toBe(true);
  expect((await user()).user_metadata).toEqual({ role: "Engineer", team: "Login" });

  // login 9, after a year: nothing is left to ask, and nothing is written
  await letPass(365);
  const { app_metadata } = await user();
  expect(isIn((await logIn()).page)).toBe(true);
  expect((await user()).app_metadata).toEqual(app_metadata);
});

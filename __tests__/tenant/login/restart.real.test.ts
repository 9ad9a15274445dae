import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../../dev/local-tenant";
import { Store } from "../../../tenant/documents/store";
import { Application, type ApplicationClient } from "../../support/application";
import { bindActions, createClient, createUser } from "../../support/login-set-up";
import { Visitor } from "../../support/visitor";

const PASSWORD = "correct horse 1A";

let folder: string;
let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "restart-"));
  [tenant, application] = await Promise.all([start("0", "0"), Application.start()]);
  client = await createClient(tenant, application);
}, 60_000);

afterAll(async () => {
  await Promise.all([tenant.stop(), application.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function start(port: string, httpPort: string): Promise<LocalTenant> {
  const data = join(folder, "data");
  return LocalTenant.start(["--port", port, "--http-port", httpPort, "--data", data], join(folder, "env"));
}

async function restart(): Promise<void> {
  const { AUTH0_DOMAIN, ISSUER_BASE_URL } = tenant.env;
  await tenant.stop();
  tenant = await start(AUTH0_DOMAIN.split(":")[1] ?? "", new URL(ISSUER_BASE_URL).port);
}

/** What lies in a collection on the disk. */
// biome-ignore lint/suspicious/noExplicitAny: the test knows what the documents look like
function documents(collection: string): any[] {
  return [...new Store(join(folder, "data", "documents")).collection(collection).list()];
}

test("a session, a refresh token and a form under way outlive the tenant", async () => {
  await createUser(tenant, "ann@example.com", PASSWORD);
  const visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
  const login = application.begin(tenant, client, { scope: "openid offline_access" });
  const end = await visitor.submit(await visitor.visit(login.url), { username: "ann@example.com", password: PASSWORD });
  const { refresh_token } = (await application.exchange(tenant, client, login, end.url)).body;
  const { body: form } = await tenant.request("POST", "/api/v2/forms", {
    name: "Question",
    start: { next_node: "step_one" },
    nodes: [
      {
        id: "step_one",
        type: "STEP",
        config: {
          next_node: "$ending",
          components: [
            { id: "answer", category: "FIELD", type: "TEXT", label: "Answer", required: true },
            { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } },
          ],
        },
      },
    ],
    ending: { resume_flow: true },
  });
  await bindActions(
    tenant,
    {
      name: "Ask",
      secrets: { FORM_ID: form.id },
      code: `exports.onExecutePostLogin = async (event, api) => {
        console.log("asks with", event.secrets.FORM_ID);
        if (event.transaction.protocol === "oidc-basic-profile") api.prompt.render(event.secrets.FORM_ID);
      };
      exports.onContinuePostLogin = async (event, api) => {
        api.user.setUserMetadata("answer", event.prompt.fields.answer);
      };`,
    },
    {
      name: "After",
      code: `exports.onExecutePostLogin = async (event, api) => { console.log("metadata", event.user.user_metadata.answer); };`,
    },
  );
  const page = await visitor.visit(application.begin(tenant, client).url);
  expect(page.url).toContain(`/u/custom-prompt/${form.id}?state=`);

  await restart();

  const empty = await visitor.submit(page, { "field.answer": "" });
  expect(empty.html).toContain("Please fill in this field.");
  const done = await visitor.submit(empty, { "field.answer": "yes" });
  expect(done.url.startsWith(`${application.callback}?code=`)).toBe(true);
  const { body: users } = await tenant.request("GET", "/api/v2/users");
  expect(users[0].user_metadata).toEqual({ answer: "yes" });
  const refreshed = await tenant.request("POST", "/oauth/token", {
    grant_type: "refresh_token",
    client_id: client.client_id,
    client_secret: client.client_secret,
    refresh_token,
  });
  expect(refreshed.status).toBe(200);

  const [first, asked, renewed] = documents("logins");
  expect(first).toMatchObject({
    kind: "login",
    result: "succeeded",
    user_name: "ann@example.com",
    actions: [],
    forms: [],
  });
  expect(asked).toMatchObject({
    kind: "login",
    result: "succeeded",
    client_name: "Application",
    protocol: "oidc-basic-profile",
    actions: [
      { name: "Ask", handler: "onExecutePostLogin", commands: ["render"], console: [{ text: "asks with ***" }] },
      { name: "Ask", handler: "onContinuePostLogin", commands: ["setUserMetadata"], console: [] },
      { name: "After", handler: "onExecutePostLogin", commands: [], console: [{ text: "metadata yes" }] },
    ],
    forms: [{ form_id: form.id, name: "Question", steps: ["step_one"], result: "ended", errors: [] }],
  });
  expect(renewed).toMatchObject({ kind: "refresh token", result: "succeeded", protocol: "oauth2-refresh-token" });
  expect(documents("oidc-Interaction")).toEqual([]);
}, 60_000);

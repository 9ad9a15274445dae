import { bindActions } from "../support/login-set-up";
import { Logins, PASSWORD } from "../support/logins";

let logins: Logins;

beforeAll(async () => {
  logins = await Logins.start();
}, 60_000);

afterAll(() => logins.stop());

const begun = () => logins.application.begin(logins.tenant, logins.client);

async function created(path: string, body: object): Promise<string> {
  const { status, body: made } = await logins.tenant.request("POST", path, body);
  expect({ status, made }).toMatchObject({ status: 201 });
  return made.id;
}

/** A form of one step whose flow writes the answer by a Vault connection, and the path of each in the Management API. */
async function deployed() {
  const { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, AUTH0_DOMAIN } = logins.tenant.env;
  const connection = await created("/api/v2/flows/vault/connections", {
    name: "Tenant",
    app_id: "AUTH0",
    setup: {
      type: "OAUTH_APP",
      client_id: AUTH0_CLIENT_ID,
      client_secret: AUTH0_CLIENT_SECRET,
      domain: AUTH0_DOMAIN,
    },
  });
  const changes = { user_metadata: { team: "{{fields.team}}" } };
  const params = { connection_id: connection, user_id: "{{context.user.user_id}}", changes };
  const flow = await created("/api/v2/flows", {
    name: "Save",
    actions: [{ id: "save", type: "AUTH0", action: "UPDATE_USER", params }],
  });
  const components = [
    { id: "team", category: "FIELD", type: "TEXT", label: "Team", required: true, config: {} },
    { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Go on" } },
  ];
  const form = await created("/api/v2/forms", {
    name: "Team",
    start: { next_node: "ask" },
    nodes: [
      { id: "ask", type: "STEP", config: { components, next_node: "save" } },
      { id: "save", type: "FLOW", config: { flow_id: flow, next_node: "$ending" } },
    ],
    ending: { resume_flow: true },
  });
  return {
    form,
    paths: {
      form: `/api/v2/forms/${form}`,
      flow: `/api/v2/flows/${flow}`,
      "Vault connection": `/api/v2/flows/vault/connections/${connection}`,
    },
  };
}

const shows = (form: string) => `exports.onExecutePostLogin = async (event, api) => {
  api.user.setAppMetadata("shown", true);
  api.prompt.render(${JSON.stringify(form)});
};`;

test("behind a form an Action sees the user as the login began, with what Actions have set", async () => {
  const { form } = await deployed();
  const seen = `exports.onContinuePostLogin = async (event, api) => {
    const { user_metadata, app_metadata } = event.user;
    api.user.setAppMetadata("seen", { user_metadata, app_metadata, fields: event.prompt.fields });
  };`;
  await bindActions(logins.tenant, { name: "Show", code: `${shows(form)}\n${seen}` });
  const { visitor, email, id } = await logins.newPerson();
  const page = await logins.logIn(visitor, email, begun());

  expect(logins.answerAt(await visitor.submit(page, { "field.team": "Blue" }))).toMatchObject({
    code: expect.any(String),
  });
  expect(await logins.userOf(id)).toMatchObject({
    user_metadata: { team: "Blue" },
    app_metadata: { seen: { user_metadata: {}, app_metadata: { shown: true }, fields: { team: "Blue" } } },
  });
});

test.each([
  ["form", "does not exist"],
  ["flow", "does not exist"],
  ["Vault connection", "does not exist"],
] as const)(
  "a %s that is deleted while somebody is on its page fails in words, and the answer is lost",
  async (part, said) => {
    const { form, paths } = await deployed();
    await bindActions(logins.tenant, { name: "Show", code: shows(form) });
    const { visitor, email, id } = await logins.newPerson();
    const page = await logins.logIn(visitor, email, begun(), PASSWORD);

    expect((await logins.tenant.request("DELETE", paths[part])).status).toBe(204);
    const failed = await visitor.submit(page, { "field.team": "Blue" });

    expect(failed.html).toContain(said);
    expect((await logins.userOf(id)).user_metadata).toBeUndefined();
  },
);

import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterEach(async () => {
  for (const { id } of (await tenant.request("GET", ACTIONS)).body.actions) {
    await tenant.request("DELETE", `${ACTIONS}/${id}?force=true`);
  }
});

afterAll(async () => {
  await tenant.stop();
});

const ACTIONS = "/api/v2/actions/actions";
const BINDINGS = "/api/v2/actions/triggers/post-login/bindings";

/** Makes an Action and deploys it. */
async function deployedAction(name: string, trigger = { id: "post-login", version: "v3" }): Promise<string> {
  const { body: action } = await tenant.request("POST", ACTIONS, { name, supported_triggers: [trigger] });
  await tenant.request("GET", `${ACTIONS}/${action.id}`);
  await tenant.request("POST", `${ACTIONS}/${action.id}/deploy`);
  return action.id;
}

function bind(...ids: string[]): ReturnType<LocalTenant["request"]> {
  return tenant.request("PATCH", BINDINGS, { bindings: ids.map((value) => ({ ref: { type: "action_id", value } })) });
}

async function boundNames(): Promise<string[]> {
  const { body } = await tenant.request("GET", `${BINDINGS}?per_page=50`);
  return body.bindings.map(({ display_name }: { display_name: string }) => display_name);
}

test("the triggers are those of Auth0, with their versions and runtimes", async () => {
  const { status, body } = await tenant.request("GET", "/api/v2/actions/triggers");

  expect(status).toBe(200);
  expect(body.triggers).toContainEqual({
    id: "post-login",
    version: "v3",
    status: "CURRENT",
    runtimes: ["node18-actions", "node22"],
    default_runtime: "node22",
    binding_policy: "trigger-bound",
    compatible_triggers: [{ id: "post-login", version: "v2" }],
  });
});

describe("the bindings of a trigger", () => {
  test("are the list that was sent last, in its order", async () => {
    const [one, two, three] = [await deployedAction("One"), await deployedAction("Two"), await deployedAction("Three")];

    await bind(one, two);
    const before = await boundNames();
    const { status, body } = await bind(three, one);

    expect(before).toEqual(["One", "Two"]);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["bindings"]);
    expect(await boundNames()).toEqual(["Three", "One"]);
  });

  test("show the Action and its deployed version, not its draft", async () => {
    const id = await deployedAction("One");

    const { body } = await bind(id);

    expect(body.bindings).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        trigger_id: "post-login",
        action: expect.objectContaining({
          id,
          name: "One",
          all_changes_deployed: false,
          current_version: expect.objectContaining({ number: 1, status: "BUILT" }),
          deployed_version: expect.objectContaining({ number: 1, deployed: true }),
        }),
        created_at: expect.stringMatching(/\.\d{9}Z$/),
        updated_at: expect.any(String),
        display_name: "One",
      },
    ]);
    expect(body.bindings[0].action).not.toHaveProperty("code");
  });

  test("name an Action by its id, its name, or a binding that it has", async () => {
    const [one, two] = [await deployedAction("One"), await deployedAction("Two")];
    const { body } = await bind(one);

    const refs = [
      { ref: { type: "action_name", value: "Two" }, display_name: "Second" },
      { ref: { type: "binding_id", value: body.bindings[0].id }, display_name: "First" },
    ];
    const { body: bound } = await tenant.request("PATCH", BINDINGS, { bindings: refs });

    expect(bound.bindings.map(({ action }: { action: { id: string } }) => action.id)).toEqual([two, one]);
    expect(await boundNames()).toEqual(["Second", "First"]);
  });

  test("tell the total with each page but the one behind the last, so that the provider stops asking", async () => {
    await bind(await deployedAction("One"), await deployedAction("Two"));

    const pages = [0, 1, 2].map((page) => tenant.request("GET", `${BINDINGS}?page=${page}&per_page=1`));
    const [first, second, behind] = (await Promise.all(pages)).map(({ body }) => body);

    expect(first).toMatchObject({ bindings: [{ display_name: "One" }], total: 2, per_page: 1 });
    expect(first).not.toHaveProperty("page");
    expect(second).toMatchObject({ bindings: [{ display_name: "Two" }], total: 2, page: 1, per_page: 1 });
    expect(behind).toEqual({ bindings: [], page: 2, per_page: 1 });
  });

  test("are none at first", async () => {
    expect((await tenant.request("GET", `${BINDINGS}?per_page=50`)).body).toEqual({ bindings: [], per_page: 50 });
  });

  test.each<[string, () => Promise<string>, number, string]>([
    [
      "an Action that was not deployed",
      async () => {
        const draft = { name: "Draft", supported_triggers: [{ id: "post-login", version: "v3" }] };
        return (await tenant.request("POST", ACTIONS, draft)).body.id;
      },
      400,
      "Trying to create a binding for an action that has not been deployed yet",
    ],
    [
      "an Action of another trigger",
      () => deployedAction("Other", { id: "credentials-exchange", version: "v2" }),
      400,
      "The action Other does not support the trigger post-login",
    ],
    ["an unknown Action", async () => "0ffc3c6f-2ba1-41b7-9b9f-84b1a0e8a5ab", 404, "That action does not exist."],
  ])("cannot hold %s, and stay as they were", async (_what, make, status, message) => {
    await bind(await deployedAction("Bound"));

    const answer = await bind(await make());

    expect(answer).toMatchObject({ status, body: { message } });
    expect(await boundNames()).toEqual(["Bound"]);
  });

  test("of an unknown trigger are refused", async () => {
    const { status, body } = await tenant.request("GET", "/api/v2/actions/triggers/pre-login/bindings");

    expect({ status, code: body.errorCode }).toEqual({ status: 400, code: "invalid_uri" });
  });

  test.each(["custom-token-exchange", "event-stream", "password-hash-migration", "mcp-tool"])(
    "of %s, whose Actions are bound to entities, can be neither listed nor changed",
    async (trigger) => {
      const path = `/api/v2/actions/triggers/${trigger}/bindings`;
      const refusal = (verb: string) => ({
        status: 400,
        body: { message: `cannot ${verb} action bindings for an entity-bound trigger` },
      });

      expect(await tenant.request("GET", path)).toMatchObject(refusal("list"));
      expect(await tenant.request("PATCH", path, { bindings: [] })).toMatchObject(refusal("create"));
    },
  );

  test.each<[string, object]>([
    ["no list", {}],
    ["the form of an older API", { bindings: [{ id_type: "action_id", id_value: "x" }] }],
    ["an unknown kind of reference", { bindings: [{ ref: { type: "name", value: "x" } }] }],
    ["more than 20", { bindings: Array.from({ length: 21 }, () => ({ ref: { type: "action_id", value: "x" } })) }],
  ])("refuse %s", async (_what, body) => {
    expect(await tenant.request("PATCH", BINDINGS, body)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body" },
    });
  });
});

describe("an Action that is bound", () => {
  test("cannot be deleted", async () => {
    const id = await deployedAction("Bound");
    await bind(id);

    const { status, body } = await tenant.request("DELETE", `${ACTIONS}/${id}`);

    expect(status).toBe(409);
    expect(body).toEqual({
      statusCode: 409,
      error: "Conflict",
      message: "Unable to delete an action bound to a trigger.",
    });
    expect(await boundNames()).toEqual(["Bound"]);
  });

  test("is detached and deleted by force, and the others stay", async () => {
    const [one, two] = [await deployedAction("One"), await deployedAction("Two")];
    await bind(one, two);

    const { status } = await tenant.request("DELETE", `${ACTIONS}/${one}?force=true`);

    expect(status).toBe(204);
    expect(await boundNames()).toEqual(["Two"]);
  });

  test("cannot be moved to another trigger", async () => {
    const id = await deployedAction("Bound");
    await bind(id);
    const change = { supported_triggers: [{ id: "credentials-exchange", version: "v2" }] };

    expect(await tenant.request("PATCH", `${ACTIONS}/${id}`, change)).toMatchObject({
      status: 400,
      body: { message: "can't upgrade to this trigger." },
    });
    await bind();
    expect(await tenant.request("PATCH", `${ACTIONS}/${id}`, change)).toMatchObject({ status: 200 });
  });
});

import { setTimeout } from "node:timers/promises";
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
const CODE = "exports.onExecutePostLogin = async (event, api) => {};";
const POST_LOGIN = [{ id: "post-login", version: "v3" }];
const SECRET = "a-secret-that-nobody-may-read";

function newAction(changes: object = {}): object {
  return { name: "Profiling", supported_triggers: POST_LOGIN, code: CODE, ...changes };
}

/** Makes an Action whose build is done. */
async function builtAction(changes: object = {}): Promise<{ path: string; action: { id: string; name: string } }> {
  const { body } = await tenant.request("POST", ACTIONS, newAction(changes));
  const path = `${ACTIONS}/${body.id}`;
  return { path, action: (await tenant.request("GET", path)).body };
}

describe("an Action", () => {
  test("is pending when it was made and built when it is asked for", async () => {
    const created = await tenant.request("POST", ACTIONS, newAction({ supported_triggers: [{ id: "post-login" }] }));
    const read = await tenant.request("GET", `${ACTIONS}/${created.body.id}`);

    expect(created).toMatchObject({ status: 201, body: { status: "pending", all_changes_deployed: false } });
    expect(read.body).toEqual({ ...created.body, status: "built" });
    expect(read.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "Profiling",
      supported_triggers: POST_LOGIN,
      created_at: expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{9}Z$/),
      updated_at: expect.any(String),
      code: CODE,
      dependencies: [],
      runtime: "node22",
      status: "built",
      secrets: [],
      all_changes_deployed: false,
    });
  });

  test("can be deployed only when it is built", async () => {
    const { body: action } = await tenant.request("POST", ACTIONS, newAction());
    const path = `${ACTIONS}/${action.id}`;

    const tooSoon = await tenant.request("POST", `${path}/deploy`);
    await tenant.request("GET", path);
    const inTime = await tenant.request("POST", `${path}/deploy`);

    expect(tooSoon).toMatchObject({
      status: 400,
      body: { message: "A draft must be in the 'built' state before it can be deployed." },
    });
    expect(inTime.status).toBe(200);
  });

  test("is built after a second, also when nobody looks", async () => {
    const { body: action } = await tenant.request("POST", ACTIONS, newAction());

    await setTimeout(1100);

    expect(await tenant.request("POST", `${ACTIONS}/${action.id}/deploy`)).toMatchObject({ status: 200 });
  });

  test("has a version once it was deployed", async () => {
    const { path, action } = await builtAction();

    const deployed = await tenant.request("POST", `${path}/deploy`);
    const { body: read } = await tenant.request("GET", path);

    expect(deployed.body).toMatchObject({ number: 1, deployed: false, status: "built", action: { id: action.id } });
    expect(deployed.body).not.toHaveProperty("built_at");
    expect(read).toMatchObject({
      all_changes_deployed: true,
      current_version: { id: deployed.body.id, number: 1, status: "BUILT", build_time: expect.any(String) },
      deployed_version: { id: deployed.body.id, number: 1, status: "built", deployed: true, code: CODE },
    });
  });

  test("keeps its deployed version when its draft changes", async () => {
    const { path } = await builtAction();
    await tenant.request("POST", `${path}/deploy`);

    const { body } = await tenant.request("PATCH", path, { code: "// new" });

    expect(body).toMatchObject({
      code: "// new",
      status: "pending",
      all_changes_deployed: false,
      deployed_version: { code: CODE },
    });
  });

  test("can be made and deployed in one request", async () => {
    const created = await tenant.request("POST", ACTIONS, newAction({ deploy: true }));
    const { body: read } = await tenant.request("GET", `${ACTIONS}/${created.body.id}`);

    expect(created.body).toMatchObject({
      status: "pending",
      all_changes_deployed: true,
      current_version: { status: "PENDING" },
      deployed_version: { status: "pending", deployed: true },
    });
    expect(read).toMatchObject({
      status: "built",
      current_version: { status: "BUILT" },
      deployed_version: { status: "built" },
    });
  });

  test("is built also when its code is no JavaScript, as in Auth0", async () => {
    const { path, action } = await builtAction({ code: 'exports.onExecutePostLogin = async () => {};"' });

    expect(action).toMatchObject({ status: "built" });
    expect((await tenant.request("POST", `${path}/deploy`)).status).toBe(200);
  });

  test.each([
    ["node18", "node18-actions"],
    ["node22", "node22"],
  ])("with the runtime %s runs on %s", async (runtime, shown) => {
    const { body } = await tenant.request("POST", ACTIONS, newAction({ runtime }));

    expect(body.runtime).toBe(shown);
  });

  test("never shows the values of its secrets", async () => {
    const { path } = await builtAction({ secrets: [{ name: "FORM_ID", value: SECRET }] });

    const answers = [
      await tenant.request("POST", `${path}/deploy`),
      await tenant.request("GET", path),
      await tenant.request("GET", ACTIONS),
      await tenant.request("GET", `${path}/versions`),
      await tenant.request("PATCH", path, { secrets: [{ name: "FORM_ID" }] }),
      await tenant.request("PATCH", path, { secrets: [{ name: "FORM_ID", value: `${SECRET}-2` }] }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    expect(answers[1]?.body.secrets).toEqual([{ name: "FORM_ID", updated_at: expect.any(String) }]);
  });

  test("has the secrets of the last list, in the order in which they came", async () => {
    const { path } = await builtAction({
      secrets: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    });

    const { body } = await tenant.request("PATCH", path, {
      secrets: [{ name: "C", value: "3" }, { name: "B" }],
    });
    const { body: untouched } = await tenant.request("PATCH", path, { name: "Renamed" });
    const { body: emptied } = await tenant.request("PATCH", path, { secrets: [] });

    expect(body.secrets.map(({ name }: { name: string }) => name)).toEqual(["B", "C"]);
    expect(untouched.secrets).toEqual(body.secrets);
    expect(emptied.secrets).toEqual([]);
  });

  test("is gone once it was deleted, with its versions", async () => {
    const { path } = await builtAction();
    const { body: version } = await tenant.request("POST", `${path}/deploy`);

    expect(await tenant.request("DELETE", path)).toMatchObject({ status: 204 });

    const missing = {
      status: 404,
      body: { statusCode: 404, error: "Not Found", message: "That action does not exist." },
    };
    expect(await tenant.request("GET", path)).toMatchObject(missing);
    expect(await tenant.request("PATCH", path, { name: "x" })).toMatchObject(missing);
    expect(await tenant.request("DELETE", path)).toMatchObject(missing);
    expect(await tenant.request("POST", `${path}/deploy`)).toMatchObject(missing);
    expect(await tenant.request("GET", `${path}/versions/${version.id}`)).toMatchObject(missing);
  });
});

describe("the versions of an Action", () => {
  test("are listed with the newest first; one is deployed", async () => {
    const { path } = await builtAction();
    await tenant.request("POST", `${path}/deploy`);
    await tenant.request("PATCH", path, { code: "// second" });
    await tenant.request("GET", path);
    await tenant.request("POST", `${path}/deploy`);

    const { body } = await tenant.request("GET", `${path}/versions?per_page=50`);

    expect(body).toMatchObject({
      versions: [
        { number: 2, deployed: true, code: "// second", built_at: expect.any(String) },
        { number: 1, deployed: false, code: CODE },
      ],
      total: 2,
      per_page: 50,
    });
  });

  test.each([
    [true, CODE],
    [false, "// second"],
  ])("can be deployed again; with update_draft %s the draft is then %j", async (updateDraft, draft) => {
    const { path } = await builtAction();
    const { body: first } = await tenant.request("POST", `${path}/deploy`);
    await tenant.request("PATCH", path, { code: "// second" });

    const again = await tenant.request("POST", `${path}/versions/${first.id}/deploy`, { update_draft: updateDraft });
    const { body: action } = await tenant.request("GET", path);

    expect(again).toMatchObject({ status: 200, body: { number: 2, code: CODE } });
    expect(action).toMatchObject({
      code: draft,
      all_changes_deployed: updateDraft,
      deployed_version: { number: 2, code: CODE },
    });
  });

  test("belong to it alone", async () => {
    const { path } = await builtAction();
    const other = await builtAction({ name: "Other" });
    const { body: version } = await tenant.request("POST", `${path}/deploy`);

    expect(await tenant.request("GET", `${path}/versions/${version.id}`)).toMatchObject({
      status: 200,
      body: { deployed: true },
    });
    expect(await tenant.request("GET", `${other.path}/versions/${version.id}`)).toMatchObject({ status: 404 });
  });
});

describe("the list of Actions", () => {
  test("goes by name, trigger and deployment", async () => {
    const { path } = await builtAction();
    await tenant.request("POST", `${path}/deploy`);
    await builtAction({ name: "Credentials", supported_triggers: [{ id: "credentials-exchange", version: "v2" }] });

    async function names(query: string): Promise<string[]> {
      const { body } = await tenant.request("GET", `${ACTIONS}?${query}`);
      return body.actions.map(({ name }: { name: string }) => name);
    }

    expect(await names("per_page=50")).toEqual(["Profiling", "Credentials"]);
    expect(await names("actionName=Credentials")).toEqual(["Credentials"]);
    expect(await names("triggerId=post-login")).toEqual(["Profiling"]);
    expect(await names("deployed=true")).toEqual(["Profiling"]);
    expect(await names("installed=true")).toEqual([]);
  });

  test("tells its total only with a page that has Actions", async () => {
    await builtAction();

    expect((await tenant.request("GET", `${ACTIONS}?page=0&per_page=1`)).body).toMatchObject({ total: 1, per_page: 1 });
    expect((await tenant.request("GET", `${ACTIONS}?page=1&per_page=1`)).body).toEqual({
      actions: [],
      page: 1,
      per_page: 1,
    });
  });
});

describe("an Action is refused with", () => {
  test.each<[string, object, number, string]>([
    [
      "no trigger",
      { supported_triggers: [] },
      400,
      "Payload validation error: 'Array is too short (0), minimum 1' on property supported_triggers",
    ],
    [
      "an unknown trigger",
      { supported_triggers: [{ id: "pre-login" }] },
      400,
      "Payload validation error: 'No enum match for: pre-login' on property supported_triggers[0].id.",
    ],
    [
      "an unknown version of its trigger",
      { supported_triggers: [{ id: "post-login", version: "v9" }] },
      400,
      "trigger post-login has no version v9",
    ],
    ["an unknown runtime", { runtime: "node20" }, 400, "runtime is not supported"],
    [
      "a secret without value",
      { secrets: [{ name: "A" }] },
      400,
      "Payload validation error: 'Secret A has no value' on property secrets.",
    ],
    [
      "one secret twice",
      {
        secrets: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
      400,
      "Payload validation error: 'Secret names are not unique' on property secrets.",
    ],
    [
      "a secret that is too long",
      { secrets: [{ name: "A", value: "x".repeat(4097) }] },
      400,
      "Payload validation error: 'String is too long (4097 chars), maximum 4096' on property secrets[0].value.",
    ],
    [
      "a dependency without version",
      { dependencies: [{ name: "lodash" }] },
      400,
      "Payload validation error: 'Missing required property: version' on property dependencies[0].",
    ],
    [
      "a key of its own",
      { deployed: true },
      400,
      "Payload validation error: 'Additional properties not allowed: deployed'.",
    ],
    ["the name of another one", { name: "Taken" }, 409, "An action with that name already exists."],
    ["modules", { modules: [{ module_id: "m" }] }, 501, "modules of actions are not built in the local tenant"],
  ])("%s", async (_reason, changes, status, message) => {
    await builtAction({ name: "Taken" });

    const answer = await tenant.request("POST", ACTIONS, newAction(changes));

    expect(answer.status).toBe(status);
    expect(answer.body.message.startsWith(message)).toBe(true);
  });
});

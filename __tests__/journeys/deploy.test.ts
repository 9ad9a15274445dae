import { isDeepStrictEqual } from "node:util";
import type { TerraformStack } from "cdktf";
import {
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  SampleApplication,
  Stage,
  text,
} from "../../lib";
import { MADE } from "../auth0-forms/every-component";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { deployingScopes } from "../support/readme";
import { Workspace } from "../support/terraform";

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(await deployerWith(deployingScopes()));
}, 60_000);

afterAll(async () => {
  workspace.remove();
  await tenant.stop();
});

/** The environment of a client whose grant holds exactly these scopes. */
async function deployerWith(scopes: readonly string[]): Promise<Record<string, string>> {
  const client = await createManagementClient(tenant, "Deployer", scopes);
  return { ...tenant.env, AUTH0_CLIENT_ID: client.client_id, AUTH0_CLIENT_SECRET: client.client_secret };
}

function article(props?: ProgressiveProfilingProps) {
  return (stack: TerraformStack) => {
    new ProgressiveProfiling(stack, "profiling", props);
    new SampleApplication(stack, "sample");
  };
}

/** Names of what the tenant lists, by the path of the list. */
async function listed(path: string, key: string): Promise<string[]> {
  const { body } = await tenant.request("GET", `/api/v2/${path}`);
  const items: Record<string, string>[] = Array.isArray(body) ? body : body[key];
  return items.map((item) => item.name ?? item.display_name ?? item.audience ?? "").sort();
}

/** What of the article stands in the tenant; the tenant's own parts are there before and after. */
async function standing(): Promise<Record<string, string[]>> {
  const { body: bindings } = await tenant.request("GET", "/api/v2/actions/triggers/post-login/bindings");
  const { body: connections } = await tenant.request(
    "GET",
    "/api/v2/connections?name=Username-Password-Authentication",
  );
  const { body: enabled } = await tenant.request("GET", `/api/v2/connections/${connections[0].id}/clients`);
  return {
    clients: (await listed("clients", "clients")).filter((name) => /^(Progressive|Sample)/.test(name)),
    vaultConnections: await listed("flows/vault/connections", "connections"),
    flows: await listed("flows", "flows"),
    forms: await listed("forms", "forms"),
    actions: await listed("actions/actions", "actions"),
    bindings: bindings.bindings.map((binding: { display_name: string }) => binding.display_name),
    enabledClients: enabled.clients.map(() => "a client"),
  };
}

const NOTHING = {
  clients: [],
  vaultConnections: [],
  flows: [],
  forms: [],
  actions: [],
  bindings: [],
  enabledClients: [],
};

// One journey, told in order: each step stands on the one before.
describe("the article, by the real engine and the real provider", () => {
  test("apply makes every part of it", async () => {
    expect(await standing()).toEqual(NOTHING);

    workspace.synth(article());
    workspace.apply();

    expect(await standing()).toEqual({
      clients: ["Progressive Profiling", "Sample Application"],
      vaultConnections: ["Progressive Profiling"],
      flows: ["Update user_metadata"],
      forms: ["Progressive Profiling"],
      actions: ["Progressive Profiling"],
      bindings: ["Progressive Profiling"],
      enabledClients: ["a client"],
    });
    expect([...workspace.resources().keys()].map((address) => address.split(".")[0])).toEqual([
      "auth0_action",
      "auth0_client",
      "auth0_client",
      "auth0_client_credentials",
      "auth0_client_grant",
      "auth0_connection_client",
      "auth0_flow",
      "auth0_flow_vault_connection",
      "auth0_form",
      "auth0_trigger_action",
    ]);
  });

  test("the client's grant holds the six scopes on the tenant's Management API", async () => {
    const { body: grants } = await tenant.request("GET", "/api/v2/client-grants");
    const { body: clients } = await tenant.request("GET", "/api/v2/clients");
    const client = clients.find(({ name }: { name: string }) => name === "Progressive Profiling");

    expect(grants.find((grant: { client_id: string }) => grant.client_id === client.client_id)).toMatchObject({
      audience: `https://${tenant.domain}/api/v2/`,
      scope: [
        "read:users",
        "update:users",
        "create:users",
        "read:users_app_metadata",
        "update:users_app_metadata",
        "create:users_app_metadata",
      ],
    });
  });

  test("the credentials in the Vault are those of the client: a token can be had with them", async () => {
    const state = JSON.parse(workspace.state());
    const vault = state.resources.find(({ type }: { type: string }) => type === "auth0_flow_vault_connection");
    const { client_id, client_secret, domain } = vault.instances[0].attributes.setup;

    expect(domain).toBe(tenant.domain);
    const { status, body } = await tenant.request("POST", "/oauth/token", {
      grant_type: "client_credentials",
      audience: `https://${tenant.domain}/api/v2/`,
      client_id,
      client_secret,
    });
    expect({ status, scope: body.scope }).toEqual({
      status: 200,
      scope:
        "read:users update:users create:users read:users_app_metadata update:users_app_metadata create:users_app_metadata",
    });
  });

  test("a second plan has no changes", () => {
    expect(workspace.plan().changes).toEqual({});
  });

  test.each<[string, ProgressiveProfilingProps, Record<string, string>]>([
    ["the form's name", { names: { form: "Profile" } }, { auth0_form: "update" }],
    ["the flow's name", { names: { flow: "Save" } }, { auth0_flow: "update" }],
    ["the Vault connection's name", { names: { vaultConnection: "Vault" } }, { auth0_flow_vault_connection: "update" }],
    ["the client's name", { names: { client: "Client" } }, { auth0_client: "update" }],
    ["the languages", { languages: { primary: "ja" } }, { auth0_form: "update" }],
    ["the scopes", { scopes: ["update:users"] }, { auth0_client_grant: "update" }],
    ["the Action's name", { names: { action: "Ask" } }, { auth0_action: "update", auth0_trigger_action: "update" }],
  ])("another value of %s changes nothing else in the plan", (_, props, expected) => {
    workspace.synth(article(props));

    expect(byType(workspace.plan().changes)).toEqual(expected);
  });

  test("all of them at once can be applied", () => {
    workspace.synth(
      article({
        names: { form: "Profile", flow: "Save", vaultConnection: "Vault", client: "Client", action: "Ask" },
        languages: { primary: "ja" },
        scopes: ["update:users"],
      }),
    );
    workspace.apply();

    expect(workspace.plan().changes).toEqual({});
  });

  test("another stage changes the form, what the flow writes, and what the Action looks for; and is applied", () => {
    const stages = [
      Stage.untilAnswered("job_title", {
        components: [
          text("job_title", { label: "Job title: ${not a variable} & <more>", required: true }),
          nextButton(),
        ],
      }),
      Stage.untilAnswered("team", { components: [text("team", { label: "Team", required: true }), nextButton()] }),
    ];
    workspace.synth(article({ stages }));

    const changed = Object.keys(byType(workspace.plan().changes));
    expect(changed).toEqual(expect.arrayContaining(["auth0_form", "auth0_flow", "auth0_action"]));

    workspace.apply();
    expect(workspace.plan().changes).toEqual({});
  });

  test("every component that there is, with all its options, is applied, and comes back as it was sent", () => {
    const all = Object.entries(MADE).map(([type, made]) => ({ ...made, id: type.toLowerCase(), answer: undefined }));
    const components = [text("job_title", { label: "Job title", required: true }), ...all];
    workspace.synth(article({ stages: [Stage.untilAnswered("job_title", { components })] }));
    workspace.apply();

    expect(workspace.plan().changes).toEqual({});
  });

  test("what someone changes in the dashboard shows as drift, and the next apply puts it right", async () => {
    const [form] =
      (await tenant.request("GET", "/api/v2/forms")).body.forms ?? (await tenant.request("GET", "/api/v2/forms")).body;
    await tenant.request("PATCH", `/api/v2/forms/${form.id}`, { name: "Edited by hand" });

    expect(byType(workspace.plan().changes)).toEqual({ auth0_form: "update" });

    workspace.apply();
    expect(workspace.plan().changes).toEqual({});
  });

  test("every resource can be imported; what Auth0 does not give back is the only change left", () => {
    const resources = workspace.resources();
    workspace.forget();
    for (const [address, id] of resources) {
      workspace.import(address, id);
    }

    expect(workspace.resources()).toEqual(resources);
    const { changes, json } = workspace.plan();
    expect(byType(changes)).toEqual({ auth0_action: "update", auth0_flow_vault_connection: "update" });
    const action = json.resource_changes?.find(({ type }) => type === "auth0_action")?.change;
    const { before = {}, after = {} } = action as { before?: Record<string, unknown>; after?: Record<string, unknown> };
    expect(Object.keys(after).filter((key) => !isDeepStrictEqual(after[key], before[key]))).toEqual(["deploy"]);

    workspace.apply();
    expect(workspace.plan().changes).toEqual({});
  });

  test("destroy takes it away in the right order, and the tenant lists none of it", async () => {
    const output = workspace.destroy();

    const order = [...output.matchAll(/^(auth0_\w+)\.\S+: Destruction complete/gm)].map(([, type]) => type);
    const isBefore = (first: string, second: string) => order.indexOf(first) < order.lastIndexOf(second);
    expect(isBefore("auth0_trigger_action", "auth0_action")).toBe(true);
    expect(isBefore("auth0_action", "auth0_form")).toBe(true);
    expect(isBefore("auth0_form", "auth0_flow")).toBe(true);
    expect(isBefore("auth0_flow", "auth0_flow_vault_connection")).toBe(true);
    expect(isBefore("auth0_flow_vault_connection", "auth0_client")).toBe(true);
    expect(await standing()).toEqual(NOTHING);
  });

  test("the round used exactly the scopes that the guide names", async () => {
    const { body: used } = await tenant.request("GET", "/_tenant/scopes");
    const { body: clients } = await tenant.request("GET", "/api/v2/clients");
    const deployer = clients.find(({ name }: { name: string }) => name === "Deployer");

    expect(used[deployer.client_id]).toEqual([...deployingScopes()].sort());
  });
});

function byType(changes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).map(([address, actions]) => [address.split(".")[0], actions]));
}

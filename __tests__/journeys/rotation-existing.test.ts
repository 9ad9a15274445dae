import { type TerraformStack, TerraformVariable } from "cdktf";
import type { ManagementClient } from "../../lib";
import type { ApplicationClient } from "../support/application";
import { createManagementClient, deployerWithout } from "../support/management-client";
import { ProfiledTenant } from "../support/profiled-tenant";

type Credentials = ApplicationClient;

jest.setTimeout(120_000);

let profiled: ProfiledTenant;

beforeEach(async () => {
  profiled = await ProfiledTenant.start();
});

afterEach(() => profiled.stop());

describe("a new secret for what exists already", () => {
  test("a second client takes the place of the first by a plan that makes another Vault connection, and uses it", async () => {
    const [first, second] = [await writer("Writer 1"), await writer("Writer 2")];
    const define =
      ({ client_id }: Credentials) =>
      (stack: TerraformStack) => ({
        client: {
          clientId: client_id,
          clientSecret: new TerraformVariable(stack, "writer_secret", { type: "string", sensitive: true }).stringValue,
        },
      });
    const secretOf = ({ client_secret }: Credentials) => ({
      ...profiled.tenant.env,
      TF_VAR_writer_secret: client_secret,
    });
    profiled.useEnvironment(secretOf(first));
    profiled.synth(define(first));
    profiled.workspace.apply();
    profiled.synth(define(second));

    const { met, result } = await profiled.whilePeopleAnswer(async () => {
      const process = await profiled.apply(secretOf(second)).ended;
      await profiled.tenant.request("DELETE", `/api/v2/clients/${first.client_id}`);
      return process;
    });

    expect(result.output).toContain("Plan: 1 to add, 1 to change, 1 to destroy.");
    expect(met.broken).toEqual([]);
  });

  test("an existing Vault connection takes the place of all that was defined, without a gap", async () => {
    profiled.deploy({});
    const { id } = await vaultConnection("Vault");
    profiled.synth({ connectionId: id });

    const { met } = await profiled.whilePeopleAnswer(() => profiled.apply().ended);

    expect(met.broken).toEqual([]);
    expect(await profiled.clientsNamed("Progressive Profiling")).toEqual([]);
    expect(profiled.workspace.plan().changes).toEqual({});
  });

  test("another client that fails to come into the Vault shows in the next plan", async () => {
    const [first, second] = [await writer("Writer 1"), await writer("Writer 2")];
    const weak = await deployerWithout(profiled.tenant, "create:flows_vault_connections");
    profiled.deploy({ client: given(first) });
    profiled.synth({ client: { ...given(second), secretVersion: "2" } });
    expect((await profiled.apply(weak).ended).status).toBe(1);
    expect(Object.values(profiled.planned()).sort()).toEqual(["create", "delete", "update"]);

    const { met } = await profiled.whilePeopleAnswer(async () => {
      await profiled.apply().ended;
      await profiled.tenant.request("DELETE", `/api/v2/clients/${first.client_id}`);
    });

    expect(met.broken).toEqual([]);
    expect(profiled.workspace.plan().changes).toEqual({});
  });

  // The provider keeps in the state what it could not write, and Auth0 gives no set-up back.
  test("another secret without another version is changed in place, and where that fails, no plan sees it; -replace does", async () => {
    const client = await writer("Writer");
    const weak = await deployerWithout(profiled.tenant, "update:flows_vault_connections");
    profiled.deploy({ client: given(client) });
    const { body: rotated } = await profiled.tenant.request(
      "POST",
      `/api/v2/clients/${client.client_id}/rotate-secret`,
    );
    profiled.synth({ client: given(rotated) });
    expect(Object.values(profiled.planned())).toEqual(["update"]);
    expect((await profiled.apply(weak).ended).status).toBe(1);
    expect(profiled.workspace.plan().changes).toEqual({});

    await profiled.apply(profiled.tenant.env, `-replace=${profiled.addressOf("auth0_flow_vault_connection")}`).ended;
    const { met } = await profiled.whilePeopleAnswer(async () => undefined);

    expect(met.broken).toEqual([]);
  });

  test("another Vault connection takes the place of the first by a plan that changes the flow alone", async () => {
    const [first, second] = [await vaultConnection("Vault 1"), await vaultConnection("Vault 2")];
    profiled.deploy({ connectionId: first.id });
    profiled.synth({ connectionId: second.id });
    expect(profiled.planned()).toEqual({ auth0_flow: "update" });

    const { met } = await profiled.whilePeopleAnswer(async () => {
      await profiled.apply().ended;
      await profiled.tenant.request("DELETE", `/api/v2/flows/vault/connections/${first.id}`);
    });

    expect(met.broken).toEqual([]);
    expect(profiled.workspace.plan().changes).toEqual({});
  });
});

function given({ client_id, client_secret }: Credentials): ManagementClient {
  return { clientId: client_id, clientSecret: client_secret };
}

/** A client that Terraform knows nothing of, with a grant on the Management API. */
function writer(name: string): Promise<Credentials> {
  return createManagementClient(profiled.tenant, name, ["update:users"]);
}

/** A Vault connection that Terraform knows nothing of, with a client of its own. */
async function vaultConnection(name: string): Promise<{ readonly id: string }> {
  const { client_id, client_secret } = await writer(name);
  const { body } = await profiled.tenant.request("POST", "/api/v2/flows/vault/connections", {
    name,
    app_id: "AUTH0",
    setup: { type: "OAUTH_APP", client_id, client_secret, domain: profiled.tenant.domain },
  });
  return body;
}

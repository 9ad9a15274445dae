import type { TerraformStack } from "cdktf";
import { ProgressiveProfiling } from "../../lib";
import { claimsOf } from "../support/application";
import { Auth0Sdk } from "../support/auth0-sdk";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createUser, databaseConnection } from "../support/login-set-up";
import { Workspace } from "../support/terraform";

const EMAIL = "ann@example.com";
const PASSWORD = "correct horse 1A";
const REALM = "Username-Password-Authentication";

let tenant: LocalTenant;
let workspace: Workspace;
let sdk: Auth0Sdk;
let userId: string;

beforeAll(async () => {
  tenant = await startLocalTenant();
  sdk = Auth0Sdk.start(tenant);
  workspace = new Workspace(tenant.env);
  workspace.synth((stack: TerraformStack) => new ProgressiveProfiling(stack, "profiling"));
  workspace.apply();
  userId = await createUser(tenant, EMAIL, PASSWORD);
}, 90_000);

afterAll(async () => {
  await sdk?.stop();
  workspace?.remove();
  await tenant?.stop();
});

describe("the ManagementClient of Auth0's own SDK, unchanged", () => {
  /** Gets itself a token by client credentials first. */
  async function management(method: string, ...args: readonly unknown[]) {
    const { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = tenant.env;
    return sdk.call("ManagementClient", { clientId, clientSecret }, method, ...args);
  }

  test("finds what Terraform has made: form, flow, Vault connection, Action, binding", async () => {
    const { value: forms } = await management("forms.list");
    expect(forms).toMatchObject([{ name: "Progressive Profiling" }]);
    const { value: form } = await management("forms.get", forms[0].id);
    expect(form.nodes.map(({ type }: { type: string }) => type)).toEqual(["ROUTER", "FLOW", "STEP", "STEP"]);

    const { value: flows } = await management("flows.list");
    expect(flows).toMatchObject([{ name: "Update user_metadata" }]);
    const { value: flow } = await management("flows.get", flows[0].id);
    expect(flow.actions).toMatchObject([{ type: "AUTH0", action: "UPDATE_USER" }]);
    const { value: vault } = await management("flows.vault.connections.list");
    expect(vault).toMatchObject([{ app_id: "AUTH0", account_name: tenant.domain, ready: true }]);

    const { value: actions } = await management("actions.list", { triggerId: "post-login" });
    expect(actions).toMatchObject([{ name: "Progressive Profiling", all_changes_deployed: true }]);
    const { value: bindings } = await management("actions.triggers.bindings.list", "post-login");
    expect(bindings).toMatchObject([{ action: { id: actions[0].id } }]);
  });

  test("lists and finds users, and merges their metadata", async () => {
    await createUser(tenant, "other@example.com", PASSWORD);
    const email = ({ email }: { email: string }) => email;
    expect((await management("users.list")).value.map(email).sort()).toEqual([EMAIL, "other@example.com"]);
    expect((await management("users.list", { q: `email:"${EMAIL}"` })).value.map(email)).toEqual([EMAIL]);
    expect((await management("users.listUsersByEmail", { email: EMAIL })).value.map(email)).toEqual([EMAIL]);

    await management("users.update", userId, { user_metadata: { job_title: "Engineer", company_name: "Example Ltd" } });
    await management("users.update", userId, { user_metadata: { company_name: null, company_size: "11-50" } });

    const { value: user } = await management("users.get", userId);
    expect(user.user_metadata).toEqual({ job_title: "Engineer", company_size: "11-50" });
  });

  test("knows the tenant's errors as its own", async () => {
    expect((await management("forms.get", "ap_none")).error).toMatchObject({
      name: "NotFoundError",
      statusCode: 404,
      message: expect.stringContaining("Form not found"),
    });
    const { error } = await management("users.create", { connection: REALM, email: EMAIL, password: PASSWORD });
    expect(error).toMatchObject({ name: "ConflictError", statusCode: 409 });
  });
});

describe("the AuthenticationClient of Auth0's own SDK, unchanged", () => {
  let client: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const { body } = await tenant.request("POST", "/api/v2/clients", {
      name: "SDK",
      app_type: "regular_web",
      grant_types: ["refresh_token", "http://auth0.com/oauth/grant-type/password-realm"],
      oidc_conformant: true,
      jwt_configuration: { alg: "RS256" },
      token_endpoint_auth_method: "client_secret_post",
    });
    const { id } = await databaseConnection(tenant);
    await tenant.request("PATCH", `/api/v2/connections/${id}/clients`, [{ client_id: body.client_id, status: true }]);
    client = { clientId: body.client_id, clientSecret: body.client_secret };
  });

  test("gets a token of the Management API by client credentials; not with a wrong secret", async () => {
    const { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = tenant.env;
    const audience = `https://${tenant.domain}/api/v2/`;
    const ask = (secret: string) =>
      sdk.call("AuthenticationClient", { clientId, clientSecret: secret }, "oauth.clientCredentialsGrant", {
        audience,
      });

    const { value } = await ask(clientSecret);
    expect(value).toMatchObject({ token_type: "Bearer", expires_in: 86400 });
    expect(claimsOf(value.access_token)).toMatchObject({ aud: audience, gty: "client-credentials" });
    expect((await ask("wrong")).error).toEqual({ name: "AuthApiError", message: "Unauthorized", statusCode: 401 });
  });

  test("logs a person in by password, where no form can be shown, refreshes, and asks who it is", async () => {
    const { value: tokens, error } = await sdk.call("AuthenticationClient", client, "oauth.passwordGrant", {
      username: EMAIL,
      password: PASSWORD,
      realm: REALM,
      scope: "openid profile email offline_access",
    });
    expect(error).toBeUndefined();
    const issuer = `https://${tenant.domain}/`;
    expect(claimsOf(tokens.id_token)).toMatchObject({ iss: issuer, aud: client.clientId, sub: userId, email: EMAIL });

    const { value: refreshed } = await sdk.call("AuthenticationClient", client, "oauth.refreshTokenGrant", {
      refresh_token: tokens.refresh_token,
    });
    expect(claimsOf(refreshed.id_token)).toMatchObject({ sub: userId });
    expect(refreshed.access_token).not.toBe(tokens.access_token);

    const { value: person } = await sdk.call("UserInfoClient", {}, "getUserInfo", refreshed.access_token);
    expect(person).toMatchObject({ sub: userId, email: EMAIL, email_verified: false });
  });

  test("is told of a wrong password as Auth0 tells it", async () => {
    const { error } = await sdk.call("AuthenticationClient", client, "oauth.passwordGrant", {
      username: EMAIL,
      password: "wrong",
      realm: REALM,
    });

    expect(error).toEqual({ name: "AuthApiError", message: "Wrong email or password.", statusCode: 403 });
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";

// Resources of the real provider that the constructs do not use; the journey test has those that they do.
const CONFIGURATION = (city: string) => `
terraform {
  required_providers {
    auth0 = { source = "auth0/auth0" }
  }
}

provider "auth0" {}

data "auth0_tenant" "this" {}

data "auth0_resource_server" "management_api" {
  identifier = data.auth0_tenant.this.management_api_identifier
}

data "auth0_connection" "default" {
  name = "Username-Password-Authentication"
}

data "auth0_user" "ann" {
  user_id = auth0_user.ann.id
}

resource "auth0_tenant" "this" {
  friendly_name    = "Mine"
  session_lifetime = 24
  flags {
    enable_sso = true
  }
}

resource "auth0_connection" "own" {
  name     = "own"
  strategy = "auth0"
  options {
    password_policy        = "fair"
    brute_force_protection = true
  }
}

resource "auth0_client" "app" {
  name                = "app"
  app_type            = "regular_web"
  callbacks           = ["http://localhost:3000/callback"]
  allowed_logout_urls = ["http://localhost:3000"]
  oidc_conformant     = true
  grant_types         = ["authorization_code", "refresh_token"]
  client_metadata     = { city = "${city}" }
  jwt_configuration {
    alg = "RS256"
  }
}

resource "auth0_client_credentials" "app" {
  client_id             = auth0_client.app.id
  authentication_method = "client_secret_basic"
}

resource "auth0_client_grant" "management_api" {
  client_id = auth0_client.app.id
  audience  = "https://${"$"}{data.auth0_tenant.this.domain}/api/v2/"
  scopes    = ["read:users"]
}

resource "auth0_connection_client" "default" {
  connection_id = data.auth0_connection.default.id
  client_id     = auth0_client.app.id
}

resource "auth0_connection_clients" "own" {
  connection_id   = auth0_connection.own.id
  enabled_clients = [auth0_client.app.id]
}

resource "auth0_user" "ann" {
  connection_name = data.auth0_connection.default.name
  email           = "ann@example.com"
  password        = "Correct-Horse-1"
  user_metadata   = jsonencode({ city = "${city}" })
}

resource "auth0_resource_server" "api" {
  name       = "api"
  identifier = "https://api.example.com/a b"
}

resource "auth0_resource_server_scopes" "api" {
  resource_server_identifier = auth0_resource_server.api.identifier
  scopes {
    name        = "read:x"
    description = "Read x"
  }
}

resource "auth0_client_grant" "app" {
  client_id = auth0_client.app.id
  audience  = auth0_resource_server.api.identifier
  scopes    = auth0_resource_server_scopes.api.scopes[*].name
}

output "system" {
  value = data.auth0_resource_server.management_api.name
}
`;

let tenant: LocalTenant;
let folder: string;

beforeAll(async () => {
  tenant = await startLocalTenant();
  folder = mkdtempSync(join(tmpdir(), "provider-"));
});

afterAll(async () => {
  await tenant.stop();
  rmSync(folder, { recursive: true, force: true });
});

function terraform(...args: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...tenant.env, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: "-no-color" },
  });
  return { status, output: `${stdout}${stderr}` };
}

function configure(city: string): void {
  writeFileSync(join(folder, "main.tf"), CONFIGURATION(city));
}

const APPLY = ["apply", "-input=false", "-auto-approve"];
const PLAN = ["plan", "-input=false", "-detailed-exitcode"];

test("the real provider applies, finds nothing to change, changes, and takes all away", async () => {
  configure("Rome");
  expect(terraform("init", "-input=false")).toMatchObject({ status: 0 });

  expect(terraform(...APPLY)).toMatchObject({
    status: 0,
    output: expect.stringMatching(/Resources: 11 added[\s\S]*system = "Auth0 Management API"/),
  });
  expect(terraform(...PLAN)).toMatchObject({ status: 0 });

  configure("Oslo");
  expect(terraform(...APPLY)).toMatchObject({ status: 0, output: expect.stringContaining("2 changed") });
  expect(terraform(...PLAN)).toMatchObject({ status: 0 });
  const [ann] = (await tenant.request("GET", "/api/v2/users-by-email?email=ann@example.com")).body;
  expect(ann.user_metadata).toEqual({ city: "Oslo" });

  expect(terraform("destroy", "-input=false", "-auto-approve")).toMatchObject({ status: 0 });
  expect((await tenant.request("GET", "/api/v2/users")).body).toEqual([]);
  expect((await tenant.request("GET", "/api/v2/clients?fields=name")).body).toEqual([{ name: "Terraform" }]);
}, 120_000);

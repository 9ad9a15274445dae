import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable, Testing } from "cdktf";
import type { Construct } from "constructs";
import { ProgressiveProfiling, type ProgressiveProfilingProps, SampleApplication } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { placesOf } from "../support/places-of";
import { runBlock } from "../support/run-block";
import { Template } from "../support/template";
import { Workspace } from "../support/terraform";
import { type Ended, TerraformProcess } from "../support/terraform-process";

jest.setTimeout(120_000);

const PLANTED = "a-planted-secret-that-must-not-be-seen-anywhere";

let tenant: LocalTenant;
let workspace: Workspace;
let environment: Record<string, string>;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(() => tenant.stop());

/** A workspace of its own for a group of tests, whose parts are gone when it ends. */
function useWorkspace(variables: Readonly<Record<string, string>> = {}): void {
  beforeAll(() => {
    environment = { ...tenant.env, ...variables };
    workspace = new Workspace(environment);
  });
  afterAll(() => {
    workspace.destroy();
    workspace.remove();
  });
}

function synth(props: (stack: TerraformStack) => ProgressiveProfilingProps): void {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling", props(stack));
    new SampleApplication(stack, "sample");
  });
}

function terraform(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return TerraformProcess.start(workspace.directory, { ...environment, ...more }, ...args).ended;
}

/** The client's secret, as Auth0 knows it. */
async function secretOf(name: string): Promise<string> {
  const { body } = await tenant.request("GET", "/api/v2/clients");
  return body.find((client: { name: string }) => client.name === name).client_secret;
}

/** Where in the state a secret lies, by the type of the resource. */
function placesInState(secret: string): string[] {
  const { resources, ...rest } = JSON.parse(workspace.state());
  type Resource = { readonly type: string; readonly instances: readonly { readonly attributes: object }[] };
  const ofResources = (resources as Resource[]).flatMap(({ type, instances }) =>
    placesOf(secret, { [type]: instances[0]?.attributes }),
  );
  return [...ofResources, ...placesOf(secret, rest)];
}

/** Where in a plan a secret lies, without the numbers of the resources. */
function placesInPlan(secret: string): string[] {
  const places = placesOf(secret, workspace.plan().json).map((place) => place.replace(/\[\d+\]/g, ""));
  return [...new Set(places)].sort();
}

function synthesised(): string {
  return readFileSync(join(workspace.directory, "cdk.tf.json"), "utf8");
}

// Told in order: each test stands on the one before.
describe("with the client that is defined", () => {
  useWorkspace();

  test("the secret lies in the state twice, that of the application and that of the deploying client nowhere", async () => {
    synth(() => ({ secretVersion: "1" }));
    workspace.apply();

    expect(placesInState(await secretOf("Progressive Profiling"))).toEqual([
      "auth0_client_credentials.client_secret",
      "auth0_flow_vault_connection.setup.client_secret",
    ]);
    expect(placesInState(await secretOf("Sample Application"))).toEqual([]);
    expect(placesInState(tenant.env.AUTH0_CLIENT_SECRET)).toEqual([]);
  });

  test("the secret is in every saved plan, in clear where the plan is shown as JSON", async () => {
    synth(() => ({ secretVersion: "1", names: { flow: "Another name" } }));
    const secret = await secretOf("Progressive Profiling");

    expect(placesInPlan(secret)).toEqual([
      "planned_values.root_module.resources.values.client_secret",
      "planned_values.root_module.resources.values.setup.client_secret",
      "prior_state.values.root_module.resources.values.client_secret",
      "prior_state.values.root_module.resources.values.setup.client_secret",
      "resource_changes.change.after.client_secret",
      "resource_changes.change.after.setup.client_secret",
      "resource_changes.change.before.client_secret",
      "resource_changes.change.before.setup.client_secret",
    ]);
  });

  test("the secret is not in what is synthesised, nor in what plan and show print for people", async () => {
    const secret = await secretOf("Progressive Profiling");
    const printed = await Promise.all([terraform(["show"]), terraform(["plan", "-input=false", "-lock=false"])]);

    expect(synthesised()).not.toContain(secret);
    for (const { status, output } of printed) {
      expect(status).toBe(0);
      expect(output).not.toContain(secret);
    }
    expect(printed[0]?.output).toMatch(/client_secret +=.*sensitive value/);
  });

  test("the Action has no secrets: the form's id and the keys to look for stand in its code", () => {
    const { resources } = JSON.parse(workspace.state());
    const { code, secrets } = resources.find(({ type }: { type: string }) => type === "auth0_action").instances[0]
      .attributes;

    expect(secrets).toEqual([]);
    expect(code.match(/^const (?:FORM_ID|METADATA_KEYS) = .*$/gm)).toEqual([
      expect.stringMatching(/^const FORM_ID = "ap_\w+";$/),
      'const METADATA_KEYS = ["job_title","company_name"];',
    ]);
  });

  test("a log has it with AUTH0_DEBUG, which logs what Auth0 replies", async () => {
    const secret = await secretOf("Progressive Profiling");
    const plan = ["plan", "-input=false"];

    expect((await terraform(plan, { TF_LOG: "DEBUG", AUTH0_DEBUG: "true" })).output).toContain(secret);
    expect((await terraform(plan, { TF_LOG: "TRACE" })).output).not.toContain(secret);
  });

  test("a log of level INFO or below has the secret of a Vault connection that is changed in place, not of one that is made", async () => {
    const { client_id, client_secret } = (await tenant.request("POST", "/api/v2/clients", { name: "Writer" })).body;
    synth(() => ({ client: { clientId: client_id, clientSecret: client_secret } }));
    const apply = ["apply", "-input=false", "-auto-approve"];

    const made = await terraform(apply, { TF_LOG: "INFO" });
    expect(made.status).toBe(0);
    expect(made.output).not.toContain(client_secret);

    const rotated = async () => {
      const { body } = await tenant.request("POST", `/api/v2/clients/${client_id}/rotate-secret`);
      synth(() => ({ client: { clientId: client_id, clientSecret: body.client_secret } }));
      return body.client_secret;
    };
    const second = await rotated();
    const loud = await terraform(apply, { TF_LOG: "INFO" });
    expect(loud).toMatchObject({ status: 0, output: expect.stringContaining(second) });

    const third = await rotated();
    const quiet = await terraform(apply, { TF_LOG: "WARN" });
    expect(quiet.status).toBe(0);
    expect(quiet.output).not.toContain(third);
  });
});

describe("with an existing client whose secret comes from a sensitive variable", () => {
  useWorkspace({ TF_VAR_writer_secret: PLANTED });

  const withVariable = (stack: TerraformStack) => {
    const secret = new TerraformVariable(stack, "writer_secret", { type: "string", sensitive: true });
    return { client: { clientId: "writer", clientSecret: secret.stringValue } };
  };
  beforeAll(() => synth(withVariable));

  test("it is not in what is synthesised, and a plan shows it as sensitive", async () => {
    const { output } = await terraform(["plan", "-input=false"]);

    expect(synthesised()).not.toContain(PLANTED);
    expect(output).not.toContain(PLANTED);
    expect(output).toMatch(/setup +=? *\(sensitive value\)/);
  });

  test("as an ephemeral variable it is refused", async () => {
    synth((stack) => {
      const secret = new TerraformVariable(stack, "writer_secret", { type: "string", sensitive: true });
      secret.addOverride("ephemeral", true);
      return { client: { clientId: "writer", clientSecret: secret.stringValue } };
    });
    const { status, output } = await terraform(["plan", "-input=false"]);

    expect(status).toBe(1);
    expect(output).toMatch(/ephemeral/i);
    expect(output).not.toContain(PLANTED);
    synth(withVariable);
  });

  test("it lies in the state once, in the set-up of the Vault connection, and in a plan as variable too", () => {
    workspace.apply();

    expect(placesInState(PLANTED)).toEqual(["auth0_flow_vault_connection.setup.client_secret"]);
    expect(placesInPlan(PLANTED)).toContain("variables.writer_secret.value");
  });
});

describe("with an existing Vault connection", () => {
  useWorkspace();

  test("it lies nowhere: not in what is synthesised, nor in a plan, nor in the state", async () => {
    const { body: client } = await tenant.request("POST", "/api/v2/clients", { name: "Writer" });
    const { body: connection } = await tenant.request("POST", "/api/v2/flows/vault/connections", {
      name: "Existing",
      app_id: "AUTH0",
      setup: {
        type: "OAUTH_APP",
        client_id: client.client_id,
        client_secret: client.client_secret,
        domain: tenant.domain,
      },
    });
    synth(() => ({ connectionId: connection.id }));
    const firstPlan = placesInPlan(client.client_secret);
    workspace.apply();
    const secrets = [client.client_secret, tenant.env.AUTH0_CLIENT_SECRET, await secretOf("Sample Application")];

    expect(firstPlan).toEqual([]);
    expect(workspace.state()).toContain(connection.id);
    for (const secret of secrets) {
      expect(workspace.state()).not.toContain(secret);
      expect(synthesised()).not.toContain(secret);
      expect(placesInPlan(secret)).toEqual([]);
    }
    const types = [...workspace.resources().keys()].map((address) => address.split(".")[0]);
    expect(types).not.toContain("auth0_flow_vault_connection");
    expect(types).not.toContain("auth0_client_credentials");
    expect(types).not.toContain("auth0_client_grant");
    // That people's answers are saved by it is shown in rotation-existing.test.ts.
  });
});

describe("docs/secrets.md", () => {
  type StackClass = new (scope: Construct, id: string) => TerraformStack;
  // The block that is missing here is run in secrets-of-another-stack.test.ts.
  const templates = blocks("docs/secrets.md", "ts")
    .filter((block) => block.includes("export class LoginStack"))
    .map((block) => {
      const { LoginStack } = runBlock(block) as { LoginStack: StackClass };
      return Template.of(new LoginStack(Testing.app(), "login"));
    });
  const [existingClient, existingConnection, versioned] = templates as [Template, Template, Template];

  test("its stacks are what it says of them", () => {
    expect(templates).toHaveLength(3);
    expect(existingClient.count().auth0_client).toBeUndefined();
    expect(existingClient.one("auth0_flow_vault_connection").setup).toMatchObject({
      client_secret: "${var.writer_secret}",
    });
    expect(existingConnection.count().auth0_flow_vault_connection).toBeUndefined();
    expect(versioned.one("auth0_client").for_each).toBe('${toset(["2026-11"])}');
  });

  test("the addresses in its commands are those of its stacks", () => {
    const commands = blocks("docs/secrets.md", "sh").join("\n");
    const addresses = [...commands.matchAll(/-replace='(\w+)\.(\w+)(\[.*?\])'/g)];

    expect(addresses.map(([, ...address]) => address)).toEqual(
      [[versioned, "auth0_client"] as const, [existingClient, "auth0_flow_vault_connection"] as const].map(
        ([template, type]) => [
          type,
          template.logicalIds(type)[0],
          /toset\((.*)\)/.exec(String(template.one(type).for_each))?.[1],
        ],
      ),
    );
  });
});

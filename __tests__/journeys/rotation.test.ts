import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  type ManagementClient,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  SampleApplication,
} from "../../lib";
import { Application, type ApplicationClient } from "../support/application";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient, deployerWithout } from "../support/management-client";
import { blocks } from "../support/markdown";
import { type Met, People, peoplesStages } from "../support/people";
import { Workspace } from "../support/terraform";
import { TerraformProcess } from "../support/terraform-process";

type Credentials = ApplicationClient;

jest.setTimeout(120_000);

let tenant: LocalTenant;
let application: Application;
let workspace: Workspace;
let client: ApplicationClient;

beforeEach(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  workspace = new Workspace(tenant.env);
});

afterEach(async () => {
  workspace.remove();
  await Promise.all([tenant.stop(), application.stop()]);
});

/** Synthesises the stack with these props, given the stack where they need a variable of it. */
function synth(
  props: ProgressiveProfilingProps | ((stack: TerraformStack) => ProgressiveProfilingProps),
  change: (profiling: ProgressiveProfiling) => void = () => undefined,
): void {
  workspace.synth((stack) => {
    const profiling = new ProgressiveProfiling(stack, "profiling", {
      stages: peoplesStages(),
      ...(typeof props === "function" ? props(stack) : props),
    });
    change(profiling);
    new SampleApplication(stack, "sample", { url: application.url });
  });
}

async function applied(props: ProgressiveProfilingProps): Promise<void> {
  synth(props);
  workspace.apply();
  client = await clientNamed("Sample Application");
}

async function clientsNamed(name: string): Promise<Credentials[]> {
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  return clients.filter((found: { name: string }) => found.name === name);
}

async function clientNamed(name: string): Promise<Credentials> {
  const [found, ...others] = await clientsNamed(name);
  if (found === undefined || others.length > 0) {
    throw new Error(`there are ${others.length} others named ${name}`);
  }
  return found;
}

/** The status with which the tenant answers who asks for a token for its Management API. */
async function tokenStatus({ client_id, client_secret }: Credentials): Promise<number> {
  const audience = `https://${tenant.domain}/api/v2/`;
  const body = { grant_type: "client_credentials", audience, client_id, client_secret };
  return (await tenant.request("POST", "/oauth/token", body)).status;
}

/** Runs `work` while people log in and answer; they come before it and leave after it. */
async function whilePeopleAnswer<T>(work: () => Promise<T>): Promise<{ readonly met: Met; readonly result: T }> {
  const people = People.come(tenant, application, client);
  try {
    await people.answer(4);
    const result = await work();
    await people.answer(8);
    return { met: await people.leave(), result };
  } finally {
    await people.leave();
  }
}

function apply(environment: Readonly<Record<string, string>> = tenant.env, ...args: readonly string[]) {
  return TerraformProcess.start(workspace.directory, environment, "apply", "-input=false", "-auto-approve", ...args);
}

/** The address of the resource of `ProgressiveProfiling` that has this type. */
function addressOf(type: string): string {
  const address = [...workspace.resources().keys()].find((key) => key.startsWith(`${type}.profiling`));
  if (address === undefined) {
    throw new Error(`the state has no ${type}`);
  }
  return address;
}

/** By the address without the part of its name that is of no interest, what a plan would do. */
function planned(): Record<string, string> {
  const { changes } = workspace.plan();
  return Object.fromEntries(
    Object.entries(changes).map(([address, actions]) => [address.replace(/\.profiling_\w+/, ""), actions]),
  );
}

/** What `docs/secrets.md` says that a rotation prints. */
const SHOWN_IN_DOCUMENT = blocks("docs/secrets.md", "text").find((block) => block.includes("Creation")) ?? "";

/** The lines that say what was done, in no order, without ids and times. */
function stepsOf(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => /^(auth0|terraform)_.* complete/.test(line))
    .map((line) => line.replace(/ after \d+s/, "").replace(/ \[id=.*?\]/, ""))
    .sort();
}

const KEYED = ["auth0_client", "auth0_client_credentials", "auth0_client_grant", "auth0_flow_vault_connection"];

/** What the plan of a rotation would do. */
function rotation(from: string, to: string): Record<string, string> {
  const changes = KEYED.flatMap((type) => [
    [`${type}["${from}"]`, "delete"],
    [`${type}["${to}"]`, "create"],
  ]);
  return { ...Object.fromEntries(changes), auth0_flow: "update" };
}

/** The old client is gone, the new one is the only one and works. */
async function isRotated(from: Credentials): Promise<void> {
  const now = await clientNamed("Progressive Profiling");
  expect(now.client_id).not.toBe(from.client_id);
  expect(await tokenStatus(from)).toBe(401);
  expect(await tokenStatus(now)).toBe(200);
  expect(workspace.plan().changes).toEqual({});
}

describe("a new secret for the client that is defined", () => {
  test("by another secretVersion: the plan shows it, and nobody who logs in meanwhile loses an answer", async () => {
    await applied({ secretVersion: "2026-11" });
    const old = await clientNamed("Progressive Profiling");
    synth({ secretVersion: "2026-12" });
    expect(planned()).toEqual(rotation("2026-11", "2026-12"));

    const { met, result } = await whilePeopleAnswer(() => apply().ended);

    expect(result).toMatchObject({ status: 0 });
    expect(stepsOf(result.output)).toEqual(stepsOf(SHOWN_IN_DOCUMENT));
    expect(met).toEqual({ saved: expect.any(Number), broken: [] });
    await isRotated(old);
  });

  test("by apply -replace, on what an earlier version applied: likewise, in the order that leaves no gap", async () => {
    const withoutLifecycles = (profiling: ProgressiveProfiling) => {
      const { client: writer, vaultConnection } = profiling;
      for (const resource of [writer?.client, writer?.credentials, writer?.grant]) {
        if (resource !== undefined) {
          resource.lifecycle = undefined;
        }
      }
      if (vaultConnection !== undefined) {
        vaultConnection.connection.lifecycle = { ignoreChanges: ["account_name"] };
      }
    };
    synth({}, withoutLifecycles);
    expect(readFileSync(join(workspace.directory, "cdk.tf.json"), "utf8")).not.toMatch(
      /create_before_destroy|replace_triggered_by/,
    );
    workspace.apply();
    client = await clientNamed("Sample Application");
    const old = await clientNamed("Progressive Profiling");
    synth({});
    expect(workspace.plan().changes).toEqual({});

    const { met, result } = await whilePeopleAnswer(
      () => apply(tenant.env, `-replace=${addressOf("auth0_client")}`).ended,
    );

    expect(met.broken).toEqual([]);
    const steps = [...result.output.matchAll(/^(auth0_\w+)\..*?: (\w+ complete)/gm)].map(
      ([, type, what]) => `${type} ${what}`,
    );
    expect(steps.map((step) => step.replace(/^auth0_client_(grant|credentials)/, "grant or credentials"))).toEqual([
      "auth0_client Creation complete",
      "grant or credentials Creation complete",
      "grant or credentials Creation complete",
      "auth0_flow_vault_connection Creation complete",
      "auth0_flow Modifications complete",
      "auth0_flow_vault_connection Destruction complete",
      "grant or credentials Destruction complete",
      "grant or credentials Destruction complete",
      "auth0_client Destruction complete",
    ]);
    await isRotated(old);
  });

  test("by the first secretVersion that is given, where none was: that is 1", async () => {
    await applied({});
    synth({ secretVersion: "1" });
    expect(planned()).toEqual({});
    synth({ secretVersion: "2" });
    expect(planned()).toEqual(rotation("1", "2"));
  });

  test.each([
    ["before the new client", "create:clients"],
    ["before the new client's grant", "create:client_grants"],
    ["before the new Vault connection", "create:flows_vault_connections"],
    ["before the flow uses the new Vault connection", "update:flows"],
    ["before the old client ends", "delete:clients"],
  ])("that fails %s: people go on answering, and the next apply comes to its end", async (_, missing) => {
    await applied({ secretVersion: "1" });
    const old = await clientNamed("Progressive Profiling");
    const weak = await deployerWithout(tenant, missing);
    synth({ secretVersion: "2" });

    const failed = await whilePeopleAnswer(() => apply(weak).ended);

    expect(failed.result.status).toBe(1);
    expect(failed.result.output).toContain(`Insufficient scope, expected any of: ${missing}`);
    expect(failed.met.broken).toEqual([]);
    expect(await tokenStatus(old)).toBe(missing === "delete:clients" ? 403 : 200);

    const { met } = await whilePeopleAnswer(() => apply().ended);
    expect(met.broken).toEqual([]);
    await isRotated(old);
  });

  // What was changed in place would be recorded as done by the second of these, and never looked at again.
  test.each([
    [["create:flows_vault_connections", "update:flows_vault_connections"]],
    [["create:client_grants", "create:flows_vault_connections", "update:flows"]],
    [["create:clients", "create:client_grants", "delete:flows_vault_connections"]],
    [["update:flows", "delete:client_grants", "delete:clients"]],
  ])(
    "that fails again and again, by %j: people go on answering, and in the end nothing is left over",
    async (scopes) => {
      await applied({ secretVersion: "1" });
      const old = await clientNamed("Progressive Profiling");
      synth({ secretVersion: "2" });

      const failures: (number | null)[] = [];
      const { met } = await whilePeopleAnswer(async () => {
        for (const missing of scopes) {
          failures.push((await apply(await deployerWithout(tenant, missing)).ended).status);
        }
        await apply().ended;
      });

      // Nothing needs the scope to change a Vault connection: none is.
      expect(failures).toEqual(scopes.map((scope) => (scope === "update:flows_vault_connections" ? 0 : 1)));
      expect(met.broken).toEqual([]);
      await isRotated(old);
      const { body } = await tenant.request("GET", "/api/v2/flows/vault/connections");
      expect(body.connections ?? body).toHaveLength(1);
    },
  );

  test("that is killed half-way: likewise", async () => {
    await applied({ secretVersion: "1" });
    const old = await clientNamed("Progressive Profiling");
    synth({ secretVersion: "2" });

    const killed = await whilePeopleAnswer(async () => {
      const process = apply();
      while (!workspace.state().includes('"index_key": "2"')) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return process.kill();
    });

    expect(killed.result.status).toBeNull();
    expect(killed.met.broken).toEqual([]);
    const { met } = await whilePeopleAnswer(() => apply().ended);
    expect(met.broken).toEqual([]);
    await isRotated(old);
  });
});

// The provider takes the grant that it finds for one that it made, and then destroys it as the old one.
test("a grant that is replaced alone is lost until the next apply; untaint spares that", async () => {
  await applied({});
  const grant = addressOf("auth0_client_grant");
  const grants = async () => {
    const { client_id } = await clientNamed("Progressive Profiling");
    return (await tenant.request("GET", `/api/v2/client-grants?client_id=${client_id}`)).body.length;
  };
  const terraform = (...args: string[]) => TerraformProcess.start(workspace.directory, tenant.env, ...args).ended;

  await terraform("taint", grant);
  await terraform("untaint", grant);
  expect(workspace.plan().changes).toEqual({});

  await terraform("taint", grant);
  workspace.apply();
  expect(await grants()).toBe(0);
  workspace.apply();
  expect(await grants()).toBe(1);
});

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
    const secretOf = ({ client_secret }: Credentials) => ({ ...tenant.env, TF_VAR_writer_secret: client_secret });
    workspace.remove();
    workspace = new Workspace(secretOf(first));
    synth(define(first));
    workspace.apply();
    client = await clientNamed("Sample Application");
    synth(define(second));

    const { met, result } = await whilePeopleAnswer(async () => {
      const process = await apply(secretOf(second)).ended;
      await tenant.request("DELETE", `/api/v2/clients/${first.client_id}`);
      return process;
    });

    expect(result.output).toContain("Plan: 1 to add, 1 to change, 1 to destroy.");
    expect(met.broken).toEqual([]);
  });

  test("an existing Vault connection takes the place of all that was defined, without a gap", async () => {
    await applied({});
    const { id } = await vaultConnection("Vault");
    synth({ connectionId: id });

    const { met } = await whilePeopleAnswer(() => apply().ended);

    expect(met.broken).toEqual([]);
    expect(await clientsNamed("Progressive Profiling")).toEqual([]);
    expect(workspace.plan().changes).toEqual({});
  });

  test("another client that fails to come into the Vault shows in the next plan", async () => {
    const [first, second] = [await writer("Writer 1"), await writer("Writer 2")];
    const weak = await deployerWithout(tenant, "create:flows_vault_connections");
    await applied({ client: given(first) });
    synth({ client: { ...given(second), secretVersion: "2" } });
    expect((await apply(weak).ended).status).toBe(1);
    expect(Object.values(planned()).sort()).toEqual(["create", "delete", "update"]);

    const { met } = await whilePeopleAnswer(async () => {
      await apply().ended;
      await tenant.request("DELETE", `/api/v2/clients/${first.client_id}`);
    });

    expect(met.broken).toEqual([]);
    expect(workspace.plan().changes).toEqual({});
  });

  // The provider keeps in the state what it could not write, and Auth0 gives no set-up back.
  test("another secret without another version is changed in place, and where that fails, no plan sees it; -replace does", async () => {
    const client = await writer("Writer");
    const weak = await deployerWithout(tenant, "update:flows_vault_connections");
    await applied({ client: given(client) });
    const { body: rotated } = await tenant.request("POST", `/api/v2/clients/${client.client_id}/rotate-secret`);
    synth({ client: given(rotated) });
    expect(Object.values(planned())).toEqual(["update"]);
    expect((await apply(weak).ended).status).toBe(1);
    expect(workspace.plan().changes).toEqual({});

    await apply(tenant.env, `-replace=${addressOf("auth0_flow_vault_connection")}`).ended;
    const { met } = await whilePeopleAnswer(async () => undefined);

    expect(met.broken).toEqual([]);
  });

  test("another Vault connection takes the place of the first by a plan that changes the flow alone", async () => {
    const [first, second] = [await vaultConnection("Vault 1"), await vaultConnection("Vault 2")];
    await applied({ connectionId: first.id });
    synth({ connectionId: second.id });
    expect(planned()).toEqual({ auth0_flow: "update" });

    const { met } = await whilePeopleAnswer(async () => {
      await apply().ended;
      await tenant.request("DELETE", `/api/v2/flows/vault/connections/${first.id}`);
    });

    expect(met.broken).toEqual([]);
    expect(workspace.plan().changes).toEqual({});
  });
});

function given({ client_id, client_secret }: Credentials): ManagementClient {
  return { clientId: client_id, clientSecret: client_secret };
}

/** A client that Terraform knows nothing of, with a grant on the Management API. */
function writer(name: string): Promise<Credentials> {
  return createManagementClient(tenant, name, ["update:users"]);
}

/** A Vault connection that Terraform knows nothing of, with a client of its own. */
async function vaultConnection(name: string): Promise<{ readonly id: string }> {
  const { client_id, client_secret } = await writer(name);
  const { body } = await tenant.request("POST", "/api/v2/flows/vault/connections", {
    name,
    app_id: "AUTH0",
    setup: { type: "OAUTH_APP", client_id, client_secret, domain: tenant.domain },
  });
  return body;
}

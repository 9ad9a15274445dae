import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProgressiveProfiling } from "../../lib";
import type { ApplicationClient } from "../support/application";
import { deployerWithout } from "../support/management-client";
import { blocks } from "../support/markdown";
import { ProfiledTenant } from "../support/profiled-tenant";
import { TerraformProcess } from "../support/terraform-process";
import { VerifiedProject } from "../support/verified";

type Credentials = ApplicationClient;

jest.setTimeout(120_000);

let profiled: ProfiledTenant;

beforeEach(async () => {
  profiled = await ProfiledTenant.start();
});

afterEach(() => profiled.stop());

/** The status with which the tenant answers who asks for a token for its Management API. */
async function tokenStatus({ client_id, client_secret }: Credentials): Promise<number> {
  const audience = `https://${profiled.tenant.domain}/api/v2/`;
  const body = { grant_type: "client_credentials", audience, client_id, client_secret };
  return (await profiled.tenant.request("POST", "/oauth/token", body)).status;
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
  const now = await profiled.clientNamed("Progressive Profiling");
  expect(now.client_id).not.toBe(from.client_id);
  expect(await tokenStatus(from)).toBe(401);
  expect(await tokenStatus(now)).toBe(200);
  expect(profiled.workspace.plan().changes).toEqual({});
}

describe("a new secret for the client that is defined", () => {
  test("by another secretVersion: the plan shows it, and nobody who logs in meanwhile loses an answer", async () => {
    profiled.deploy({ secretVersion: "2026-11" });
    const old = await profiled.clientNamed("Progressive Profiling");
    profiled.synth({ secretVersion: "2026-12" });
    expect(profiled.planned()).toEqual(rotation("2026-11", "2026-12"));

    const { met, result } = await profiled.whilePeopleAnswer(() => profiled.apply().ended);

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
    profiled.synth({}, withoutLifecycles);
    expect(readFileSync(join(profiled.workspace.directory, "cdk.tf.json"), "utf8")).not.toMatch(
      /create_before_destroy|replace_triggered_by/,
    );
    profiled.workspace.apply();
    const old = await profiled.clientNamed("Progressive Profiling");
    profiled.synth({});
    expect(profiled.workspace.plan().changes).toEqual({});

    const { met, result } = await profiled.whilePeopleAnswer(
      () => profiled.apply(profiled.tenant.env, `-replace=${profiled.addressOf("auth0_client")}`).ended,
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
    profiled.deploy({});
    profiled.synth({ secretVersion: "1" });
    expect(profiled.planned()).toEqual({});
    profiled.synth({ secretVersion: "2" });
    expect(profiled.planned()).toEqual(rotation("1", "2"));
  });

  test.each([
    ["before the new client", "create:clients"],
    ["before the new client's grant", "create:client_grants"],
    ["before the new Vault connection", "create:flows_vault_connections"],
    ["before the flow uses the new Vault connection", "update:flows"],
    ["before the old client ends", "delete:clients"],
  ])("that fails %s: people go on answering, and the next apply comes to its end", async (_, missing) => {
    profiled.deploy({ secretVersion: "1" });
    const old = await profiled.clientNamed("Progressive Profiling");
    const weak = await deployerWithout(profiled.tenant, missing);
    profiled.synth({ secretVersion: "2" });

    const failed = await profiled.whilePeopleAnswer(() => profiled.apply(weak).ended);

    expect(failed.result.status).toBe(1);
    expect(failed.result.output).toContain(`Insufficient scope, expected any of: ${missing}`);
    expect(failed.met.broken).toEqual([]);
    expect(await tokenStatus(old)).toBe(missing === "delete:clients" ? 403 : 200);

    const { met } = await profiled.whilePeopleAnswer(() => profiled.apply().ended);
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
      profiled.deploy({ secretVersion: "1" });
      const old = await profiled.clientNamed("Progressive Profiling");
      profiled.synth({ secretVersion: "2" });

      const failures: (number | null)[] = [];
      const { met } = await profiled.whilePeopleAnswer(async () => {
        for (const missing of scopes) {
          failures.push((await profiled.apply(await deployerWithout(profiled.tenant, missing)).ended).status);
        }
        await profiled.apply().ended;
      });

      // Nothing needs the scope to change a Vault connection: none is.
      expect(failures).toEqual(scopes.map((scope) => (scope === "update:flows_vault_connections" ? 0 : 1)));
      expect(met.broken).toEqual([]);
      await isRotated(old);
      const { body } = await profiled.tenant.request("GET", "/api/v2/flows/vault/connections");
      expect(body.connections ?? body).toHaveLength(1);
    },
  );

  test("that is killed half-way: likewise", async () => {
    profiled.deploy({ secretVersion: "1" });
    const old = await profiled.clientNamed("Progressive Profiling");
    profiled.synth({ secretVersion: "2" });

    const killed = await profiled.whilePeopleAnswer(async () => {
      const process = profiled.apply();
      while (!profiled.workspace.state().includes('"index_key": "2"')) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return process.kill();
    });

    expect(killed.result.status).toBeNull();
    expect(killed.met.broken).toEqual([]);
    const { met } = await profiled.whilePeopleAnswer(() => profiled.apply().ended);
    expect(met.broken).toEqual([]);
    await isRotated(old);
  });
});

// The provider takes the grant that it finds for one that it made, and then destroys it as the old one.
test("a grant that is replaced alone is lost until the next apply, which verify tells; untaint spares that", async () => {
  profiled.deploy({});
  const grant = profiled.addressOf("auth0_client_grant");
  const grants = async () => {
    const { client_id } = await profiled.clientNamed("Progressive Profiling");
    return (await profiled.tenant.request("GET", `/api/v2/client-grants?client_id=${client_id}`)).body.length;
  };
  const terraform = (...args: string[]) =>
    TerraformProcess.start(profiled.workspace.directory, profiled.tenant.env, ...args).ended;

  await terraform("taint", grant);
  await terraform("untaint", grant);
  expect(profiled.workspace.plan().changes).toEqual({});

  await terraform("taint", grant);
  profiled.workspace.apply();
  expect(await grants()).toBe(0);
  const project = new VerifiedProject(profiled.tenant, profiled.workspace);
  expect(project.findings()).toEqual([
    expect.objectContaining({ address: grant, what: "is gone from the tenant", isPlanned: true }),
  ]);
  project.remove();
  profiled.workspace.apply();
  expect(await grants()).toBe(1);
});

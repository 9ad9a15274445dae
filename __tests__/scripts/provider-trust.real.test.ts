import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOOLCHAIN_FOLDER, toolchainEnv } from "../../scripts/toolchain";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";

const CONFIGURATION = `
terraform {
  required_providers {
    auth0 = { source = "auth0/auth0" }
  }
}
provider "auth0" {}
data "auth0_tenant" "this" {}
`;

// The registry's provider has no trust of its own: what is tested is the set-up's own build.
const { source } = JSON.parse(readFileSync(join(TOOLCHAIN_FOLDER, "stamps", "provider.json"), "utf8"));
const describeWhereBuilt = source === "built from its Go module" ? describe : describe.skip;

describeWhereBuilt("the provider that the set-up builds", () => {
  let folder: string;
  let tenant: LocalTenant;
  let other: LocalTenant;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "provider-trust-"));
    [tenant, other] = await Promise.all([startLocalTenant(), startLocalTenant()]);
    writeFileSync(join(folder, "main.tf"), CONFIGURATION);
    for (const [name, ca] of [
      ["own", tenant.ca],
      ["other", other.ca],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "authority.pem"), ca);
    }
    expect(terraform({}, "init").status).toBe(0);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([tenant?.stop(), other?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  function terraform(
    env: NodeJS.ProcessEnv,
    ...args: string[]
  ): { readonly status: number | null; readonly said: string } {
    const { TERRAFORM_BINARY_NAME: engine } = toolchainEnv();
    const { status, stdout, stderr } = spawnSync(engine, [...args, "-no-color"], {
      cwd: folder,
      env: { ...process.env, ...toolchainEnv(), ...tenant.env, ...env },
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  }

  const file = (name: string) => join(folder, name, "authority.pem");

  test("trusts the authority of SSL_CERT_FILE, with the system's out of the way", () => {
    const { status, said } = terraform({ SSL_CERT_FILE: file("own"), SSL_CERT_DIR: "/nonexistent" }, "plan");

    expect([status, said]).toEqual([0, expect.stringContaining("data.auth0_tenant.this: Read complete")]);
  });

  // On Linux Go reads both variables into the system's authorities: those are not asked then, as on macOS.
  test("trusts no other, whatever the system trusts", () => {
    const env = { SSL_CERT_FILE: file("other"), SSL_CERT_DIR: join(folder, "own") };

    const own = terraform(env, "plan");
    const system = terraform({ ...env, GODEBUG: "x509usefallbackroots=0" }, "plan");

    expect(own.said).toContain("certificate signed by unknown authority");
    expect([system.status, system.said]).toEqual([0, expect.stringContaining("data.auth0_tenant.this: Read complete")]);
  });

  test("trusts what the system does where the file can not be read, as Go does", () => {
    const env = { SSL_CERT_FILE: "/nonexistent/file", SSL_CERT_DIR: join(folder, "own") };

    expect(terraform(env, "plan").status).toBe(0);
  });
});

test.each([
  ["darwin", true, ["fromGoModule", "fromRegistry"]],
  ["darwin", false, ["fromRegistry", "fromGoModule"]],
  ["linux", true, ["fromRegistry", "fromGoModule"]],
] as const)("on %s, with Go: %s, the provider comes by %j", (platform, hasGo, ways) => {
  const module = JSON.stringify(join(TOOLCHAIN_FOLDER, "..", "scripts", "set-up", "provider.mjs"));
  const asked = `waysToObtain(${JSON.stringify(platform)}, ${hasGo}).map(({ name }) => name)`;
  const program = `import { waysToObtain } from ${module}; console.log(JSON.stringify(${asked}));`;

  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });

  expect(JSON.parse(stdout)).toEqual(ways);
});

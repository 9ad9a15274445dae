import { setTimeout } from "node:timers/promises";
import type { BuildLog, BuildStatus, Dependency } from "../../../tenant/documents/action";
import { configuredRegistry, Packages } from "../../../tenant/management/packages";
import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import { NpmRegistry } from "../../support/npm-registry";

const PASSES = "the build passes here, and may fail at Auth0";

/** What came of it, and how it stood on the way. */
async function looked(
  packages: Packages,
  ...dependencies: Dependency[]
): Promise<{ statuses: BuildStatus[]; log: BuildLog["lines"] }> {
  const statuses = new Set<BuildStatus>();
  for (;;) {
    const { status, log } = packages.look(dependencies);
    statuses.add(status);
    if (status === "built" || status === "failed") {
      return { statuses: [...statuses], log };
    }
    await setTimeout(5);
  }
}

describe("what an Action depends on", () => {
  let registry: NpmRegistry;
  const packages = () =>
    new Packages((scope) => configuredRegistry(scope, { ...process.env, npm_config_registry: registry.url }));
  beforeAll(async () => {
    registry = await NpmRegistry.start({
      "/lodash/4.17.21": 200,
      "/lodash/latest": 200,
      "/@scope%2fname/1.0.0": 200,
      "/slow/1.0.0": [503, 200],
      "/down/1.0.0": 503,
      "/private/1.0.0": 401,
    });
  });

  afterAll(async () => {
    await registry.stop();
  });

  test("nothing is built at once, and no registry is asked", async () => {
    expect(await looked(packages())).toEqual({ statuses: ["built"], log: [] });
  });

  test.each([
    ["lodash", "4.17.21"],
    ["lodash", "latest"],
    ["@scope/name", "1.0.0"],
  ])("%s@%s is in the registry: the build passes", async (name, version) => {
    expect(await looked(packages(), { name, version })).toEqual({ statuses: ["pending", "built"], log: [] });
  });

  test("a version that is not there fails the build, whatever else is there", async () => {
    const { statuses, log } = await looked(
      packages(),
      { name: "lodash", version: "4.17.21" },
      { name: "lodash", version: "99.0.0" },
    );

    expect(statuses.at(-1)).toBe("failed");
    expect(log).toEqual([`${registry.url} has no lodash@99.0.0: the build fails, as at Auth0`]);
  });

  test("what is no name fails the build and is not asked for", async () => {
    expect((await looked(packages(), { name: "../-/npm/v1", version: "1.0.0" })).log).toEqual([
      "../-/npm/v1@1.0.0 is no name of a package: the build fails",
    ]);
    expect(registry.asked.filter((path) => path.includes("npm"))).toEqual([]);
  });

  test("a registry that does not answer is tried again", async () => {
    const { statuses, log } = await looked(packages(), { name: "slow", version: "1.0.0" });

    expect([statuses.at(-1), log]).toEqual(["built", []]);
    expect(registry.asked.filter((path) => path === "/slow/1.0.0")).toHaveLength(2);
  });

  test.each([
    [
      { name: "down", version: "1.0.0" },
      "down@1.0.0 was not looked up, since REGISTRY can not be asked (it answers 503)",
    ],
    [
      { name: "private", version: "1.0.0" },
      "private@1.0.0 was not looked up, since REGISTRY can not be asked (it answers 401)",
    ],
    [{ name: "lodash", version: "^4.0.0" }, "lodash@^4.0.0 is no version or tag, and is not looked up"],
    [
      { name: "own", version: "1.0.0", registry_url: "https://npm.example.com" },
      "own@1.0.0 is of a registry of its own, which is not asked",
    ],
  ])("%j passes, and the log says why", async (dependency, said) => {
    const { statuses, log } = await looked(packages(), dependency);

    expect(statuses.at(-1)).toBe("built");
    expect(log).toEqual([`${said.replace("REGISTRY", registry.url)}: ${PASSES}`]);
  });
});

test("a registry whose address has a password is not asked, and the log has no password", async () => {
  const packages = new Packages(() =>
    configuredRegistry("", { ...process.env, npm_config_registry: "http://user:secret@127.0.0.1:1/" }),
  );

  expect((await looked(packages, { name: "lodash", version: "4.17.21" })).log).toEqual([
    `lodash@4.17.21 was not looked up, since the registry of npm can not be asked (ERR_INVALID_URL): ${PASSES}`,
  ]);
});

describe("an Action of the local tenant", () => {
  const started: { tenant?: LocalTenant; registry?: NpmRegistry } = {};

  afterEach(async () => {
    await started.tenant?.stop();
    await started.registry?.stop();
  });

  /** Makes an Action and waits until its build is over. */
  async function built(registry: string, dependencies: readonly Dependency[]) {
    started.tenant = await startLocalTenant({ npm_config_registry: registry });
    const { tenant } = started;
    const { body } = await tenant.request("POST", "/api/v2/actions/actions", {
      name: "Profiling",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: "exports.onExecutePostLogin = async () => {};",
      dependencies,
    });
    const path = `/api/v2/actions/actions/${body.id}`;
    const statuses = new Set<string>();
    for (;;) {
      const { status } = (await tenant.request("GET", path)).body;
      statuses.add(status);
      if (status === "built" || status === "failed") {
        return { tenant, path, statuses: [...statuses] };
      }
      await setTimeout(5);
    }
  }

  async function log(tenant: LocalTenant): Promise<string> {
    return (await fetch(`${tenant.env.ISSUER_BASE_URL}/_tenant/logs`)).text();
  }

  test("fails its build, and can not be deployed", async () => {
    started.registry = await NpmRegistry.start({});

    const { tenant, path, statuses } = await built(started.registry.url, [{ name: "crypto", version: "17.7.1" }]);

    expect(statuses.at(-1)).toBe("failed");
    expect(await tenant.request("POST", `${path}/deploy`)).toMatchObject({ status: 400 });
    expect(await log(tenant)).toContain("has no crypto@17.7.1: the build fails, as at Auth0");
  });

  test("is retrying while the registry is down, then passes with a line in the log", async () => {
    const { tenant, path, statuses } = await built("http://127.0.0.1:1/", [{ name: "crypto", version: "17.7.1" }]);

    expect(statuses.at(-1)).toBe("built");
    expect(await tenant.request("POST", `${path}/deploy`)).toMatchObject({ status: 200 });
    expect(await log(tenant)).toContain("crypto@17.7.1 was not looked up, since http://127.0.0.1:1/ can not be asked");
  });
});

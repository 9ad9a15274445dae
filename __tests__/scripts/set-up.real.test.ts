import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toolchainEnv } from "../../scripts/toolchain";
import { Copy, ENGINE, engine, GO, ROOT, readJson } from "../support/set-up-copy";

const STACK = `
const { App, TerraformStack } = require("cdktf");
const { Form } = require("@cdktf/provider-auth0/lib/form");
const { Auth0Provider } = require("@cdktf/provider-auth0/lib/provider");
const app = new App();
const stack = new TerraformStack(app, "stack");
new Auth0Provider(stack, "auth0", { domain: "localhost:1", apiToken: "none" });
new Form(stack, "form", { name: "form" });
app.synth();
`;

let copy: Copy;
beforeEach(() => {
  copy = new Copy();
});
afterEach(() => copy.remove());

describe("with everything in place", () => {
  beforeEach(() => {
    copy.takeToolchain();
    copy.program("terraform", `exec '${ENGINE}' "$@"`);
    expect(copy.setUp().status).toBe(0);
  });

  it("says one line, asks the engine for its version and does nothing else", () => {
    const started = performance.now();
    const { status, said } = copy.setUp();

    expect({ status, said }).toEqual({
      status: 0,
      said: [expect.stringMatching(/^set-up: (Terraform|OpenTofu) \S+ \(.+\), provider auth0\/auth0 \S+ \(.+\)$/)],
    });
    expect(copy.calls("terraform")).toEqual(["version", "version"]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("lets cdktf plan in a new folder without a network", () => {
    const app = join(copy.root, "app");
    mkdirSync(app);
    writeFileSync(join(app, "main.js"), STACK);
    const config = { language: "typescript", app: "node main.js", sendCrashReports: "false" };
    writeFileSync(join(app, "cdktf.json"), JSON.stringify(config));

    copy.program("node", `exec '${process.execPath}' "$@"`);

    // through a shell, as people do, in a folder with blanks and a quote in its name
    const commands = ". ../.toolchain/env && exec node ../node_modules/.bin/cdktf diff";
    const env = copy.env({ CI: "1" });
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", commands], { cwd: app, env, encoding: "utf8" });

    expect(stdout + stderr).toMatch(/Plan:\S* 1 to add, 0 to change, 0 to destroy/);
    expect(status).toBe(0);
    expect(toolchainEnv(copy.toolchain).TF_CLI_CONFIG_FILE).toBe(join(copy.toolchain, "terraform.rc"));
  }, 60_000);

  it("fails when the provider's binary was changed and cannot be had again, and takes it away", () => {
    appendFileSync(copy.provider("registry.opentofu.org"), "x");

    const { status, said } = copy.setUp();

    expect(status).toBe(1);
    expect(said[0]).toMatch(/registry\.opentofu\.org.* is not the file that was installed; installing it again$/);
    expect(said.join("\n")).toMatch(/no provider auth0\/auth0 \S+ to work with/);
    expect(existsSync(copy.provider("registry.opentofu.org"))).toBe(false);
  });

  it("makes a changed provider again where it can", () => {
    appendFileSync(copy.provider("registry.terraform.io"), "x");
    copy.program("go", GO);

    expect(copy.setUp().status).toBe(0);

    expect(readFileSync(copy.provider("registry.terraform.io"), "utf8")).toBe("built\n");
  });
});

describe("two at once, or one that was ended", () => {
  beforeEach(() => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("go", GO);
  });

  it("one builds, the other waits for it", async () => {
    const both = [copy.start(), copy.start()];

    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(copy.calls("go")).toHaveLength(1);
    expect(copy.setUp().said).toHaveLength(1);
  });

  it("takes over from one that was killed, whose half is not used", async () => {
    const { pid, ended } = copy.start();
    while (copy.calls("go").length === 0) {
      await sleep(20);
    }
    process.kill(pid, "SIGKILL");
    await ended;
    expect(readFileSync(join(copy.toolchain, "lock"), "utf8")).toContain(` ${pid} `);

    const { status } = copy.setUp();

    expect(status).toBe(0);
    expect(copy.calls("go")).toHaveLength(2);
    expect(readdirSync(copy.toolchain).sort()).toEqual(["env", "env.json", "providers", "stamps", "terraform.rc"]);
  });

  it("gives way to Ctrl-C at once", async () => {
    const { pid, ended } = copy.start();
    while (copy.calls("go").length === 0) {
      await sleep(20);
    }
    process.kill(pid, "SIGINT");

    expect(await ended).toBe(1);
    expect(existsSync(join(copy.toolchain, "lock"))).toBe(false);
  });
});

describe("before anything else", () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const setUpFor = (node: string) => {
    const file = join(copy.root, "package.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), engines: { node } }));
    return copy.setUp({}, ["--packages"]);
  };

  it.each([
    ["older than all", `^${major + 1}.0 || >=${major + 2}.0`],
    ["too old in its line", `^${major - 2}.0 || ^${major}.${minor + 1} || >=${major + 2}.0`],
    ["between two lines", `^${major - 1}.0 || >=${major + 1}.0`],
    ["newer than the last line", `^${major - 1}.99`],
  ])("fails when this Node is %s, and has made nothing", (_case, engines) => {
    expect(setUpFor(engines)).toEqual({
      status: 1,
      said: [`set-up: Node ${engines} is needed, this is ${process.versions.node}; see https://nodejs.org/en/download`],
    });
    expect(existsSync(copy.toolchain)).toBe(false);
  });

  it.each([
    ["the oldest of its line", `^${major}.${minor} || >=${major + 2}.0`],
    ["newer in its line", `^${major}.0`],
    ["of a newer line", `^${major - 2}.0 || >=${major - 1}.99`],
  ])("goes on when this Node is %s", (_case, engines) => {
    expect(setUpFor(engines)).toEqual({ status: 0, said: [""] });
  });

  it("fails when package.json's engines are written otherwise", () => {
    expect(setUpFor("20 || 22")).toEqual({
      status: 1,
      said: ['set-up: package.json: engines.node must read "^major.minor || >=major.minor", got "20 || 22"'],
    });
  });

  it("fails when the terminal that cdktf uses does not load", () => {
    const packages = join(copy.root, "node_modules");
    rmSync(packages);
    mkdirSync(packages);
    cpSync(join(ROOT, "node_modules", ".package-lock.json"), join(packages, ".package-lock.json"));

    expect(copy.setUp()).toEqual({
      status: 1,
      said: [
        `set-up: @cdktf/node-pty-prebuilt-multiarch does not load with Node ${process.versions.node} on ` +
          `${process.platform}-${process.arch} (Error: Cannot find module '@cdktf/node-pty-prebuilt-multiarch'); ` +
          "use Linux with glibc or macOS, on x64 or arm64, and let npm install optional packages",
      ],
    });
  });

  it("fails when an argument is unknown", () => {
    expect(copy.setUp({}, ["--package"])).toEqual({
      status: 1,
      said: ["set-up: unknown argument --package; only --packages and --tests are known"],
    });
  });

  it("--packages asks for no engine", () => {
    expect(copy.setUp({}, ["--packages"])).toEqual({ status: 0, said: [""] });
  });

  it("installs the packages again when they are not those of package-lock.json, and shows npm's words when it fails", () => {
    copy.program("npm", "echo npm error no such network >&2; exit 1");
    const file = join(copy.root, "package-lock.json");
    writeFileSync(file, readFileSync(file, "utf8").replace(/"integrity": "sha512-.{4}/, '"integrity": "sha512-AAAA'));

    const { status, said } = copy.setUp();

    expect(status).toBe(1);
    expect(said.at(-1)).toBe("npm error no such network");
    expect(copy.calls("npm")).toEqual([expect.stringMatching(/^ci /)]);
  });
});

it("package-lock.json names the packages of every platform, or npm ci fails on the others", () => {
  type Package = { optionalDependencies?: Record<string, string> };
  const { packages } = readJson<{ packages: Record<string, Package> }>("package-lock.json");
  const paths = Object.keys(packages);

  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !paths.some((other) => other.endsWith(`node_modules/${name}`)))
      .map((name) => `${path} wants ${name}`),
  );

  expect(missing).toEqual([]);
});

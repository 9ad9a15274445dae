import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toolchainEnv } from "../../scripts/toolchain";

const ROOT = join(__dirname, "..", "..");
const ENGINE = toolchainEnv().TERRAFORM_BINARY_NAME;
const VERSION = readJson<{ version: string }>("provider-auth0/package.json").version;
const PLATFORM =
  readdirSync(join(ROOT, ".toolchain", "providers", "registry.terraform.io", "auth0", "auth0", VERSION))[0] ?? "";
const GO_AT_HAND = spawnSync("/bin/sh", ["-c", "command -v go"], { encoding: "utf8" }).stdout.trim();
const NO_NETWORK = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", GOPROXY: "off" };

/** Answers `version` as the real ones do; any other command fails. */
const engine = (product: string, version: string, rest = "exit 1") =>
  `[ "$1" = version ] && printf '${product} v${version}\\non ${PLATFORM}\\n' && exit 0\n${rest}`;

/** Takes a while, as the real one does, and writes something into the file that follows -o. */
const GO = `while [ "$1" != -o ]; do shift; done
sleep 1
mkdir -p "$(dirname "$2")" && echo built > "$2"`;

/** Leaves a provider where \`init\` leaves it, and says how it was authenticated. */
const init = (authentication: string) => `
folder=.terraform/providers/registry.terraform.io/auth0/auth0/${VERSION}/${PLATFORM}
mkdir -p $folder && echo downloaded > $folder/terraform-provider-auth0_v${VERSION}
echo "- Installed auth0/auth0 v${VERSION} (${authentication})"`;

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

describe("the engine", () => {
  beforeEach(() => copy.takeToolchain());

  it("fails when there is none, and says what was tried and what to install", () => {
    expect(copy.setUp()).toEqual({
      status: 1,
      said: [
        "set-up: no Terraform and no OpenTofu to work with",
        "  - terraform is not on PATH",
        "  - tofu is not on PATH",
        "  - OpenTofu cannot be built: go is not on PATH",
        "Install one of these and run the command again:",
        "  Terraform 1.5 or newer   https://developer.hashicorp.com/terraform/install",
        "  OpenTofu 1.6 or newer    https://opentofu.org/docs/intro/install/",
        "  Go, to build OpenTofu    https://go.dev/doc/install",
      ],
    });
  });

  it.each([
    ["nowhere", 'set-up: TERRAFORM_BINARY_NAME is "nowhere", but nowhere is not on PATH'],
    ["/no/terraform", 'set-up: TERRAFORM_BINARY_NAME is "/no/terraform", but /no/terraform is no program'],
    [
      "liar",
      /^set-up: TERRAFORM_BINARY_NAME is "liar", but \S.+liar version does not answer as Terraform or OpenTofu do/,
    ],
    ["broken", /^set-up: TERRAFORM_BINARY_NAME is "broken", but \S.+broken version ended with 3$/],
    [
      "old",
      /^set-up: TERRAFORM_BINARY_NAME is "old", but \S.+old is Terraform 1\.4\.7, and 1\.5 is the oldest that works$/,
    ],
  ])("fails when TERRAFORM_BINARY_NAME is %s, whatever else there is", (name, message) => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("liar", "echo liar 1.11.4");
    copy.program("broken", "echo out of order >&2; exit 3");
    copy.program("old", engine("Terraform", "1.4.7"));

    const { status, said } = copy.setUp({ TERRAFORM_BINARY_NAME: name });

    expect(status).toBe(1);
    expect(said[0]).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("is what TERRAFORM_BINARY_NAME says, before terraform on PATH", () => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("my-tofu", engine("OpenTofu", "1.6.0"));

    expect(copy.setUp({ TERRAFORM_BINARY_NAME: "my-tofu" }).said.at(-1)).toMatch(/^set-up: OpenTofu 1\.6\.0 /);
    expect(toolchainEnv(copy.toolchain).TERRAFORM_BINARY_NAME).toBe(join(copy.programs, "my-tofu"));
  });

  it("is tofu where terraform is too old, which is said", () => {
    copy.program("terraform", engine("Terraform", "1.4.7"));
    copy.program("tofu", engine("OpenTofu", "1.11.5"));

    const { said } = copy.setUp();

    expect(said[0]).toMatch(/terraform is Terraform 1\.4\.7, and 1\.5 is the oldest that works$/);
    expect(said.at(-1)).toMatch(/^set-up: OpenTofu 1\.11\.5 /);
  });

  it("is built again when the one that we built was changed, also where .toolchain/env names it", () => {
    const tofu = join(copy.toolchain, "bin", "tofu");
    copy.program(
      "go",
      GO.replace("echo built", `printf '#!/bin/sh\\necho OpenTofu v1.11.5; echo on ${PLATFORM}\\n'`) +
        ' && chmod +x "$2"',
    );
    const env = { TERRAFORM_BINARY_NAME: tofu };
    expect(copy.setUp(env).said.at(-1)).toContain(`OpenTofu 1.11.5 (${tofu})`);
    expect(copy.setUp(env).said).toHaveLength(1);
    appendFileSync(tofu, "echo more");

    const { status, said } = copy.setUp(env);

    expect(said[0]).toMatch(/bin\/tofu is not the file that was installed; installing it again$/);
    expect(status).toBe(0);
    expect(copy.calls("go")).toHaveLength(2);
    expect(readFileSync(tofu, "utf8")).not.toContain("more");
  });
});

describe("the provider", () => {
  it("comes from the registry when the engine verified its signature", () => {
    copy.program(
      "terraform",
      engine("Terraform", "1.11.4", init("signed by a HashiCorp partner, key ID 0123456789ABCDEF")),
    );

    const { status, said } = copy.setUp();

    expect(status).toBe(0);
    expect(said.at(-1)).toContain("registry.terraform.io, signed by a HashiCorp partner, key ID 0123456789ABCDEF");
    for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
      expect(readFileSync(copy.provider(host), "utf8")).toBe("downloaded\n");
    }
  });

  it("fails when nobody signed the registry's and there is no Go", () => {
    copy.program("terraform", engine("Terraform", "1.11.4", init("unauthenticated")));

    const { status, said } = copy.setUp();

    expect(status).toBe(1);
    expect(said).toContain("  - the registry's package bears no signature");
    expect(said).toContain("  - go is not on PATH");
    expect(said.at(-1)).toBe("  Go, to build the provider   https://go.dev/doc/install");
    expect(existsSync(join(copy.toolchain, "providers"))).toBe(false);
  });

  it("is built where the registry does not answer, and why it did not is said in one line", () => {
    copy.program("terraform", `exec '${ENGINE}' "$@"`);
    copy.program("go", GO);

    const { status, said } = copy.setUp();

    expect(status).toBe(0);
    expect(said).toContainEqual(
      expect.stringMatching(/^set-up: the registry does not give it: \S.*proxyconnect tcp: dial tcp 127\.0\.0\.1:9/),
    );
    expect(said.at(-1)).toMatch(/built from its Go module/);
    expect(copy.calls("go")[0]).toMatch(/^build -mod=readonly -trimpath /);
  });

  // where there is no Go, the provider comes from the registry
  (GO_AT_HAND === "" ? it.skip : it)("fails when a Go module is not the one of go.sum", () => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("go", `exec '${GO_AT_HAND}' "$@"`);
    const sums = join(copy.root, "scripts", "provider", "go.sum");
    const wrong = readFileSync(sums, "utf8").replaceAll(/(terraform-provider-auth0 \S+) h1:.{8}/g, "$1 h1:AAAAAAAA");
    writeFileSync(sums, wrong);

    const { GOPROXY, HTTPS_PROXY, HTTP_PROXY } = process.env;
    const network = { GOPROXY, HTTPS_PROXY, HTTP_PROXY };
    const own = { TERRAFORM_BINARY_NAME: undefined, PATH: copy.programs };
    const { status, said } = copy.setUp({ ...process.env, ...network, ...own });

    expect(status).toBe(1);
    expect(said.join("\n")).toMatch(/checksum mismatch|SECURITY ERROR/);
  });
});

describe("what only tests use", () => {
  beforeEach(() => {
    copy.takeToolchain();
    copy.program("terraform", engine("Terraform", "1.11.4"));
  });

  const build = () =>
    copy.program(
      "go",
      `${GO}\nprintf '#!/bin/sh\\necho OpenTofu v1.11.5; echo on ${PLATFORM}\\n' > "$2" && chmod +x "$2"`,
    );
  const commands = () => copy.calls("go").map((call) => call.split(" ").at(-1));

  it("is not made without --tests", () => {
    build();

    expect(copy.setUp().status).toBe(0);
    expect(copy.calls("go")).toEqual([]);
  });

  it("is built by --tests, once, and again when it was changed", () => {
    build();

    expect(copy.setUp({}, ["--tests"]).status).toBe(0);
    expect(copy.setUp({}, ["--tests"]).said).toHaveLength(1);
    expect(commands()).toEqual(["github.com/versity/versitygw/cmd/versitygw", "github.com/opentofu/opentofu/cmd/tofu"]);

    appendFileSync(join(copy.toolchain, "bin", "versitygw"), "more");
    const { said } = copy.setUp({}, ["--tests"]);
    expect(said[0]).toMatch(/bin\/versitygw is not the file that was installed; installing it again$/);
    expect(commands().at(-1)).toBe("github.com/versity/versitygw/cmd/versitygw");
  });

  it("leaves OpenTofu alone where that is the engine", () => {
    build();
    copy.program("tofu", engine("OpenTofu", "1.11.5"));

    expect(copy.setUp({ TERRAFORM_BINARY_NAME: "tofu" }, ["--tests"]).status).toBe(0);
    expect(commands()).toEqual(["github.com/versity/versitygw/cmd/versitygw"]);
  });

  it("is left out where there is no Go, which is said", () => {
    const { status, said } = copy.setUp({}, ["--tests"]);

    expect(status).toBe(0);
    expect(said[0]).toBe(
      "set-up: go is not on PATH: the tests that need an S3 server or an OpenTofu of ours are skipped",
    );
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

/** What the set-up works on, in a folder whose name needs quoting, with no programs but those that a test gives it. */
class Copy {
  readonly root = join(mkdtempSync(join(tmpdir(), "set-up-")), "it's a copy");
  readonly toolchain = join(this.root, ".toolchain");
  readonly programs = join(this.root, "programs");

  constructor() {
    mkdirSync(this.programs, { recursive: true });
    for (const path of ["package.json", "package-lock.json", "provider-auth0/package.json", "scripts"]) {
      cpSync(join(ROOT, path), join(this.root, path), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"));
  }

  /** The provider that this repository uses. */
  takeToolchain(): void {
    for (const path of ["providers", join("stamps", "provider.json")]) {
      cpSync(join(ROOT, ".toolchain", path), join(this.toolchain, path), { recursive: true });
    }
  }

  provider(host: string): string {
    const folder = join(this.toolchain, "providers", host, "auth0", "auth0", VERSION, PLATFORM);
    return join(folder, `terraform-provider-auth0_v${VERSION}`);
  }

  program(name: string, script: string): void {
    const text = `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@" >> "$0.log"\n${script}\n`;
    writeFileSync(join(this.programs, name), text, { mode: 0o755 });
  }

  /** The arguments of each call of a program. */
  calls(name: string): string[] {
    const file = join(this.programs, `${name}.log`);
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  env(additions: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { HOME: this.root, PATH: this.programs, ...NO_NETWORK, ...additions };
  }

  setUp(env: NodeJS.ProcessEnv = {}, args: readonly string[] = []): { status: number | null; said: string[] } {
    const { status, stderr } = spawnSync(process.execPath, [join(this.root, "scripts", "set-up.mjs"), ...args], {
      env: this.env(env),
      encoding: "utf8",
    });
    return { status, said: stderr.trimEnd().split("\n") };
  }

  start(): { pid: number; ended: Promise<number | null> } {
    const script = join(this.root, "scripts", "set-up.mjs");
    const child = spawn(process.execPath, [script], { env: this.env(), stdio: "ignore" });
    if (child.pid === undefined) {
      throw new Error("the set-up did not start");
    }
    return { pid: child.pid, ended: new Promise((done) => child.once("close", done)) };
  }

  remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;
}

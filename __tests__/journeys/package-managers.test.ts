import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RepositoryCopy } from "../support/repository-copy";

/** npm's own versions install it in `node-versions.test.ts`. */
const MANAGERS: readonly {
  readonly name: string;
  /** Its package, whose scripts run: Bun's fetches the binary. */
  readonly packaged: readonly [name: string, version: string];
  readonly env?: Readonly<Record<string, string>>;
}[] = [
  { name: "pnpm 10", packaged: ["pnpm", "10.34.9"] },
  { name: "pnpm 12", packaged: ["pnpm", "12.21.0"] },
  { name: "Yarn 1", packaged: ["yarn", "1.22.22"] },
  {
    name: "Yarn 4 with node_modules",
    packaged: ["@yarnpkg/cli-dist", "4.18.1"],
    env: { YARN_NODE_LINKER: "node-modules" },
  },
  { name: "Yarn 4 with Plug'n'Play", packaged: ["@yarnpkg/cli-dist", "4.18.1"], env: { YARN_NODE_LINKER: "pnp" } },
  { name: "Bun", packaged: ["bun", "1.4.5"] },
];

const CONSUMER = `
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Auth0Provider, ProgressiveProfiling } from "auth0-progressive-profiling";
import { Client } from "auth0-progressive-profiling/provider-auth0/client";
import { Form } from "auth0-progressive-profiling/provider-auth0/form";
import { TerraformStack, Testing } from "cdktf";

const stack = new TerraformStack(Testing.app(), "portal");
new Auth0Provider(stack, "auth0");
const { form } = new ProgressiveProfiling(stack, "profiling");
new Client(stack, "portal", { name: "Portal" });
const fromLibrary = createRequire(require.resolve("auth0-progressive-profiling"));
const synthesised = Testing.synth(stack, true);
const seen = {
  resources: Object.keys(JSON.parse(synthesised).resource),
  found: Testing.toHaveResource(synthesised, Form.tfResourceType),
  sameForm: form.form instanceof Form,
  sameCdktf: fromLibrary("cdktf") === require("cdktf"),
  sameConstructs: fromLibrary("constructs") === require("constructs"),
};
writeFileSync("seen.json", JSON.stringify(seen));
`;

const folder = mkdtempSync(join(tmpdir(), "package-managers-"));
const clone = new RepositoryCopy();
let tarball: string;

// Caches of this run alone: Yarn 1 takes a changed tarball of the same name from its cache.
const environment = {
  ...process.env,
  XDG_CACHE_HOME: join(folder, "cache"),
  XDG_DATA_HOME: join(folder, "data"),
  XDG_STATE_HOME: join(folder, "state"),
  YARN_CACHE_FOLDER: join(folder, "yarn"),
  YARN_GLOBAL_FOLDER: join(folder, "yarn-global"),
  YARN_ENABLE_TELEMETRY: "0",
  // there is no lock file yet, also in CI
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  BUN_INSTALL_CACHE_DIR: join(folder, "bun"),
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
};

/** Runs a command to its end. @throws with all that it said, when it fails */
function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = environment): string {
  try {
    return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
  }
}

function writeJson(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content));
}

afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("npm packs on a fresh clone: what it builds with is installed first, also where nothing is to be written", () => {
  const tried = run("npm", ["pack", "--json", "--dry-run", "--workspace", "tenant"], clone.folder);
  run("npm", ["pack", "--pack-destination", folder], clone.folder);

  expect(tried).toContain('"dist/tenant/cli.js"');
  tarball = join(folder, "auth0-progressive-profiling-0.1.0.tgz");
}, 300_000);

describe.each(MANAGERS)("with $name", ({ name, packaged: [packageName, version], env }) => {
  const project = join(folder, name.replace(/\W+/g, "-"));
  const own = join(folder, "managers", `${packageName}-${version}`);
  const manager = (...args: string[]) =>
    run(join(own, "node_modules", ".bin", packageName.startsWith("@yarnpkg/") ? "yarn" : packageName), args, project, {
      ...environment,
      ...env,
    });

  beforeAll(() => {
    mkdirSync(own, { recursive: true });
    writeJson(join(own, "package.json"), {
      private: true,
      dependencies: { [packageName]: version },
      allowScripts: { [packageName]: true },
    });
    run("npm", ["install"], own);

    mkdirSync(project);
    copyFileSync(tarball, join(project, "packed.tgz"));
    writeJson(join(project, "package.json"), {
      name: "portal",
      private: true,
      scripts: { synth: "tsc && node main.js", review: "auth0-progressive-profiling review --help" },
      dependencies: { "auth0-progressive-profiling": "file:./packed.tgz", cdktf: "0.21.0", constructs: "10.7.2" },
      devDependencies: { "@types/node": "^20", typescript: "5.9.3" },
    });
    writeJson(join(project, "tsconfig.json"), {
      compilerOptions: { target: "es2022", module: "commonjs", strict: true },
    });
    writeFileSync(join(project, "main.ts"), CONSUMER);
    manager("install");
  }, 180_000);

  test("a stack is type checked and synthesised, with one cdktf and the bindings of the constructs", () => {
    manager("run", "synth");

    expect(JSON.parse(readFileSync(join(project, "seen.json"), "utf8"))).toEqual({
      resources: [
        "auth0_action",
        "auth0_client",
        "auth0_client_credentials",
        "auth0_client_grant",
        "auth0_flow",
        "auth0_flow_vault_connection",
        "auth0_form",
        "auth0_trigger_action",
      ],
      found: true,
      sameForm: true,
      sameCdktf: true,
      sameConstructs: true,
    });
  }, 60_000);

  test("the review's command starts", () => {
    expect(manager("run", "review")).toContain(
      "auth0-progressive-profiling review PLAN.json [PLAN.json ...] [options]\n",
    );
  }, 60_000);
});

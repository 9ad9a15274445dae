import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTS, MIRROR, terraformEnv } from "./cli-configuration.mjs";
import { ROOT, TOOLCHAIN, WORK } from "./folders.mjs";
import { buildGoModule } from "./go-module.mjs";
import { say, step } from "./progress.mjs";
import { run, which } from "./run.mjs";
import { refusal, SetUpError } from "./set-up-error.mjs";
import { installed, writeStamp } from "./stamp.mjs";

/** @typedef {import("./engine.mjs").Engine} Engine */

/** The source of a provider that trusts what SSL_CERT_FILE names, on every system. */
export const BUILT = "built from its Go module";

/**
 * Puts auth0/auth0 into the mirror, in the version of provider-auth0/package.json and no other: from the registry, else
 * built from its Go module; on macOS the other way around, as only what is built trusts a local tenant there.
 *
 * @param {Engine} engine
 * @returns {Promise<{ version: string, source: string }>}
 * @throws {SetUpError} saying what was tried and what to install
 */
export async function installProvider(engine) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(ROOT, "provider-auth0", "package.json"), "utf8"));
  const { platform } = engine;
  const stamped = `${version} ${platform} ${ownPart()}`;
  const stamp = installed("provider", stamped);
  if (stamp !== undefined) {
    return { version, source: stamp.source };
  }

  // what is of another version, or not as it was installed, is not left to be used
  rmSync(join(TOOLCHAIN, MIRROR), { recursive: true, force: true });
  const { package: folder, source } = await obtain(engine, version);
  const mirror = join(WORK, "mirror");
  const paths = HOSTS.map((host) => join(host, "auth0", "auth0", version, platform));
  for (const path of paths) {
    cpSync(folder, join(mirror, path), { recursive: true });
  }
  renameSync(mirror, join(TOOLCHAIN, MIRROR));
  const files = paths.flatMap((path) => readdirSync(folder).map((file) => join(MIRROR, path, file)));
  writeStamp("provider", { version: stamped, source, paths: files });
  return { version, source };
}

/**
 * @param {Engine} engine
 * @param {string} version
 */
async function obtain(engine, version) {
  const refusals = [];
  const attempts = waysToObtain(process.platform, which("go") !== undefined);
  for (const attempt of attempts) {
    try {
      return await attempt(engine, version);
    } catch (error) {
      refusals.push(refusal(error));
      if (attempt !== attempts.at(-1)) {
        say(refusal(error));
      }
    }
  }
  throw new SetUpError(
    [
      `no provider auth0/auth0 ${version} to work with`,
      ...refusals.map((text) => `  - ${text}`),
      "Make the registry reachable (HTTPS_PROXY is honoured) or install Go, and run the command again:",
      "  Go, to build the provider   https://go.dev/doc/install",
    ].join("\n"),
  );
}

/**
 * The better one first.
 *
 * @param {NodeJS.Platform} platform
 * @param {boolean} hasGo
 */
export function waysToObtain(platform, hasGo) {
  return platform === "darwin" && hasGo ? [fromGoModule, fromRegistry] : [fromRegistry, fromGoModule];
}

/** What of the provider is our own: another one is another build. */
function ownPart() {
  const source = readFileSync(join(ROOT, "scripts", "provider", "main.go"));
  return createHash("sha256").update(source).digest("hex").slice(0, 8);
}

/**
 * The engine verifies the registry's signature of the package; one that nobody signed, or just anybody, is refused. `init` and not
 * `providers mirror`, which leaves a zip file that every later `init` unpacks again.
 *
 * @param {Engine} engine
 * @param {string} version
 */
async function fromRegistry(engine, version) {
  const folder = join(WORK, "registry");
  mkdirSync(folder);
  const requirement = { terraform: { required_providers: { auth0: { source: "auth0/auth0", version } } } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(requirement));
  const configuration = join(folder, "terraform.rc");
  // not the folders below the home folder that Terraform looks into by itself
  writeFileSync(configuration, "provider_installation {\n  direct {}\n}\n");
  const env = terraformEnv({
    TF_CLI_CONFIG_FILE: configuration,
    // so that without a network we know it in a few seconds
    TF_REGISTRY_DISCOVERY_RETRY: "0",
    TF_REGISTRY_CLIENT_TIMEOUT: "5",
  });
  const args = ["init", "-backend=false", "-no-color", "-input=false"];
  const printed = await step(`fetching the provider auth0/auth0 ${version} from the registry`, () =>
    run(engine.binary, args, { cwd: folder, env }).catch((error) => {
      throw new SetUpError(`the registry does not give it: ${whatTerraformSays(refusal(error))}`);
    }),
  );
  const [, signature] = /Installed auth0\/auth0 \S+ \((signed[^()]*key ID[^()]*)\)/.exec(printed) ?? [];
  if (signature === undefined) {
    throw new SetUpError(`the registry's package bears no signature\n${printed.trim()}`);
  }
  const [host = ""] = readdirSync(join(folder, ".terraform", "providers"));
  return {
    package: join(folder, ".terraform", "providers", host, "auth0", "auth0", version, engine.platform),
    source: `${host}, ${signature}`,
  };
}

/**
 * The paragraph below the heading of its first error, in one line.
 *
 * @param {string} printed
 */
function whatTerraformSays(printed) {
  const [, paragraph] = /Error: .+\n\n([\s\S]+?)(?:\n\n|$)/.exec(printed) ?? [];
  return paragraph?.replaceAll(/\s+/g, " ").trim() ?? printed;
}

/**
 * @param {Engine} engine
 * @param {string} version
 */
async function fromGoModule({ platform }, version) {
  const folder = join(WORK, "go");
  const what = {
    title: `the provider auth0/auth0 ${version}`,
    folder: "provider",
    command: ".",
    ldflags: `-X github.com/auth0/terraform-provider-auth0/internal/config.version=${version}`,
    platform,
  };
  await buildGoModule(what, join(folder, `terraform-provider-auth0_v${version}`));
  return { package: folder, source: BUILT };
}

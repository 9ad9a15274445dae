import { spawn, spawnSync } from "node:child_process";
import {
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
import { toolchainEnv } from "../../scripts/toolchain";

export const ROOT = join(__dirname, "..", "..");
export const ENGINE = toolchainEnv().TERRAFORM_BINARY_NAME;
export const VERSION = readJson<{ version: string }>("provider-auth0/package.json").version;
export const PLATFORM =
  readdirSync(join(ROOT, ".toolchain", "providers", "registry.terraform.io", "auth0", "auth0", VERSION))[0] ?? "";

const NO_NETWORK = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", GOPROXY: "off" };

/** Answers `version` as the real ones do; any other command fails. */
export const engine = (product: string, version: string, rest = "exit 1") =>
  `[ "$1" = version ] && printf '${product} v${version}\\non ${PLATFORM}\\n' && exit 0\n${rest}`;

/** Takes a while, as the real one does, and writes something into the file that follows -o. */
export const GO = `while [ "$1" != -o ]; do shift; done
sleep 1
mkdir -p "$(dirname "$2")" && echo built > "$2"`;

/** What the set-up works on, in a folder whose name needs quoting, with no programs but those that a test gives it. */
export class Copy {
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

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;
}

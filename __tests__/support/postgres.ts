import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Debian's folders, newest first, then what is on PATH. */
const FOLDERS = [
  process.env.POSTGRES_BIN ?? "",
  ...versions("/usr/lib/postgresql").map((version) => join("/usr/lib/postgresql", version, "bin")),
  ...(process.env.PATH ?? "").split(delimiter),
];

/** Where PostgreSQL's programs are; undefined where there are none. */
export const postgresFolder = FOLDERS.find((folder) => folder !== "" && existsSync(join(folder, "initdb")));

/** A PostgreSQL of its own: a new cluster in a temporary folder, reached by a socket in it and by nothing else. */
export class Postgres {
  static async start(): Promise<Postgres> {
    // a socket's path has 107 bytes at most, and macOS has long temporary folders
    const folder = mkdtempSync(join(tmpdir(), "pg-"));
    const owner = user();
    if (owner.uid !== undefined) {
      chownSync(folder, owner.uid, owner.gid ?? owner.uid);
    }
    chmodSync(folder, 0o700);
    const data = join(folder, "data");
    const options = { ...owner, cwd: folder, stdio: "pipe", env: { ...process.env, LC_ALL: "C" } } as const;
    execFileSync(
      program("initdb"),
      ["--no-sync", "--auth=trust", "--username=owner", "--encoding=UTF8", data],
      options,
    );
    const settings = ["-c", "listen_addresses=", "-c", "fsync=off"];
    const child = spawn(program("postgres"), ["-D", data, "-k", folder, ...settings], options);
    const postgres = new Postgres(folder, child);
    await postgres.ready();
    return postgres;
  }

  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  /** For `PG_CONN_STR`. */
  connStr(role = "owner"): string {
    return `postgres:///postgres?host=${encodeURIComponent(this.folder)}&user=${role}&sslmode=disable`;
  }

  /** The rows that a statement gives, columns separated by `|`. */
  sql(statement: string, role = "owner"): string[] {
    const args = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", this.folder, "-U", role, "-d", "postgres"];
    const printed = execFileSync(program("psql"), [...args, "-c", statement], {
      ...user(),
      cwd: "/",
      encoding: "utf8",
      stdio: "pipe",
    });
    return printed.split("\n").filter((line) => line !== "");
  }

  async stop(): Promise<void> {
    const ended = once(this.server, "close");
    // the quick way: sessions are ended
    this.server.kill("SIGINT");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    let said = "";
    this.server.stderr?.setEncoding("utf8").resume();
    await new Promise<void>((done, fail) => {
      this.server.stderr?.on("data", (text) => {
        said += text;
        if (said.includes("ready to accept connections")) {
          done();
        }
      });
      this.server.once("error", fail);
      this.server.once("close", () => fail(new Error(`PostgreSQL did not start:\n${said}`)));
    });
  }
}

function program(name: string): string {
  if (postgresFolder === undefined) {
    throw new Error("there is no PostgreSQL; apt-get install postgresql");
  }
  return join(postgresFolder, name);
}

/** PostgreSQL refuses to be run by root. */
function user(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function versions(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder).sort((one, other) => Number(other) - Number(one));
}

import { type ChildProcess, spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { S3StateBackend } from "../../lib";
import { TOOLCHAIN_FOLDER } from "../../scripts/toolchain";
import { freePort } from "./free-port";

const BINARY = join(TOOLCHAIN_FOLDER, "bin", "versitygw");
const REGION = "us-east-1";

/** Where the S3 server is; undefined where the set-up did not build it. */
export const s3ServerBinary = existsSync(BINARY) ? BINARY : undefined;

/** Whose requests these are. */
export interface S3Account {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Reply {
  readonly status: number;
  readonly body: string;
}

export interface S3RequestOptions {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that speaks Amazon S3's protocol, on loopback, whose buckets are folders. */
export class S3Server {
  static async start(): Promise<S3Server> {
    if (s3ServerBinary === undefined) {
      throw new Error("there is no S3 server; run: node scripts/set-up.mjs --tests");
    }
    const folder = mkdtempSync(join(tmpdir(), "s3-"));
    for (const name of ["buckets", "metadata", "versions", "accounts"]) {
      mkdirSync(join(folder, name));
    }
    const owner = { accessKeyId: "owner", secretAccessKey: "secret-of-owner" };
    const port = await freePort();
    const posix = ["posix", "--sidecar", join(folder, "metadata"), "--versioning-dir", join(folder, "versions")];
    const child = spawn(
      s3ServerBinary,
      [
        "--quiet",
        "--port",
        `127.0.0.1:${port}`,
        "--iam-dir",
        join(folder, "accounts"),
        ...posix,
        join(folder, "buckets"),
      ],
      {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ROOT_ACCESS_KEY_ID: owner.accessKeyId, ROOT_SECRET_ACCESS_KEY: owner.secretAccessKey },
      },
    );
    const server = new S3Server(folder, child, port, owner);
    await server.ready();
    return server;
  }

  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    private readonly port: number,
    readonly owner: S3Account,
  ) {}

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The backend that puts a state into a bucket of this server. */
  backend(bucket: string): S3StateBackend {
    return {
      type: "s3",
      bucket,
      region: REGION,
      endpoints: { s3: this.endpoint },
      usePathStyle: true,
      skipCredentialsValidation: true,
      skipMetadataApiCheck: true,
      skipRequestingAccountId: true,
    };
  }

  /** What the backend needs in the environment. */
  environment({ accessKeyId, secretAccessKey }: S3Account = this.owner): Readonly<Record<string, string>> {
    return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  }

  /** The object as it lies on the server's disk; undefined where there is none. */
  object(bucket: string, key: string): string | undefined {
    const file = join(this.folder, "buckets", bucket, key);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  async createBucket(name: string): Promise<void> {
    await this.done("PUT", `/${name}`);
  }

  /**
   * Keeps what is replaced. In such a bucket this server takes a deleted object for one that is there when it is asked to
   * create it only if it is not, as Terraform asks for its lock, and does not show what replaces it; Amazon does:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   */
  async createBucketWithVersions(name: string): Promise<void> {
    await this.createBucket(name);
    const body =
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
    await this.done("PUT", `/${name}`, { query: "versioning=", body });
  }

  /** Adds an account, which may do what the buckets' policies say and nothing else. */
  async createAccount(account: S3Account): Promise<void> {
    const { accessKeyId, secretAccessKey } = account;
    const body = `<Account><Access>${accessKeyId}</Access><Secret>${secretAccessKey}</Secret><Role>user</Role></Account>`;
    await this.done("PATCH", "/create-user", { body });
  }

  async putPolicy(bucket: string, policy: unknown): Promise<void> {
    await this.done("PUT", `/${bucket}`, { query: "policy=", body: JSON.stringify(policy) });
  }

  /** A request, signed with AWS's signature version 4. */
  async request(
    method: string,
    path: string,
    options: S3RequestOptions = {},
    as: S3Account = this.owner,
  ): Promise<S3Reply> {
    const { query = "", body = "" } = options;
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
    const headers: Record<string, string> = {
      host: `127.0.0.1:${this.port}`,
      "x-amz-content-sha256": sha256(body),
      "x-amz-date": time,
      ...options.headers,
    };
    const names = Object.keys(headers).sort();
    const canonical = [
      ...[method, path, query, ...names.map((name) => `${name}:${headers[name]}`), ""],
      ...[names.join(";"), headers["x-amz-content-sha256"]],
    ].join("\n");
    const scope = [time.slice(0, 8), REGION, "s3", "aws4_request"];
    const key = scope.reduce<string | Buffer>(hmac, `AWS4${as.secretAccessKey}`);
    const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n")).toString(
      "hex",
    );
    const credential = `Credential=${as.accessKeyId}/${scope.join("/")}`;
    headers.authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
    delete headers.host;
    const reply = await fetch(`${this.endpoint}${path}${query === "" ? "" : `?${query}`}`, {
      method,
      headers,
      ...(body === "" ? {} : { body }),
    });
    return { status: reply.status, body: await reply.text() };
  }

  async stop(): Promise<void> {
    const ended = once(this.server, "close");
    this.server.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async done(method: string, path: string, options?: S3RequestOptions): Promise<void> {
    const { status, body } = await this.request(method, path, options);
    if (status >= 300) {
      throw new Error(`the S3 server answers ${method} ${path} with ${status}: ${body}`);
    }
  }

  private async ready(): Promise<void> {
    let said = "";
    this.server.stderr?.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    while (
      !(await fetch(this.endpoint).then(
        () => true,
        () => false,
      ))
    ) {
      if (this.server.exitCode !== null) {
        throw new Error(`the S3 server did not start:\n${said}`);
      }
      await sleep(20);
    }
  }
}

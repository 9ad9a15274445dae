import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";
import { Application, type ApplicationClient } from "./application";
import { createClient, createUser } from "./login-set-up";
import { type HttpReply, send } from "./tenant-process";
import { Visitor } from "./visitor";

const PASSWORD = "correct horse 1A";
const REALM = "http://auth0.com/oauth/grant-type/password-realm";

/** A tenant in a folder, an application that may do what applications may, and a person who can log in to it. */
export class AttackedTenant {
  private constructor(
    readonly folder: string,
    readonly tenant: LocalTenant,
    readonly application: Application,
    readonly client: ApplicationClient,
    /** Of the person. */
    readonly userId: string,
    /** Of somebody else. */
    readonly otherId: string,
  ) {}

  static async start(): Promise<AttackedTenant> {
    const folder = mkdtempSync(join(tmpdir(), "attacked-"));
    const args = ["--port", "0", "--data", folder];
    const [tenant, application] = await Promise.all([
      LocalTenant.start(args, join(folder, "env")),
      Application.start(),
    ]);
    const client = await createClient(tenant, application, {
      grant_types: ["authorization_code", "refresh_token", "password", REALM],
    });
    const userId = await createUser(tenant, "person@example.com", PASSWORD);
    const otherId = await createUser(tenant, "other@example.com", PASSWORD);
    return new AttackedTenant(folder, tenant, application, client, userId, otherId);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tenant.stop(), this.application.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get audience(): string {
    return `https://${this.tenant.domain}/api/v2/`;
  }

  /** Asks the Management API with that token; `path` is below `/api/v2`. A text is sent as it is. */
  async api(token: string, method: string, path: string, body?: unknown): Promise<HttpReply> {
    return send(`https://${this.tenant.domain}/api/v2${path}`, this.tenant.ca, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  /** What the person gets for their password. */
  async tokensByPassword(scope: string): Promise<HttpReply["body"]> {
    const { body } = await this.tenant.request("POST", "/oauth/token", {
      grant_type: REALM,
      realm: "Username-Password-Authentication",
      username: "person@example.com",
      password: PASSWORD,
      client_id: this.client.client_id,
      client_secret: this.client.client_secret,
      audience: this.audience,
      scope,
    });
    return body;
  }

  /** What the person gets who logs in at the application. */
  async tokensByLogin(scope: string): Promise<HttpReply["body"]> {
    const visitor = new Visitor(this.tenant.env.ISSUER_BASE_URL);
    const login = this.application.begin(this.tenant, this.client, {
      ...{ audience: this.audience, scope, nonce: undefined },
    });
    const page = await visitor.visit(login.url);
    const end = await visitor.submit(page, { username: "person@example.com", password: PASSWORD });
    return (await this.application.exchange(this.tenant, this.client, login, end.url)).body;
  }

  /** A person logs in at the application, and sees this. */
  async seenAtLogin(): Promise<{ readonly status: number; readonly html: string; readonly milliseconds: number }> {
    const visitor = new Visitor(this.tenant.env.ISSUER_BASE_URL);
    const page = await visitor.visit(this.application.begin(this.tenant, this.client).url);
    const begun = performance.now();
    const { status, html } = await visitor.submit(page, { username: "person@example.com", password: PASSWORD });
    return { status, html, milliseconds: performance.now() - begun };
  }
}

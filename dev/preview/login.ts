import { randomBytes } from "node:crypto";
import type { LocalTenant } from "../local-tenant";
import type { Metadata } from "./person";

const CONNECTION = "Username-Password-Authentication";

/** A login that stands where the person would be asked something, or at its end. */
export interface BegunLogin {
  /** Where the browser goes on. */
  readonly url: string;
  /** What it needs there, as `Set-Cookie` gives it: cookies of this machine know no ports. */
  readonly cookies: readonly string[];
}

/** Logs people in as an application of its own, by the pages that everybody sees. */
export class Logins {
  private client: Promise<string> | undefined;

  /** @param callback where a login ends */
  constructor(
    private readonly tenant: LocalTenant,
    private readonly callback: string,
  ) {}

  /** Makes somebody who is known by this, and logs in as them: a real login, up to its first question. */
  async begin(known: Metadata): Promise<BegunLogin> {
    this.client ??= this.makeClient();
    const client_id = await this.client;
    const email = `person-${randomBytes(4).toString("hex")}@example.com`;
    const password = `${randomBytes(12).toString("base64url")}aA1!`;
    const { body: user } = await this.sent("POST", "users", { connection: CONNECTION, email, password, ...known });
    const query = new URLSearchParams({
      client_id,
      response_type: "code",
      redirect_uri: this.callback,
      scope: "openid profile email",
      state: user.user_id,
      nonce: randomBytes(8).toString("hex"),
      prompt: "login",
    });
    return new Walk(this.tenant.env.ISSUER_BASE_URL).logIn(`/authorize?${query}`, { username: email, password });
  }

  private async makeClient(): Promise<string> {
    const { body: client } = await this.sent("POST", "clients", {
      name: "auth0-progressive-profiling dev",
      app_type: "regular_web",
      callbacks: [this.callback],
      grant_types: ["authorization_code"],
      oidc_conformant: true,
      jwt_configuration: { alg: "RS256" },
    });
    const { body: connections } = await this.sent("GET", `connections?name=${CONNECTION}`);
    const enabled = [{ client_id: client.client_id, status: true }];
    await this.sent("PATCH", `connections/${connections[0].id}/clients`, enabled);
    return client.client_id;
  }

  private async sent(method: string, path: string, body?: unknown) {
    const reply = await this.tenant.request(method, `/api/v2/${path}`, body);
    if (reply.status >= 400) {
      throw new Error(`the tenant answers ${reply.status} to ${method} ${path}: ${reply.body?.message}`);
    }
    return reply;
  }
}

/** A browser as far as a login needs one, up to the page that a person is to see. */
class Walk {
  private readonly jar = new Map<string, string>();
  private readonly cookies: string[] = [];

  constructor(private readonly origin: string) {}

  async logIn(path: string, credentials: Readonly<Record<string, string>>): Promise<BegunLogin> {
    const login = await this.visit(`${this.origin}${path}`);
    const action = /<form[^>]* action="([^"]*)"/.exec(login.page)?.[1]?.replaceAll("&amp;", "&");
    const hidden = [...login.page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    if (action === undefined) {
      throw new Error(`the login began with no form, at ${login.url}`);
    }
    const posted = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
    const body = new URLSearchParams({ ...posted, action: "next", ...credentials });
    const { url } = await this.visit(new URL(action, login.url).href, { method: "POST", body });
    return { url, cookies: this.cookies };
  }

  /** Follows redirects as long as they stay at the tenant. */
  private async visit(url: string, init: RequestInit = {}): Promise<{ readonly url: string; readonly page: string }> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.push(set);
      this.jar.set(name, value);
    }
    if (response.status >= 400) {
      throw new Error(`the tenant's login answers ${response.status} to ${url}`);
    }
    const location = response.headers.get("location");
    const target = location === null ? undefined : new URL(location, url).href;
    if (target?.startsWith(`${this.origin}/`)) {
      await response.body?.cancel();
      return this.visit(target);
    }
    return { url: target ?? url, page: target === undefined ? await response.text() : "" };
  }
}

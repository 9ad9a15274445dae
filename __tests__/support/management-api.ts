import { Hono } from "hono";
import { Ids } from "../../tenant/documents/ids";
import { Store } from "../../tenant/documents/store";
import { FAMILIES } from "../../tenant/management";
import type { Services } from "../../tenant/management/family";
import { MANAGEMENT_API_SCOPES } from "../../tenant/management/management-api";
import { Packages } from "../../tenant/management/packages";
import { managementApi } from "../../tenant/management/router";
import { seed } from "../../tenant/seed";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined where the reply has no body. */
  // biome-ignore lint/suspicious/noExplicitAny: who asks knows what the reply looks like
  readonly body: any;
}

/** The Management API of a new tenant in memory, behind a gate that lets everybody in with the scopes that the test names. */
export class InMemoryManagementApi {
  readonly store = new Store();
  /** Scopes that requests used, in their order. */
  readonly used: string[] = [];
  now = new Date("2026-01-01T00:00:00.000Z");
  private scopes: readonly string[] = MANAGEMENT_API_SCOPES;
  private readonly api;

  constructor() {
    const services: Services = {
      store: this.store,
      ids: new Ids(),
      clock: () => this.now,
      issuer: "https://localhost:9443/",
      domain: "localhost:9443",
      signingCertificate: "a certificate",
      packages: new Packages(async () => ""),
    };
    seed(services);
    const api = managementApi(FAMILIES, services, {
      authenticate: async () => ({ clientId: "tester", scopes: this.scopes }),
      admit: () => undefined,
      used: (_, scope) => this.used.push(scope),
    });
    this.api = new Hono().route("/api/v2", api);
  }

  /** Asks with all scopes, or only with these; `path` is below `/api/v2`. */
  async request(method: string, path: string, body?: unknown, scopes = MANAGEMENT_API_SCOPES): Promise<Answer> {
    this.scopes = scopes;
    const response = await this.api.request(`/api/v2${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  }
}

import { Application, type ApplicationClient, type BegunLogin } from "./application";
import { type LocalTenant, startLocalTenant } from "./local-tenant";
import { createClient, createUser } from "./login-set-up";
import { type VisitedPage, Visitor } from "./visitor";

export const PASSWORD = "correct horse 1A";

/** A tenant, an application with a client of its own, and the people who log in to it. */
export class Logins {
  private users = 0;

  constructor(
    readonly tenant: LocalTenant,
    readonly application: Application,
    readonly client: ApplicationClient,
  ) {}

  static async start<Kind extends Logins>(this: new (...parts: ConstructorParameters<typeof Logins>) => Kind) {
    const [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
    return new this(tenant, application, await createClient(tenant, application));
  }

  async stop(): Promise<void> {
    await Promise.all([this.tenant.stop(), this.application.stop()]);
  }

  /** Where the tenant's pages are: `http://localhost:port`. */
  get pages(): string {
    return this.tenant.env.ISSUER_BASE_URL;
  }

  /** A new user and their browser. */
  async newPerson(): Promise<{ visitor: Visitor; email: string; id: string }> {
    this.users += 1;
    const email = `person${this.users}@example.com`;
    return { visitor: new Visitor(this.pages), email, id: await createUser(this.tenant, email, PASSWORD) };
  }

  async logIn(visitor: Visitor, email: string, login: BegunLogin, password = PASSWORD): Promise<VisitedPage> {
    return visitor.submit(await visitor.visit(login.url), { username: email, password });
  }

  /** The parameters that the application got. */
  answerAt({ url }: VisitedPage): Record<string, string> {
    expect(url.startsWith(`${this.application.callback}?`)).toBe(true);
    return Object.fromEntries(new URL(url).searchParams);
  }

  async userOf(id: string) {
    return (await this.tenant.request("GET", `/api/v2/users/${encodeURIComponent(id)}`)).body;
  }
}

import type { FlowAction } from "auth0-forms";
import type { Form } from "../../tenant/documents/form";
import type { Message } from "../../tenant/documents/message";
import { Application, type ApplicationClient } from "./application";
import { type LocalTenant, startLocalTenant } from "./local-tenant";
import { bindActions, createClient, createUser } from "./login-set-up";
import { type VisitedPage, Visitor } from "./visitor";

/** A form with its flows, which it names by placeholders, as in `#FLOW-1#`; `#CONN-1#` is the Vault connection. */
export interface FormFixture {
  readonly form: Omit<Form, "id" | "created_at" | "updated_at">;
  readonly flows: Readonly<Record<string, { readonly name: string; readonly actions: readonly FlowAction[] }>>;
}

export interface DeployedForm {
  readonly id: string;
  /** Ids of the flows, by their placeholders. */
  readonly flows: Readonly<Record<string, string>>;
}

const PASSWORD = "correct horse 1A";
const AUDIENCE = (domain: string) => `https://${domain}/api/v2/`;

/** A local tenant and an application whose people meet one form at a login, until it is changed. */
export class FormTenant {
  private people = 0;
  private connection: string | undefined;

  private constructor(
    readonly tenant: LocalTenant,
    readonly application: Application,
    private readonly client: ApplicationClient,
  ) {}

  /** @param args of the tenant's command */
  static async start(...args: readonly string[]): Promise<FormTenant> {
    const [tenant, application] = await Promise.all([startLocalTenant(...args), Application.start()]);
    return new FormTenant(tenant, application, await createClient(tenant, application));
  }

  async stop(): Promise<void> {
    await Promise.all([this.tenant.stop(), this.application.stop()]);
  }

  get pages(): string {
    return this.tenant.env.ISSUER_BASE_URL;
  }

  /** @param rendered the Action's `fields` and `vars`, and what it does when the form is done */
  async deploy(
    { form, flows }: FormFixture,
    rendered: { readonly fields?: object; readonly vars?: object; readonly continued?: string } = {},
  ): Promise<DeployedForm> {
    this.connection ??= await this.vaultConnection();
    const ids: Record<string, string> = {};
    for (const [placeholder, flow] of Object.entries(flows)) {
      const written = JSON.stringify(flow).replaceAll("#CONN-1#", this.connection);
      ids[placeholder] = (await this.created("flows", JSON.parse(written))).id;
    }
    const written = Object.entries(ids).reduce((text, [one, id]) => text.replaceAll(one, id), JSON.stringify(form));
    const { id } = await this.created("forms", JSON.parse(written));
    const { fields = {}, vars = {}, continued = "" } = rendered;
    await bindActions(this.tenant, {
      name: "form",
      code: `exports.onExecutePostLogin = async (event, api) => {
        api.prompt.render(${JSON.stringify(id)}, ${JSON.stringify({ fields, vars })});
      };
      exports.onContinuePostLogin = async (event, api) => {${continued}};`,
    });
    return { id, flows: ids };
  }

  /** A new person before the first page that the form shows them. */
  async visitor(): Promise<{ readonly visitor: Visitor; readonly page: VisitedPage; readonly id: string }> {
    const email = this.newEmail();
    const id = await createUser(this.tenant, email, PASSWORD);
    const visitor = new Visitor(this.pages);
    const login = await visitor.visit(this.application.begin(this.tenant, this.client).url);
    return { visitor, id, page: await visitor.submit(login, { username: email, password: PASSWORD }) };
  }

  /** Where a login of the application begins. */
  loginUrl(parameters: Readonly<Record<string, string>> = {}): string {
    return this.application.begin(this.tenant, this.client, parameters).url;
  }

  newEmail(): string {
    this.people += 1;
    return `person${this.people}@example.com`;
  }

  /** What lies in the outbox, oldest first. */
  async messages(): Promise<readonly Message[]> {
    return (await this.control<{ messages: Message[] }>("messages")).messages;
  }

  async control<T>(path: string): Promise<T> {
    const response = await fetch(`${this.pages}/_tenant/${path}`);
    return (await response.json()) as T;
  }

  async user(id: string) {
    return (await this.tenant.request("GET", `/api/v2/users/${encodeURIComponent(id)}`)).body;
  }

  private async vaultConnection(): Promise<string> {
    const { tenant } = this;
    const client = await this.created("clients", {
      name: "Flows",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
    });
    const audience = AUDIENCE(tenant.domain);
    const scope = ["read:users", "update:users", "update:users_app_metadata"];
    await this.created("client-grants", { client_id: client.client_id, audience, scope });
    const { client_id, client_secret } = client;
    const setup = { type: "OAUTH_APP", client_id, client_secret, domain: tenant.domain, audience };
    return (await this.created("flows/vault/connections", { name: "Flows", app_id: "AUTH0", setup })).id;
  }

  private async created(path: string, body: object) {
    const reply = await this.tenant.request("POST", `/api/v2/${path}`, body);
    if (reply.status !== 201) {
      throw new Error(`POST ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    return reply.body;
  }
}

import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { Logins, PASSWORD } from "./logins";
import { Workspace } from "./terraform";
import { type VisitedPage, Visitor } from "./visitor";

/** Logins to a tenant that the real engine deploys to. */
export class DeployedLogins extends Logins {
  readonly workspace = new Workspace(this.tenant.env);

  override async stop(): Promise<void> {
    this.workspace.remove();
    await super.stop();
  }

  synth(props: ProgressiveProfilingProps): void {
    this.workspace.synth((stack) => {
      new ProgressiveProfiling(stack, "profiling", props);
    });
  }

  deploy(props: ProgressiveProfilingProps): void {
    this.synth(props);
    this.workspace.apply();
  }

  /** Somebody comes with a browser that knows nothing of former logins, and so proves who they are, or signs up. */
  async come(email: string, isNew = false): Promise<{ readonly visitor: Visitor; readonly page: VisitedPage }> {
    const visitor = new Visitor(this.pages);
    const { url } = this.application.begin(this.tenant, this.client, isNew ? { screen_hint: "signup" } : {});
    const credentials = { [isNew ? "email" : "username"]: email, password: PASSWORD };
    return { visitor, page: await visitor.submit(await visitor.visit(url), credentials) };
  }

  isIn({ url }: VisitedPage): boolean {
    return url.startsWith(this.application.callback);
  }

  /** Ids of the fields that a page has. */
  askedFor({ html }: VisitedPage): readonly string[] {
    return [...new Set([...html.matchAll(/name="field\.(\w+)/g)].map(([, name = ""]) => name))];
  }

  // biome-ignore lint/suspicious/noExplicitAny: a user as the Management API tells it
  async userWith(email: string): Promise<any> {
    const { body } = await this.tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
    return body[0];
  }
}

import type { FlowAction } from "auth0-forms";
import type { Profiling } from "../../review/profiling";
import type { Form } from "../../tenant/documents/form";
import type { Json } from "../../tenant/documents/json";
import { promptOf, startJourney, submitStep } from "../../tenant/forms/entrances";
import type { Journey, JourneyServices } from "../../tenant/forms/journey";
import { Outside } from "../../tenant/forms/outside";
import { libraryAction, type PostLoginAction } from "./library-action";

/** What somebody answers to everything. */
export const ANSWER = "1";
const NOW = "2026-01-01T00:00:00.000Z";

type Metadata = Record<string, Json>;

/** The login page's own code, with one user, who signs up at the present time: what it shows is what a person sees. */
export class AskingTenant implements JourneyServices {
  user: Readonly<Record<string, Json>> & { readonly user_metadata: Metadata; readonly app_metadata: Metadata };
  private readonly published: Form;
  private logins = 0;
  private id = 0;

  constructor(
    private readonly profiling: Profiling,
    private readonly action: PostLoginAction = libraryAction("ap_1", profiling.action?.metadataKeys ?? ["nothing"]),
  ) {
    const { start, nodes, ending } = profiling.form;
    this.published = { id: "ap_1", name: "", created_at: NOW, updated_at: NOW, start, nodes, ending } as Form;
    this.user = { user_id: "auth0|1", created_at: new Date().toISOString(), user_metadata: {}, app_metadata: {} };
  }

  readonly ids = { uuid: () => `id-${++this.id}` };
  readonly outside = new Outside();
  readonly vaultConnection = () => undefined;
  readonly clock = () => new Date();
  readonly form = () => this.published;
  readonly record = () => undefined;
  readonly context = () => ({ user: this.user });
  readonly flow = (id: string) => {
    const flow = this.profiling.flows.get(id);
    return flow && { id, name: flow.name, actions: flow.actions as FlowAction[], created_at: NOW, updated_at: NOW };
  };
  readonly managementRequest: JourneyServices["managementRequest"] = async (_connection, _method, _path, body) => {
    const { user_metadata, app_metadata, ...attributes } = body as Record<string, Json>;
    this.user = {
      ...this.user,
      ...attributes,
      user_metadata: merged(this.user.user_metadata, user_metadata as Metadata | undefined),
      app_metadata: merged(this.user.app_metadata, app_metadata as Metadata | undefined),
    };
    return { status: 200, body: this.user };
  };

  /** One login: the Action, then the form, then the Action again. */
  async login(): Promise<readonly string[]> {
    this.logins += 1;
    const event = {
      client: { client_id: "shop" },
      connection: { name: "google-oauth2" },
      request: {},
      stats: { logins_count: this.logins },
      transaction: { protocol: "oidc-basic-profile" },
      user: this.user,
    };
    const opened: { vars?: Record<string, Json> }[] = [];
    const prompt = { render: (_: string, options = {}) => opened.push(options) };
    await this.action.onExecutePostLogin(event, { prompt });
    const [options] = opened;
    if (options === undefined) {
      return [];
    }
    const steps: string[] = [];
    let journey: Journey = await startJourney(this, { formId: "ap_1", ...options });
    while (journey.position.at === "step" && !steps.includes(journey.position.id)) {
      const { id } = journey.position;
      steps.push(id);
      journey = await submitStep(this, journey, id, new URLSearchParams(this.answers(id)));
    }
    await this.action.onContinuePostLogin(
      { ...event, user: this.user, prompt: promptOf(this.published, journey) },
      { user: { setUserMetadata: this.setter("user_metadata"), setAppMetadata: this.setter("app_metadata") } },
    );
    return steps;
  }

  private setter(part: "user_metadata" | "app_metadata") {
    return (key: string, value: Json) => {
      this.user = { ...this.user, [part]: merged(this.user[part], { [key]: value }) };
    };
  }

  private answers(stepId: string): Record<string, string> {
    const node = this.published.nodes?.find(({ id }) => id === stepId);
    const components = node?.type === "STEP" ? (node.config?.components ?? []) : [];
    return Object.fromEntries(
      components.filter(({ category }) => category === "FIELD").map(({ id }) => [`field.${id}`, ANSWER]),
    );
  }
}

/** As the Management API merges: what is sent empty is erased. */
function merged(before: Metadata, changes: Metadata | undefined): Metadata {
  if (changes === undefined) {
    return before;
  }
  const all = Object.keys(changes).length === 0 ? {} : { ...before, ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

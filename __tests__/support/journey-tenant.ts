import type { FlowAction, FormComponent, FormNode, RouterRule } from "auth0-forms";
import type { Form } from "../../tenant/documents/form";
import type { Json } from "../../tenant/documents/json";
import { startJourney, submitStep } from "../../tenant/forms/entrances";
import type { Journey, JourneyRecord, JourneyServices } from "../../tenant/forms/journey";
import { Outside } from "../../tenant/forms/outside";

export const NOW = "2026-01-01T00:00:00.000Z";
export const FORM_ID = "ap_0000000000000000000001";
export const SAVE = "af_0000000000000000000001";

type Metadata = Record<string, Json>;

/** A tenant with one user, one form and some flows, and what it has recorded. */
export class Tenant implements JourneyServices {
  readonly records: JourneyRecord[] = [];
  readonly requests: Json[] = [];
  readonly flows = new Map<string, readonly FlowAction[]>([[SAVE, [updateUser(EVERY_ANSWER)]]]);
  metadata: Metadata = {};
  refusal: { status: number; body: Json } | undefined;
  now = new Date(NOW);
  private published: Form | undefined;
  private id = 0;

  constructor(form: Partial<Form>) {
    this.publish(form, NOW);
  }

  readonly ids = { uuid: () => `id-${++this.id}` };
  readonly outside = new Outside();
  readonly vaultConnection = () => undefined;
  readonly clock = () => this.now;
  readonly form = (id: string) => (id === FORM_ID ? this.published : undefined);
  readonly record = (entry: JourneyRecord) => void this.records.push(entry);
  readonly context = () => ({
    user: { user_id: "auth0|1", name: "Ana", user_metadata: this.metadata },
    transaction: { state: "hKFo2SBI" },
  });
  readonly flow = (id: string) => {
    const actions = this.flows.get(id);
    return actions && { id, name: "Save", actions, created_at: NOW, updated_at: NOW };
  };
  readonly managementRequest: JourneyServices["managementRequest"] = async (_connection, _method, _path, body) => {
    this.requests.push(body ?? null);
    if (this.refusal !== undefined) {
      return this.refusal;
    }
    Object.assign(this.metadata, (body as { user_metadata?: Metadata }).user_metadata);
    return { status: 200, body: { user_id: "auth0|1", user_metadata: this.metadata } };
  };

  publish(form: Partial<Form> | undefined, at: string): void {
    const ending = { resume_flow: true } as const;
    this.published = form && { id: FORM_ID, name: "Profile", ending, created_at: NOW, ...form, updated_at: at };
  }

  start(options: Partial<Parameters<typeof startJourney>[1]> = {}): Promise<Journey> {
    return startJourney(this, { formId: FORM_ID, ...options });
  }

  submit(journey: Journey, stepId: string, posted: Record<string, string> = {}): Promise<Journey> {
    // The login keeps it as JSON between two requests.
    const kept: Journey = JSON.parse(JSON.stringify(journey));
    return submitStep(this, kept, stepId, new URLSearchParams(posted));
  }

  recorded(type: JourneyRecord["type"]): JourneyRecord[] {
    return this.records.filter((entry) => entry.type === type);
  }
}

export const EVERY_ANSWER = {
  job_title: "{{fields.job_title}}",
  company_name: "{{fields.company_name}}",
  company_size: "{{fields.company_size}}",
  phone_number: "{{fields.phone_number.international_number}}",
};

export function updateUser(userMetadata: Record<string, Json>): FlowAction {
  const changes = { user_metadata: userMetadata };
  const params = { connection_id: "ac_1", user_id: "{{context.user.user_id}}", changes };
  return { id: "update_user", type: "AUTH0", action: "UPDATE_USER", params };
}

export function missing(key: string, nextNode: string): RouterRule {
  const operands: Json = [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }];
  return {
    id: `missing_${key}`,
    alias: `Missing ${key}`,
    condition: { operator: "AND", operands },
    next_node: nextNode,
  };
}

export function field(id: string, type = "TEXT", more: Partial<FormComponent> = {}): FormComponent {
  return { id, category: "FIELD", type, label: id, ...more };
}

export function button(type: string, id: string, config: Record<string, Json> = {}): FormComponent {
  return { id, category: "BLOCK", type, config: { text: id, ...config } };
}

export function step(id: string, nextNode: string, ...components: FormComponent[]): FormNode {
  return { id, type: "STEP", alias: id, config: { components, next_node: nextNode } };
}

export const flowNode = (id: string, flowId: string, nextNode: string): FormNode => ({
  id,
  type: "FLOW",
  config: { flow_id: flowId, next_node: nextNode },
});

export function options(...values: string[]): Json {
  return values.map((value) => ({ value, label: value }));
}

/** The article's form, as the dashboard's own template has it. */
export const ARTICLE: Partial<Form> = {
  start: { next_node: "router" },
  nodes: [
    {
      id: "router",
      type: "ROUTER",
      alias: "Check missing data",
      config: { rules: [missing("job_title", "profile"), missing("company_name", "company")], fallback: "$ending" },
    },
    step(
      "profile",
      "save",
      field("job_title", "TEXT", { required: true }),
      field("phone_number", "TEL", { config: { country_picker: true } }),
      button("NEXT_BUTTON", "next"),
    ),
    step(
      "company",
      "save",
      field("company_name", "TEXT", { required: true }),
      field("company_size", "DROPDOWN", { required: true, config: { options: options("1", "2-5") } }),
      button("NEXT_BUTTON", "next2"),
    ),
    flowNode("save", SAVE, "$ending"),
  ],
};

/** Three steps in a row, each with a text field of its name. */
export const THREE: Partial<Form> = {
  start: { next_node: "one" },
  nodes: [
    step("one", "two", field("a", "TEXT", { required: true }), button("JUMP_BUTTON", "skip", { next_node: "three" })),
    step("two", "three", field("b"), button("PREVIOUS_BUTTON", "back")),
    step("three", "$ending", field("c"), button("PREVIOUS_BUTTON", "back3")),
  ],
};

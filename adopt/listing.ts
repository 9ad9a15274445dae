import type { FormNode } from "auth0-forms";
import type { AdoptedAction, AdoptedForm, Inventory } from "./inventory";

/** What an inventory says of one thing. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly says: readonly string[];
}

/** What a tenant has, under a heading for each kind. */
export type Listing = Readonly<Record<string, readonly Listed[]>>;

export function listingOf(inventory: Inventory): Listing {
  const { forms, flows, connections, actions, clients, grants } = inventory;
  const nameOfFlow = new Map(flows.map(({ id, name }) => [id, name]));
  const nameOfConnection = new Map(connections.map(({ id, name }) => [id, name]));
  const nameOfForm = new Map(forms.map(({ id, document }) => [id, document.name]));
  const shows = (action: AdoptedAction) => action.forms.length > 0 || rendersForm(action);
  return {
    Forms: forms.map((form) => ({
      id: form.id,
      name: form.document.name,
      says: [
        asks(form),
        listed("runs", form.flows, nameOfFlow),
        users(
          "shown by",
          actions.filter(({ forms }) => forms.includes(form.id)),
        ),
      ],
    })),
    Flows: flows.map(({ id, name, actions: steps, connections: used }) => ({
      id,
      name,
      says: [
        steps.map(({ type, action }) => `${type} ${action}`).join(", ") || "does nothing",
        listed("by the Vault connection", used, nameOfConnection),
        users(
          "run by",
          forms.filter((form) => form.flows.includes(id)).map(({ document }) => document),
        ),
      ],
    })),
    "Vault connections": connections.map(({ id, name, appId, isReady }) => ({
      id,
      name,
      says: [
        `${appId}, ${isReady ? "ready" : "not set up"}`,
        users(
          "used by",
          flows.filter((flow) => flow.connections.includes(id)),
        ),
      ],
    })),
    "Actions that show forms": actions.filter(shows).map((action) => ({
      id: action.id,
      name: action.name,
      says: [
        action.forms.length > 0
          ? listed("shows", action.forms, nameOfForm)
          : "shows a form whose id is not in its code: choose it by --action",
        boundTo(action, inventory),
        action.secrets.length > 0 ? `secrets ${action.secrets.join(", ")}` : "",
        action.isDeployed ? "" : "its draft is not deployed",
      ],
    })),
    "Clients of the Management API": grants.map(({ clientId, scopes }) => ({
      id: clientId,
      name: clients.find(({ id }) => id === clientId)?.name ?? "",
      says: [scopesText(scopes)],
    })),
  };
}

/** A line for each thing. */
export function listingText(listing: Listing, domain: string): string {
  const groups = Object.entries(listing)
    .filter(([, items]) => items.length > 0)
    .map(([heading, items]) => {
      const lines = items.map(({ id, name, says }) => {
        return `  ${JSON.stringify(name)} (${id}): ${says.filter((part) => part !== "").join("; ")}`;
      });
      return [heading, ...lines].join("\n");
    });
  const end =
    listing.Forms?.length === 0
      ? `The tenant ${domain} has no forms.`
      : "To write a stack of a form: --form NAME --out FOLDER. Which client a Vault connection has, Auth0 does not tell.";
  return `${[...groups, end].join("\n\n")}\n`;
}

/** By its code: the id of the form may be a secret. */
function rendersForm({ code }: AdoptedAction): boolean {
  return /\bprompt\s*\.\s*render\b/.test(code);
}

const MANY_SCOPES = 12;

function scopesText(scopes: readonly string[]): string {
  if (scopes.length <= MANY_SCOPES) {
    return scopes.join(" ");
  }
  return `${scopes.length} scopes, ${scopes.includes("update:users") ? "with" : "without"} update:users`;
}

function asks({ document }: AdoptedForm): string {
  const steps = (document.nodes ?? []).filter((node) => node.type === "STEP");
  const count = steps.length === 1 ? "1 step that asks" : `${steps.length} steps that ask`;
  const fields = steps.flatMap(fieldsOf);
  return `${count} ${fields.length === 0 ? "nothing" : fields.join(", ")}`;
}

function fieldsOf(node: FormNode): readonly string[] {
  const { components = [] } = node.config as {
    readonly components?: readonly { readonly id: string; readonly category: string }[];
  };
  return components.filter(({ category }) => category === "FIELD").map(({ id }) => id);
}

function boundTo({ id }: AdoptedAction, { bindings }: Inventory): string {
  const places = bindings
    .filter(({ actionId }) => actionId === id)
    .map(({ trigger }) => {
      const ofTrigger = bindings.filter((binding) => binding.trigger === trigger);
      const place = ofTrigger.findIndex(({ actionId }) => actionId === id) + 1;
      return `${trigger}, ${place} of ${ofTrigger.length}`;
    });
  return places.length === 0 ? "bound to nothing" : `bound to ${places.join(" and ")}`;
}

function listed(verb: string, ids: readonly string[], names: ReadonlyMap<string, string>): string {
  return ids.length === 0 ? "" : `${verb} ${ids.map((id) => JSON.stringify(names.get(id))).join(", ")}`;
}

function users(verb: string, all: readonly { readonly name: string }[]): string {
  return all.length === 0 ? "" : `${verb} ${all.map(({ name }) => JSON.stringify(name)).join(", ")}`;
}

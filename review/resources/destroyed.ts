import type { Finding } from "../finding";
import { isRemade } from "../form/remade-forms";
import { codeSpan } from "../markdown/markdown-text";
import type { Resource, Snapshots } from "../plan/snapshot";
import type { ProfilingChange } from "../profiling";
import { type ResourceReview, subjectOf } from "./resources";

/** What of a progressive profiling stands in other resources than its form. */
const PARTS = new Set([
  "auth0_action",
  "auth0_client",
  "auth0_client_credentials",
  "auth0_client_grant",
  "auth0_flow",
  "auth0_flow_vault_connection",
  "auth0_trigger_action",
]);

/** Types whose resources are in the state only: no tenant has or loses them. */
const IN_THE_STATE_ONLY = /^(terraform_data$|null_resource$|random_|time_)/;

const OF_A_CLIENT = new Set(["auth0_client_credentials", "auth0_client_grant"]);

/** What it means for logins that the resource is gone. */
const MEANING = new Map(
  Object.entries({
    auth0_client_credentials: "Auth0 keeps the application, with the authentication method that it has by default",
    auth0_client_grant: "its client may not use the API any more",
    auth0_action: "logins do not run it any more",
    auth0_trigger_action: "logins do not run the Action any more",
    auth0_trigger_actions: "logins run none of the trigger's Actions any more",
    auth0_connection_client: "users of the connection can not log in to the application any more",
    auth0_connection_clients: "users of the connection can not log in to its applications any more",
    auth0_resource_server: "no token is issued for the API any more",
    auth0_connection: "its users can not log in any more, and those of a database connection are deleted",
    auth0_user: "the user and the answers in `user_metadata` are gone",
  }),
);

/** What something that the plan leaves can need to save answers. */
const NEEDED = new Set(["auth0_flow", "auth0_flow_vault_connection", "auth0_client", "auth0_client_grant"]);

/** What it means for logins that the resource is gone until it is made anew. */
const MEANING_OF_REPLACED = new Map(
  Object.entries({
    auth0_form: "its id changes; between the two, logins can not show it",
    auth0_flow: "its id changes; between the two, answers are not saved",
    auth0_flow_vault_connection: "its id changes; between the two, answers are not saved",
    auth0_client:
      "its client ID and secret change, and its grants are made anew; between the two, answers are not saved, and whoever else uses the old ones is locked out",
    auth0_client_credentials: "between the two, answers may not be saved",
    auth0_client_grant: "between the two, the client may not use the API, and answers are not saved",
    auth0_action: "between the two, logins do not run it",
    auth0_trigger_action: "it goes to the end of the trigger's Actions",
    auth0_connection: "its users can not log in, and those of a database connection are deleted",
  }),
);

/** What it means that the resource is another one from the apply on. */
const MEANING_OF_ROTATED = new Map(
  Object.entries({
    auth0_client: "its client ID and secret change, and whoever else uses the old ones is locked out",
    auth0_connection: "its users stay with the old one, and those of a database connection are deleted",
  }),
);

/** What is destroyed or made anew, and what that means; what goes with its form is told of once. */
export function destroyedFindings(
  resources: readonly ResourceReview[],
  profilings: readonly ProfilingChange[],
  snapshots: Snapshots,
): Finding[] {
  const destroyed = resources.filter(({ action, type }) => action === "destroy" && !IN_THE_STATE_ONLY.test(type));
  const forms = profilings.filter(({ before, after }) => before !== undefined && after === undefined);
  const isLastForm = forms.length > 0 && profilings.every(({ after }) => after === undefined);
  const withForms = isLastForm ? destroyed.filter(({ type }) => PARTS.has(type)) : [];
  const findings = forms.map(({ before }): Finding => {
    const name = codeSpan(before?.form.name ?? "");
    const parts = withForms.length > 0 ? ` with ${withForms.length} more resources of it` : "";
    return {
      kind: "destroy",
      where: before?.form.address ?? "",
      text: `The form ${name} is destroyed${parts}: no login asks its questions any more. Answers that were given stay in \`user_metadata\`.`,
    };
  });
  const remade = profilings.filter(isRemade);
  const remadeParts = remade.length === 0 ? [] : partsMadeAnew(resources);
  findings.push(...remade.map((change) => remadeFinding(change, remadeParts.length)));
  for (const resource of destroyed) {
    if (resource.type === "auth0_form" || withForms.includes(resource) || remadeParts.includes(resource)) {
      continue;
    }
    findings.push({
      kind: "destroy",
      where: resource.address,
      text: sentence(resource, "destroyed", goneMeaning(resource, snapshots)),
    });
  }
  const replaced = resources.filter(({ action }) => action === "replace");
  for (const resource of replaced) {
    // What a client's id stands in goes with it.
    const goesWithClient = replaced.some(
      ({ type, createsFirst }) => type === "auth0_client" && createsFirst === resource.createsFirst,
    );
    if (goesWithClient && OF_A_CLIENT.has(resource.type)) {
      continue;
    }
    findings.push(resource.createsFirst ? rotated(resource) : replacedFinding(resource));
  }
  return [...findings, ...forgotten(resources.filter(({ action }) => action === "forget"))];
}

function replacedFinding(resource: ResourceReview): Finding {
  const means = MEANING_OF_REPLACED.get(resource.type);
  return { kind: "replace", where: resource.address, text: sentence(resource, "destroyed and made anew", means) };
}

function rotated(resource: ResourceReview): Finding {
  const means = MEANING_OF_ROTATED.get(resource.type) ?? "its id changes";
  const what = "made anew, and the old one is destroyed once the new one is used";
  return { kind: "rotate", where: resource.address, text: sentence(resource, what, means) };
}

/** They are all listed among the resources. */
function forgotten(resources: readonly ResourceReview[]): Finding[] {
  const [first] = resources;
  if (first === undefined) {
    return [];
  }
  const text =
    resources.length === 1
      ? `${subjectOf(first)} is forgotten: it stays in the tenant as it is, and Terraform looks after it no more.`
      : `${resources.length} resources are forgotten: they stay in the tenant as they are, and Terraform looks after them no more.`;
  return [{ kind: "forget", where: resources.length === 1 ? first.address : "plan", text }];
}

/** What is destroyed under one address and made under another. */
function partsMadeAnew(resources: readonly ResourceReview[]): readonly ResourceReview[] {
  const made = resources.filter(({ action }) => action === "create");
  return resources
    .filter(({ type, action }) => PARTS.has(type) && action === "destroy")
    .filter(({ type, name }) => {
      const index = made.findIndex((other) => other.type === type && other.name === name);
      return index !== -1 && made.splice(index, 1).length > 0;
    });
}

function remadeFinding({ before, after }: ProfilingChange, parts: number): Finding {
  const [then, now] = [before?.form.address ?? "", after?.form.address ?? ""];
  const others = parts === 0 ? "" : `, and ${parts} more resources with it`;
  return {
    kind: "replace",
    where: now,
    text: `The form ${codeSpan(after?.form.name ?? "")} is destroyed and made anew under another address${others}: ${codeSpan(then)} → ${codeSpan(now)}. Its id changes; answers that were given stay in \`user_metadata\`. With a \`moved\` block for each of them nothing is destroyed.`,
  };
}

/** What it means that the resource is gone, for logins and for whatever the plan leaves that still uses it. */
function goneMeaning({ address, type }: ResourceReview, { tenant, planned }: Snapshots): string | undefined {
  const means = MEANING.get(type);
  const gone = tenant.get(address);
  if (gone === undefined || !NEEDED.has(type)) {
    return means;
  }
  const users = [...planned.values()].filter((resource) => uses(resource, gone));
  const told = users.map(
    (user) => `${subjectOf(user).replace(/^The/, "the")} needs it, and can not save answers any more`,
  );
  if (told.length === 0) {
    return means ?? "nothing that this plan leaves uses it";
  }
  return [...(means === undefined ? [] : [means]), ...told].join("; ");
}

function uses(resource: Resource, gone: Resource): boolean {
  switch (`${resource.type} ${gone.type}`) {
    case "auth0_form auth0_flow":
      return ["nodes", "ending"].some((name) => mentions(resource, name, gone.id));
    case "auth0_flow auth0_flow_vault_connection":
      return mentions(resource, "actions", gone.id);
    case "auth0_flow_vault_connection auth0_client":
      return resource.openSetUp.get("client_id") === gone.id;
    case "auth0_flow_vault_connection auth0_client_grant":
      return resource.openSetUp.get("client_id") === gone.text("client_id");
    default:
      return false;
  }
}

function mentions(resource: Resource, attribute: string, id: string): boolean {
  return resource.text(attribute)?.includes(JSON.stringify(id)) ?? false;
}

function sentence(resource: ResourceReview, what: string, means: string | undefined): string {
  return `${subjectOf(resource)} is ${what}${means === undefined ? "" : `: ${means}`}.`;
}

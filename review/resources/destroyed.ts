import type { Finding } from "../finding";
import { codeSpan } from "../markdown/markdown-text";
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

const OF_A_CLIENT = new Set(["auth0_client_credentials", "auth0_client_grant"]);

/** What it means for logins that the resource is gone. */
const MEANING = new Map(
  Object.entries({
    auth0_flow: "a step that leads to it can not save its answers",
    auth0_flow_vault_connection: "flows that use it can not write answers",
    auth0_client: "a Vault connection with its credentials can not write answers",
    auth0_client_credentials: "Auth0 keeps the application, with the authentication method that it has by default",
    auth0_client_grant: "its client may not use the API any more, and flows that write with it fail",
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

/** What is destroyed or made anew, and what that means; what goes with its form is told of once. */
export function destroyedFindings(
  resources: readonly ResourceReview[],
  profilings: readonly ProfilingChange[],
): Finding[] {
  const destroyed = resources.filter(({ action }) => action === "destroy");
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
  for (const resource of destroyed) {
    if (resource.type === "auth0_form" || withForms.includes(resource)) continue;
    findings.push({ kind: "destroy", where: resource.address, text: sentence(resource, "destroyed", MEANING) });
  }
  const replaced = resources.filter(({ action }) => action === "replace");
  // What a client's id stands in goes with it.
  const hasClient = replaced.some(({ type }) => type === "auth0_client");
  for (const resource of replaced) {
    if (hasClient && OF_A_CLIENT.has(resource.type)) continue;
    const what = "destroyed and made anew";
    findings.push({ kind: "replace", where: resource.address, text: sentence(resource, what, MEANING_OF_REPLACED) });
  }
  for (const resource of resources.filter(({ action }) => action === "forget")) {
    const text = `${subjectOf(resource)} is forgotten: it stays in the tenant, and Terraform looks after it no more.`;
    findings.push({ kind: "destroy", where: resource.address, text });
  }
  return findings;
}

function sentence(resource: ResourceReview, what: string, meaning: ReadonlyMap<string, string>): string {
  const means = meaning.get(resource.type);
  return `${subjectOf(resource)} is ${what}${means === undefined ? "" : `: ${means}`}.`;
}

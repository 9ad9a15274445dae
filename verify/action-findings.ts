import { apply, applyReplacing, type Finding } from "./finding";
import type { Item } from "./management-client";
import { formIds } from "./missing-findings";
import { ofType, type State } from "./state";
import type { Tenant } from "./tenant";

interface WithSecrets {
  readonly secrets?: readonly { readonly name: string }[];
  /** Of a state: those whose values it does not have. */
  readonly secrets_wo?: readonly { readonly name: string }[];
}

interface Version extends WithSecrets {
  readonly number?: number;
  readonly code?: string;
  readonly runtime?: string;
}

/**
 * Whether what is deployed of each Action is what the state says.
 *
 * The provider reads the draft back and nothing else: a deployment that failed shows in no plan.
 */
export function actionFindings(state: State, tenant: Tenant): readonly Finding[] {
  return ofType(state, "auth0_action").flatMap((resource): Finding[] => {
    const { address, id, values } = resource;
    const action = tenant.actions.get(id);
    if (action === undefined) {
      return [];
    }
    const finding = { kind: "action", address, id } as const;
    const different = differences(values, action);
    const lost = [...formIds({ code: deployedVersion(action)?.code, secrets: values.secrets })].filter(
      (form) => !state.ids.has(form) && !tenant.lists.auth0_form.some((listed) => listed.id === form),
    );
    return [
      ...(different.length > 0
        ? [{ ...finding, what: different.join("; "), remedy: applyReplacing(state, resource) }]
        : []),
      ...lost.map((form) => ({
        ...finding,
        what: `shows the form ${form}, which the tenant does not have`,
        remedy: `make the form, give its id to the Action, then ${apply(state)}`,
      })),
    ];
  });
}

/** Whether an Action shows a form, by the version that is deployed. */
export function showsForm(action: Item): boolean {
  return /\bprompt\s*\.\s*render\b/.test(String(deployedVersion(action)?.code ?? ""));
}

function deployedVersion(action: Item): Version | undefined {
  return action.deployed_version as Version | undefined;
}

function differences(values: Item, action: Item): readonly string[] {
  const status = String(action.status ?? "");
  const unbuilt = status === "built" ? [] : [`its draft is not built, its status is "${status}"`];
  if (values.deploy !== true) {
    return unbuilt;
  }
  const version = deployedVersion(action);
  if (version === undefined) {
    return [...unbuilt, "no version of it is deployed"];
  }
  const wanted = runtimeOf(values.runtime);
  const found = [
    ...(version.code === values.code ? [] : ["its code is not the state's"]),
    ...(isSame(secretNames(version), secretNames(values))
      ? []
      : [`its secrets are ${listOf(secretNames(version))}, the state's ${listOf(secretNames(values))}`]),
    ...(wanted === undefined || runtimeOf(version.runtime) === wanted
      ? []
      : [`it runs on ${runtimeOf(version.runtime)}, the state says ${wanted}`]),
  ];
  if (found.length === 0 && unbuilt.length === 0 && action.all_changes_deployed === false) {
    found.push("the draft has changes that it has not");
  }
  return found.length === 0
    ? unbuilt
    : [...unbuilt, `version ${version.number ?? "?"} is deployed: ${found.join(", ")}`];
}

function secretNames({ secrets, secrets_wo }: WithSecrets): readonly string[] {
  return [...(secrets ?? []), ...(secrets_wo ?? [])].map(({ name }) => name).sort();
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join("\n") === other.join("\n");
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

/** The API calls `node18` by another name than the provider. */
function runtimeOf(runtime: unknown): string | undefined {
  return typeof runtime === "string" && runtime !== "" ? runtime.replace(/-actions$/, "") : undefined;
}

import type { NodePointer } from "auth0-forms";
import { runAction } from "../actions/run-action";
import type { Action } from "../documents/action";
import { clockAhead } from "../documents/clock";
import { actionsIn, actionVersionsIn, clientsIn, formsIn, triggerBindingsIn } from "../documents/collections";
import { type Form, nodeOf } from "../documents/form";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import type { User } from "../documents/user";
import { ConditionError, holds } from "../forms/condition";
import { ExpressionError } from "../forms/expression-error";
import { LocalizedForm } from "../forms/localized-form";
import { contextVariable, formScope } from "../forms/scope";
import { type Login, postLoginEvent } from "../login/login-event";
import { loginsIn } from "../login/login-log";
import { connectionOf } from "../login/users";
import type { Services } from "../management/family";
import { stepName } from "./step-name";

/**
 * The steps to which the routers of the forms that Actions render lead for a user now, first to last.
 *
 * Undefined where only the Action knows, as it chooses or tells the router in `vars`: see `askedAt`.
 */
export function missingStages({ store, clock }: Services, user: User): readonly string[] | undefined {
  const names: string[] = [];
  for (const form of formsIn(store).list()) {
    if (renderersOf(form, store).length === 0) {
      continue;
    }
    const router = nodeOf(form, form.start?.next_node);
    if (router?.type !== "ROUTER" || JSON.stringify(router).includes("vars.")) {
      return undefined;
    }
    const scope = scopeOf(form, user, {}, clock);
    const open = (router.config?.rules ?? []).filter(({ condition }) => isTrue(() => holds(condition, scope, "rule")));
    names.push(...open.flatMap(({ next_node }) => firstStep(form, next_node, user, {}, clock) ?? []));
  }
  return names;
}

/**
 * What the next login of a user would ask, as its Actions say it themselves: they run, and nothing that they ask for is
 * done. Undefined where no Action is bound, or the user can log in to no application.
 *
 * @param days from now @param logins how many there were before it, more than there are
 */
export async function askedAt(
  services: Services,
  user: User,
  { days = 0, logins = 1 }: { readonly days?: number; readonly logins?: number },
): Promise<string | undefined> {
  const { store, clock } = services;
  const bindings = triggerBindingsIn(store).get("post-login")?.bindings ?? [];
  const login = simulatedLogin(services, user, days, logins);
  if (bindings.length === 0 || login === undefined) {
    return undefined;
  }
  const ahead = days * 86_400_000;
  for (const { action_id } of bindings) {
    const action = actionsIn(store).get(action_id);
    const version = actionVersionsIn(store).get(action?.deployed_version_id ?? "");
    if (action === undefined || version === undefined) {
      continue;
    }
    const result = await runAction({
      handler: "onExecutePostLogin",
      code: version.code,
      secrets: Object.fromEntries(version.secrets.map(({ name, value }) => [name, value])),
      event: postLoginEvent(login, {}),
      timeoutMilliseconds: 5000,
      clockAheadMilliseconds: clockAhead() + ahead,
    });
    if (!result.ok) {
      return `the Action ${action.name} fails: ${result.error}`;
    }
    for (const command of result.commands) {
      if (command.type === "deny") {
        return `nobody is let in: ${command.reason}`;
      }
      if (command.type === "render") {
        const form = formsIn(store).get(command.formId);
        const vars = (command.vars ?? {}) as Readonly<Record<string, Json>>;
        const moment = () => new Date(clock().getTime() + ahead);
        return form === undefined
          ? "a form that is not there"
          : (firstStep(form, form.start?.next_node, user, vars, moment) ?? "nothing");
      }
    }
  }
  return "nothing";
}

/** The Actions of the post-login trigger that name a form, in their code or in a secret. */
export function renderersOf({ id }: Form, store: Store): readonly Action[] {
  const bound = (triggerBindingsIn(store).get("post-login")?.bindings ?? []).flatMap(
    ({ action_id }) => actionsIn(store).get(action_id) ?? [],
  );
  return bound.filter(({ deployed_version_id }) => {
    const version = actionVersionsIn(store).get(deployed_version_id ?? "");
    return version?.code.includes(id) === true || version?.secrets.some(({ value }) => value === id) === true;
  });
}

/** The name of the step to which a node leads, without running the flows on the way. */
function firstStep(
  form: Form,
  start: NodePointer | undefined,
  user: User,
  vars: Readonly<Record<string, Json>>,
  clock: () => Date,
): string | undefined {
  const scope = scopeOf(form, user, vars, clock);
  const visited = new Set<NodePointer>();
  let pointer = start;
  while (pointer !== undefined && !visited.has(pointer)) {
    visited.add(pointer);
    const node = nodeOf(form, pointer);
    switch (node?.type) {
      case "STEP":
        return stepName(form, node.id);
      case "FLOW":
        pointer = node.config.next_node;
        break;
      case "ROUTER": {
        const rule = node.config?.rules?.find(({ condition }) => isTrue(() => holds(condition, scope, "rule")));
        pointer = rule === undefined ? node.config?.fallback : rule.next_node;
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

function scopeOf(form: Form, user: User, vars: Readonly<Record<string, Json>>, clock: () => Date) {
  const hidden = (form.start?.hidden_fields ?? []).map(({ key, value }) => [key, value ?? ""]);
  const variables = { context: contextVariable({ user }), fields: Object.fromEntries(hidden), vars };
  return formScope(new LocalizedForm(form, []), variables, clock);
}

/** What a page of the tenant's owner can not evaluate is not true; who logs in is told what is wrong with it. */
function isTrue(evaluate: () => boolean): boolean {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ConditionError || error instanceof ExpressionError) {
      return false;
    }
    throw error;
  }
}

/** As the last one was, so many days later; to the first application that people log in to, where there was none. */
function simulatedLogin({ store, domain, clock }: Services, user: User, days: number, logins: number) {
  const last = loginsIn(store)
    .list()
    .findLast(({ user_id, kind }) => user_id === user.user_id && kind === "login");
  const client =
    clientsIn(store).get(last?.client_id ?? "") ??
    clientsIn(store)
      .list()
      .find(({ callbacks = [] }) => callbacks.length > 0);
  const connection = connectionOf(store, user);
  if (client === undefined || connection === undefined) {
    return undefined;
  }
  const login: Login = {
    user: { ...user, logins_count: Number(user.logins_count ?? 0) + logins },
    client,
    connection,
    request: { ip: last?.ip ?? "127.0.0.1", hostname: domain, method: "GET", query: {}, body: {} },
    transaction: { protocol: "oidc-basic-profile", locale: "en", requested_scopes: [], response_type: ["code"] },
    authenticatedAt: new Date(clock().getTime() + days * 86_400_000).toISOString(),
  };
  return login;
}

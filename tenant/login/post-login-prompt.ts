import type { errors, interactionPolicy, KoaContextWithOIDC } from "oidc-provider";
import { clientsIn, tenantSettingsIn, usersIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { User } from "../documents/user";
import type { Services } from "../management/family";
import type { Login } from "./login-event";
import { keepLogin, type LoginRecord, loginsIn } from "./login-log";
import { type PostLoginState, runPostLogin, startState } from "./post-login";
import { requestOf, textParameters, words } from "./request";
import { audienceOf } from "./resource";
import { browserOf, type TransactionDetails } from "./transaction";
import { connectionOf, connectionsOf, countLogin, isSince } from "./users";

type Library = { readonly interactionPolicy: typeof interactionPolicy; readonly errors: typeof errors };

/** What an authorization request keeps for what follows in the same request. */
interface RequestState {
  postLogin?: PostLoginState;
}

/**
 * When a person is asked before an authorization request is answered: for the password, then for what post-login Actions render.
 *
 * Nobody is asked for consent: Auth0 does not either where an application is of the tenant's owner.
 */
export function interactionPrompts(library: Library, services: Services): interactionPolicy.Prompt[] {
  const policy = library.interactionPolicy.base();
  // An application may ask for it all the same, so it has to be known.
  policy.get("consent")?.checks.clear();
  const login = policy.get("login");
  if (login !== undefined) {
    const { details } = login;
    login.details = async (ctx) => ({ ...(await details(ctx)), ...transactionDetails(ctx) });
    login.checks.add(
      new library.interactionPolicy.Check("user_gone", "The user cannot log in here", userIsGone(services)),
    );
  }
  const { Prompt, Check } = library.interactionPolicy;
  const rendered = new Check(
    "form",
    "A form has to be shown",
    "interaction_required",
    (ctx) => hasToShowForm(ctx, services, library),
    (ctx) => ({ ...transactionDetails(ctx), postLogin: requestState(ctx).postLogin }),
  );
  policy.add(new Prompt({ name: "post-login" }, rendered));
  return policy;
}

function transactionDetails(ctx: KoaContextWithOIDC): TransactionDetails {
  return { browser: browserOf(ctx), query: originalQuery(ctx) };
}

/** The session is of a user that was deleted, or of a connection that the client does not have. */
function userIsGone({ store }: Services) {
  return ({ oidc }: KoaContextWithOIDC): boolean => {
    const { accountId, loginTs } = oidc.session ?? {};
    const user = usersIn(store).get(accountId ?? "");
    const connection = user && isSince(user, loginTs) ? connectionOf(store, user) : undefined;
    const isEnabled = connectionsOf(store, { client_id: String(oidc.client?.clientId) }).some(
      ({ id }) => id === connection?.id,
    );
    return accountId !== undefined && !isEnabled;
  };
}

async function hasToShowForm(ctx: KoaContextWithOIDC, services: Services, { errors }: Library): Promise<boolean> {
  const kept = keptState(ctx);
  const state = requestState(ctx);
  // Who comes back before the end of the form, by an address of their own making, has to go through it all the same.
  if (kept !== undefined && !hasEnded(kept)) {
    state.postLogin = kept;
    return true;
  }
  const login = loginOf(ctx, services);
  const begun = kept ?? begin(services, login);
  if (login.user.blocked === true) {
    endRecord(services, begun.recordId, "denied", "the user is blocked");
    throw new errors.CustomOIDCProviderError("unauthorized", "user is blocked");
  }
  const result = await runPostLogin(services, { ...login, user: begun.user }, begun);
  switch (result.at) {
    case "denied":
      endRecord(services, begun.recordId, "denied", result.reason);
      throw new errors.CustomOIDCProviderError(result.code, result.reason);
    case "failed":
      endRecord(services, begun.recordId, "failed", `Action "${result.action}": ${result.error}`);
      throw new errors.CustomOIDCProviderError("server_error", failure(result.action));
    case "form":
      if (ctx.oidc.prompts.has("none")) {
        endRecord(services, begun.recordId, "failed", "a form was rendered, and prompt=none can show none");
        throw new errors.InteractionRequired("A form has to be shown");
      }
      state.postLogin = result.state;
      return true;
    case "done":
      state.postLogin = result.state;
      await changeScopes(ctx, result.state);
      return false;
  }
}

/** What an application is told of an Action that failed; the tenant's log has the rest. */
export function failure(action: string): string {
  return `The Action ${JSON.stringify(action)} failed; the tenant's log tells why`;
}

function hasEnded({ journey }: PostLoginState): boolean {
  return journey?.position.at === "ended" && journey.position.resumes;
}

function keptState({ oidc }: KoaContextWithOIDC): PostLoginState | undefined {
  const prompt = oidc.entities.Interaction?.prompt;
  return prompt?.name === "post-login" ? (prompt.details.postLogin as PostLoginState) : undefined;
}

function requestState(ctx: KoaContextWithOIDC): RequestState {
  return ctx.state as RequestState;
}

/** What the Actions made of the login that this request has completed. */
export function completedPostLogin(ctx: KoaContextWithOIDC): PostLoginState | undefined {
  return requestState(ctx).postLogin;
}

export function keepPostLogin(ctx: KoaContextWithOIDC, state: PostLoginState): void {
  requestState(ctx).postLogin = state;
}

function begin(services: Services, login: Login): PostLoginState {
  const user = countLogin(services, login.user, login.request.ip, login.authenticatedAt !== undefined);
  const record = newRecord(services, "login", login);
  return startState(services.store, user, record.id);
}

/** Begins to tell of a login. */
export function newRecord({ store, ids, clock }: Services, kind: LoginRecord["kind"], login: Login): LoginRecord {
  const { user, client, connection, request, transaction } = login;
  const now = clock().toISOString();
  const record: LoginRecord = {
    id: ids.uuid(),
    kind,
    started_at: now,
    updated_at: now,
    result: "pending",
    user_id: user.user_id,
    ...(user.email !== undefined && { user_name: user.email }),
    client_id: client.client_id,
    client_name: client.name,
    connection: connection.name,
    ...(transaction.protocol !== undefined && { protocol: transaction.protocol }),
    ip: request.ip,
    ...(request.userAgent !== undefined && { user_agent: request.userAgent }),
    actions: [],
    forms: [],
  };
  keepLogin(store, record);
  return record;
}

export function endRecord({ store, clock }: Services, id: string, result: LoginRecord["result"], error?: string): void {
  const record = loginsIn(store).get(id);
  if (record !== undefined) {
    // A login that failed can be gone on with: then what was wrong is over.
    const { error: former, ...rest } = record;
    keepLogin(store, { ...rest, result, ...(error !== undefined && { error }), updated_at: clock().toISOString() });
  }
}

function loginOf(ctx: KoaContextWithOIDC, { store, domain }: Services): Login {
  const { oidc } = ctx;
  const user = usersIn(store).get(oidc.session?.accountId ?? "") as User;
  const client = clientsIn(store).get(oidc.client?.clientId ?? "");
  if (client === undefined) {
    throw new Error("the client was deleted in the middle of a request");
  }
  const params = textParameters(oidc.params ?? {});
  const enteredAt = oidc.result?.login?.ts;
  const [audience] = Object.keys(oidc.resourceServers ?? {}).map(audienceOf);
  return {
    user,
    client,
    connection: connectionOf(store, user) as Connection,
    request: requestOf(ctx, domain, originalQuery(ctx)),
    transaction: {
      ...(params.acr_values !== undefined && { acr_values: words(params.acr_values) }),
      ...(params.ui_locales !== undefined && { ui_locales: words(params.ui_locales) }),
      ...(params.login_hint !== undefined && { login_hint: params.login_hint }),
      ...(params.prompt !== undefined && { prompt: words(params.prompt) }),
      ...(params.redirect_uri !== undefined && { redirect_uri: params.redirect_uri }),
      ...(params.response_mode !== undefined && { response_mode: params.response_mode }),
      ...(params.state !== undefined && { state: params.state }),
      locale: tenantSettingsIn(store).get("settings")?.enabled_locales[0] ?? "en",
      protocol: "oidc-basic-profile",
      requested_scopes: words(params.scope ?? ""),
      response_type: words(params.response_type ?? ""),
    },
    ...(audience !== undefined && { audience }),
    ...(oidc.session?.uid !== undefined && { sessionId: oidc.session.uid }),
    ...(enteredAt !== undefined && { authenticatedAt: new Date(enteredAt * 1000).toISOString() }),
  };
}

/** The query of the authorization request, also where the browser comes back to it. */
function originalQuery(ctx: KoaContextWithOIDC): Readonly<Record<string, string>> {
  const kept = ctx.oidc.entities.Interaction?.prompt.details as TransactionDetails | undefined;
  return kept?.query ?? textParameters(ctx.query);
}

/** The scopes of a request after what Actions added and removed. */
export function changedScopes(
  asked: readonly string[],
  { addedScopes, removedScopes }: Pick<PostLoginState, "addedScopes" | "removedScopes">,
): readonly string[] {
  return [...new Set([...asked, ...addedScopes])].filter((scope) => !removedScopes.includes(scope));
}

async function changeScopes({ oidc }: KoaContextWithOIDC, state: PostLoginState): Promise<void> {
  if (state.addedScopes.length + state.removedScopes.length === 0) {
    return;
  }
  const scope = changedScopes(words(String(oidc.params?.scope ?? "")), state).join(" ");
  Object.assign(oidc.params ?? {}, { scope });
  const { Grant: grant } = oidc.entities;
  grant?.addOIDCScope(scope);
  for (const resource of Object.keys(oidc.resourceServers ?? {})) {
    grant?.addResourceScope(resource, scope);
  }
  await grant?.save();
}

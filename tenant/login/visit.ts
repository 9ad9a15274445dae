import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Provider } from "oidc-provider";
import type { Client } from "../documents/client";
import { clientsIn, tenantSettingsIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { User } from "../documents/user";
import { preferredLocales } from "../forms/locale";
import { keepLogin } from "./login-log";
import type { LoginServices } from "./login-services";
import { endSession } from "./logout";
import type { OpenIdConnect } from "./oidc";
import { type FormPage, formPage, type MessagePage, messagePage, pageHeaders, policySource } from "./page";
import { type PageLanguage, pageLanguage } from "./page-texts";
import { requestOf } from "./request";
import { Transactions } from "./transaction";
import { connectionsOf } from "./users";

export type Interaction = InstanceType<Provider["Interaction"]>;
export type PageContext = Context<{ Bindings: HttpBindings }>;

/** A request for a page of a login that waits for its person. */
export interface Visit {
  readonly services: LoginServices;
  readonly oidc: OpenIdConnect;
  readonly context: PageContext;
  readonly interaction: Interaction;
  readonly client: Client;
  readonly connection: Connection;
  readonly language: PageLanguage;
  /** The languages that the browser asks for, best first. */
  readonly locales: readonly string[];
  /** What every form of the login has to post along. */
  readonly hidden: { readonly state: string; readonly csrf: string };
}

/** Answers a visit; what was posted is empty but for a POST. */
export type AnswerVisit = (visit: Visit, posted: URLSearchParams) => Response | Promise<Response>;

/** Finds the login that a request is about, and lets nobody else's and nothing forged through. */
export class Visits {
  private transactions?: Transactions;

  constructor(
    private readonly services: LoginServices,
    private readonly endpoints: () => Promise<OpenIdConnect>,
  ) {}

  /** A handler that answers requests for the same login one after the other. */
  answeredBy(answer: AnswerVisit): (context: PageContext) => Promise<Response> {
    return async (context) => {
      const oidc = await this.endpoints();
      this.transactions ??= new Transactions(oidc.provider, oidc.secret);
      const { transactions } = this;
      const isPost = context.req.method === "POST";
      const posted = new URLSearchParams(isPost ? await context.req.text() : "");
      const state = context.req.query("state") ?? posted.get("state") ?? "";
      return transactions.inTurn(state, async () => {
        const interaction = await transactions.find(state, context.req.header("cookie"));
        const visit = interaction && this.visit(context, oidc, interaction, transactions.token(interaction));
        if (visit === undefined) {
          return this.ended(context, oidc, state);
        }
        if (visit instanceof Response) {
          return visit;
        }
        const { texts } = visit.language;
        return isPost && !transactions.isToken(visit.interaction, posted.get("csrf"))
          ? message(context, 403, {
              language: visit.language,
              title: texts.oops,
              said: texts.not_your_page,
              links: [{ href: context.req.url, text: texts.try_again }],
            })
          : answer(visit, posted);
      });
    };
  }

  private visit(
    context: PageContext,
    oidc: OpenIdConnect,
    interaction: Interaction,
    csrf: string,
  ): Visit | Response | undefined {
    const { services } = this;
    const { params, uid } = interaction;
    const client = clientsIn(services.store).get(String(params.client_id));
    if (client === undefined) {
      return undefined;
    }
    const uiLocales = typeof params.ui_locales === "string" ? params.ui_locales : undefined;
    const locales = preferredLocales(context.req.header("accept-language"), uiLocales);
    const language = languageOf(services, context.req.header("accept-language"), uiLocales);
    const enabled = connectionsOf(services.store, client);
    const connection = enabled.find(({ name }) => name === params.connection) ?? enabled[0];
    if (connection === undefined) {
      const details = `No database connection is enabled for ${JSON.stringify(client.name)} (${client.client_id}).`;
      const { texts } = language;
      return message(context, 400, { language, title: texts.oops, said: texts.not_allowed, details });
    }
    const hidden = { state: uid, csrf };
    return { services, oidc, context, interaction, client, connection, language, locales, hidden };
  }

  private ended(context: PageContext, { links }: OpenIdConnect, state: string): Response {
    const language = languageOf(this.services, context.req.header("accept-language"));
    const { texts } = language;
    const said = context.req.header("cookie") === undefined ? `${texts.ended} ${texts.no_cookie}` : texts.ended;
    return message(context, 400, { language, title: texts.oops, said, links: links.to(state, texts) });
  }
}

/** The language of the pages of this tenant for a request with these. */
export function languageOf(
  { store }: LoginServices,
  acceptLanguage: string | undefined,
  uiLocales?: string,
): PageLanguage {
  const enabled = tenantSettingsIn(store).get("settings")?.enabled_locales ?? ["en"];
  return pageLanguage(enabled, preferredLocales(acceptLanguage), preferredLocales(undefined, uiLocales));
}

export function message(context: PageContext, status: ContentfulStatusCode, page: MessagePage): Response {
  return context.html(messagePage(page), status, pageHeaders()) as Response;
}

/** A page with a form of the login; posted, it may lead to the application. */
export function form(
  { context, interaction, language, hidden }: Visit,
  status: ContentfulStatusCode,
  page: Omit<FormPage, "language" | "hidden">,
): Response {
  return context.html(formPage({ ...page, language, hidden }), status, headersOf(interaction)) as Response;
}

export function headersOf({ params }: Interaction): Readonly<Record<string, string>> {
  return pageHeaders([policySource(String(params.redirect_uri))]);
}

/** What the lead of a page names: who one logs in to, and what for. */
export function namesOf({ services, client }: Visit): { readonly tenant: string; readonly client: string } {
  const settings = tenantSettingsIn(services.store).get("settings");
  return { tenant: String(settings?.friendly_name ?? services.domain), client: client.name };
}

/** A parameter of the authorization request, e.g. `login_hint`. */
export function parameterOf({ interaction }: Visit, name: string): string | undefined {
  const value = interaction.params[name];
  return typeof value === "string" ? value : undefined;
}

export function addressOf({ context, services }: Visit): string {
  return requestOf({ req: context.env.incoming }, services.domain, {}).ip;
}

/** Of the page of the form that a login shows. */
export function formPath({ uid, prompt }: Interaction): string {
  const { render } = prompt.details.postLogin as { readonly render?: { readonly formId: string } };
  return `/u/custom-prompt/${encodeURIComponent(render?.formId ?? "")}?state=${uid}`;
}

/** The person is known: the login goes on, with a session of its own where the browser had one of somebody else. */
export async function entered({ services, oidc, context, interaction }: Visit, user: User): Promise<Response> {
  const { incoming, outgoing } = context.env;
  // Not only the session that the login began with: meanwhile somebody else may have come in by another tab.
  await endSession(oidc, incoming, outgoing, (accountId) => accountId !== user.user_id);
  if (interaction.session?.accountId !== user.user_id) {
    interaction.session = undefined;
  }
  const ts = Math.floor(services.clock().getTime() / 1000);
  interaction.result = { login: { accountId: user.user_id, amr: ["pwd"], remember: true, ts } };
  await interaction.persist();
  return context.redirect(interaction.returnTo, 303);
}

/** Tells of what did not come to a login, or of what came before one. */
export function recordAttempt(
  visit: Visit,
  kind: "login" | "sign-up",
  about: { readonly user_id?: string; readonly user_name: string; readonly error?: string },
): void {
  const { services, context, client, connection } = visit;
  const now = services.clock().toISOString();
  const userAgent = context.req.header("user-agent");
  keepLogin(services.store, {
    id: services.ids.uuid(),
    kind,
    started_at: now,
    updated_at: now,
    result: about.error === undefined ? "succeeded" : "failed",
    ...about,
    client_id: client.client_id,
    client_name: client.name,
    connection: connection.name,
    ip: addressOf(visit),
    ...(userAgent !== undefined && { user_agent: userAgent }),
    actions: [],
    forms: [],
  });
}

export type Problems = Readonly<Partial<Record<"username" | "email" | "password", string>>>;

/** What was left empty. */
export function missing(entries: Readonly<Record<string, string>>, { texts }: PageLanguage): Problems | undefined {
  const empty = Object.entries(entries).filter(([, value]) => value === "");
  return empty.length === 0 ? undefined : Object.fromEntries(empty.map(([name]) => [name, texts.required]));
}

import type { LoginServices } from "./login-services";
import { afterLogout, endSession, LogoutError, logoutRequest } from "./logout";
import type { OpenIdConnect } from "./oidc";
import { formPage, pageHeaders, policySource } from "./page";
import { languageOf, message, type PageContext } from "./visit";

/** `/v2/logout`, Auth0's own: it asks nobody. */
export function logOutAtOnce(context: PageContext, services: LoginServices, oidc: OpenIdConnect): Promise<Response> {
  const { returnTo, client_id } = context.req.query();
  return leave(context, services, oidc, async () => ({ target: afterLogout(services.store, { returnTo, client_id }) }));
}

/** `/oidc/logout`, that of OpenID Connect: it asks where the application does not prove that it knows who is logged in. */
export function logOut(context: PageContext, services: LoginServices, oidc: OpenIdConnect): Promise<Response> {
  const { origin } = new URL(context.req.url);
  // Another site can lead a browser here, but not make it post from one of our pages.
  const isAsked = context.req.method === "POST" && context.req.header("origin") === origin;
  return leave(context, services, oidc, async () => {
    const request = await logoutRequest(services, context.req.query());
    return request.isConfirmed || isAsked ? request : "ask";
  });
}

/** Ends the session and goes where it is decided. */
async function leave(
  context: PageContext,
  services: LoginServices,
  oidc: OpenIdConnect,
  decide: () => Promise<{ readonly target: string | undefined } | "ask">,
): Promise<Response> {
  const { req, env } = context;
  const language = languageOf(services, req.header("accept-language"), req.query("ui_locales"));
  const { texts } = language;
  try {
    const decision = await decide();
    if (decision === "ask") {
      const { pathname, search } = new URL(req.url);
      const page = formPage({
        language,
        title: texts.log_out_title,
        lead: texts.log_out_ask,
        action: pathname + search,
        hidden: {},
        fields: [],
        button: texts.log_out,
      });
      return context.html(page, 200, {
        ...pageHeaders([policySource(req.query("post_logout_redirect_uri") ?? "")]),
        // With no-referrer a browser posts the form with `Origin: null`.
        "referrer-policy": "same-origin",
      });
    }
    await endSession(oidc, env.incoming, env.outgoing);
    return decision.target === undefined
      ? message(context, 200, { language, title: texts.log_out_title, said: texts.logged_out })
      : context.body(null, 302, { location: decision.target, "cache-control": "no-store" });
  } catch (error) {
    if (!(error instanceof LogoutError)) {
      throw error;
    }
    return message(context, 400, { language, title: texts.oops, said: error.message });
  }
}

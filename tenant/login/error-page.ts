import type { ErrorOut, KoaContextWithOIDC } from "oidc-provider";
import { tenantSettingsIn } from "../documents/collections";
import { preferredLocales } from "../forms/locale";
import type { Services } from "../management/family";
import type { ApplicationLinks } from "./application-link";
import { messagePage, pageHeaders } from "./page";
import { pageLanguage } from "./page-texts";

/** The page of an error that the application cannot be told of. */
export function renderError(
  context: KoaContextWithOIDC,
  out: ErrorOut,
  error: Error,
  { store }: Services,
  links: ApplicationLinks,
): void {
  const enabled = tenantSettingsIn(store).get("settings")?.enabled_locales ?? ["en"];
  const language = pageLanguage(enabled, preferredLocales(context.get("accept-language")));
  const { texts } = language;
  const isOver = error.name === "SessionNotFound";
  const known = isOver ? context.path.split("/").at(-1) : (context.query.client_id as string | undefined);
  context.type = "html";
  context.set(pageHeaders());
  context.body = messagePage({
    language,
    title: texts.oops,
    said: isOver ? texts.ended : out.error === "server_error" ? texts.tenant_failed : texts.not_allowed,
    details: isOver ? undefined : whatToDo(error, context, out),
    links: links.to(known, texts),
  });
}

function whatToDo(error: Error, { query }: KoaContextWithOIDC, { error: code, error_description }: ErrorOut): string {
  if (error.name === "InvalidRedirectUri") {
    return `Callback URL mismatch: ${query.redirect_uri} is not one of the "Allowed Callback URLs" (callbacks) of the application ${query.client_id}.`;
  }
  return error.name === "InvalidClient"
    ? `Unknown client: ${query.client_id}. The application is not in this tenant, or is no longer: a destroy takes it away, and what is deployed anew has another id. Deploy it, and start the application with the new client id; "npm run demo" does both.`
    : `${code}: ${error_description ?? ""}`;
}

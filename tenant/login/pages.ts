import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { showFault } from "../fault";
import { formAsset } from "../forms/assets";
import { formFrame, formStyle, showForm, takeForm, takeProblem } from "./form-prompt";
import { logIn, loginPage } from "./login-page";
import type { LoginServices } from "./login-services";
import { logOut, logOutAtOnce } from "./logout-pages";
import type { OpenIdConnect } from "./oidc";
import { ASSETS } from "./page";
import { register, signUpPage } from "./sign-up-page";
import { toOidc } from "./to-oidc";
import { type AnswerVisit, formPath, languageOf, message, type PageContext, Visits } from "./visit";

/** What people see: login, sign-up, the forms that Actions render, logout. To be mounted at the root. */
export function loginPages(
  services: LoginServices,
  oidc: () => Promise<OpenIdConnect>,
): Hono<{ Bindings: HttpBindings }> {
  const pages = new Hono<{ Bindings: HttpBindings }>();
  const visits = new Visits(services, oidc);

  const authorize = toOidc(oidc, "pages");

  pages.get("/authorize", authorize);
  // OpenID Connect lets an application begin a login by a form too.
  pages.post("/authorize", async ({ req, redirect }) =>
    redirect(`/authorize?${new URLSearchParams(await req.text())}`, 303),
  );
  pages.get("/authorize/:uid", authorize);

  pages.get("/u/login", visits.answeredBy(beforeLogin((visit) => loginPage(visit))));
  pages.post("/u/login", visits.answeredBy(beforeLogin(logIn)));
  pages.get("/u/signup", visits.answeredBy(beforeLogin((visit) => signUpPage(visit))));
  pages.post("/u/signup", visits.answeredBy(beforeLogin(register)));
  pages.get("/u/custom-prompt/:form/style.css", (context) => formStyle(context, services));
  pages.get("/u/custom-prompt/:form/custom/:field", (context) => formFrame(context, services));
  pages.get("/u/custom-prompt/:form", visits.answeredBy(behindLogin(showForm)));
  pages.post("/u/custom-prompt/:form/problem", visits.answeredBy(behindLogin(takeProblem)));
  pages.post("/u/custom-prompt/:form", visits.answeredBy(behindLogin(takeForm)));
  pages.get("/v2/logout", async (context) => logOutAtOnce(context, services, await oidc()));
  pages.on(["GET", "POST"], "/oidc/logout", async (context) => logOut(context, services, await oidc()));

  pages.get(`${ASSETS}/:name`, (context) => {
    const asset = formAsset(context.req.param("name"));
    return asset === undefined
      ? context.notFound()
      : context.body(asset.body, 200, {
          "content-type": asset.contentType,
          "cache-control": "no-cache",
          "x-content-type-options": "nosniff",
        });
  });
  pages.notFound((context) => told(context, 404, "nothing_here"));
  pages.onError((error, context) => {
    showFault(context.req.method, context.req.path, error, context.env?.incoming);
    return told(context, 500, "tenant_failed");
  });
  return pages;

  function told(context: PageContext, status: 404 | 500, text: "nothing_here" | "tenant_failed"): Response {
    const language = languageOf(services, context.req.header("accept-language"));
    const { texts } = language;
    return message(context, status, { language, title: texts.oops, said: texts[text] });
  }
}

/** A login that is no longer at the password goes on where it is. */
function beforeLogin(answer: AnswerVisit): AnswerVisit {
  return (visit, posted) => {
    const { context, interaction } = visit;
    if (interaction.prompt.name !== "login") {
      return context.redirect(formPath(interaction), 303);
    }
    return interaction.result?.login === undefined
      ? answer(visit, posted)
      : context.redirect(interaction.returnTo, 303);
  };
}

/** A login that is still at the password has no form yet. */
function behindLogin(answer: AnswerVisit): AnswerVisit {
  return (visit, posted) =>
    visit.interaction.prompt.name === "login"
      ? visit.context.redirect(`/u/login?state=${visit.interaction.uid}`, 303)
      : answer(visit, posted);
}

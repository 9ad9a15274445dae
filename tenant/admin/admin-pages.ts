import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { moveClock } from "../documents/clock";
import { formsIn } from "../documents/collections";
import { CUSTOM_FIELD_POLICY } from "../forms/custom-field-page";
import { ExpressionError } from "../forms/expression-error";
import type { LoginServices } from "../login/login-services";
import { ManagementError } from "../management/management-error";
import { renderError } from "../management/router";
import type { ScopeUsage } from "../management/scope-usage";
import { deleteUser } from "../management/users";
import { actionPage, actionsPage } from "./action-pages";
import { applicationsPage } from "./application-page";
import { adminAsset } from "./assets";
import { CsrfToken } from "./csrf";
import { executionPage, flowPage, flowsPage } from "./flow-pages";
import { reset } from "./forgetting";
import { formPage, formsPage, previewFrame, previewPage, previewStylesheet } from "./form-pages";
import { CONTENT_SECURITY_POLICY, layout, type Page, ROOT } from "./layout";
import { logPage } from "./log-page";
import { loginPage, loginsPage } from "./login-pages";
import { MESSAGE_SECURITY_POLICY, messageBody, messagePage, outboxPage } from "./outbox-pages";
import { movedBy, overviewPage } from "./overview-page";
import { userPath } from "./paths";
import { PREVIEW_SECURITY_POLICY } from "./step-preview";
import { changeMetadata, userPage, usersPage } from "./user-pages";

/**
 * What the dashboard is for an Auth0 tenant, under `/_tenant`: everything to be looked at, and nothing to be
 * changed but for users and their metadata, the clock and a reset.
 *
 * It shows no secret: of clients, Vault connections, Actions and passwords nothing but that they are there.
 */
export function adminPages(services: LoginServices, usage: ScopeUsage): Hono {
  const admin = new Hono({ strict: false }).basePath(ROOT);
  const csrf = new CsrfToken();
  const { store, domain } = services;

  const show = (
    context: Context,
    page: Page | undefined,
    status: 200 | 400 | 403 | 404 = 200,
  ): Response | Promise<Response> => {
    if (page === undefined) {
      return show(context, NOTHING_HERE, 404);
    }
    return context.html(layout(domain, page), status, headers(CONTENT_SECURITY_POLICY));
  };
  const pages: Readonly<Record<string, (context: Context) => Page | undefined | Promise<Page | undefined>>> = {
    "/": () => overviewPage(services, csrf),
    "/users": ({ req }) => usersPage(services, req.query("q"), req.query("page")),
    "/users/:id": ({ req }) => userPage(services, csrf, req.param("id") ?? ""),
    "/forms": () => formsPage(services),
    "/forms/:id": ({ req }) => formPage(services, req.param("id") ?? "", req.query("locale")),
    "/flows": () => flowsPage(services),
    "/flows/:id": ({ req }) => flowPage(services, req.param("id") ?? ""),
    "/flows/:id/executions/:execution": ({ req }) =>
      executionPage(services, req.param("id") ?? "", req.param("execution") ?? ""),
    "/outbox": ({ req }) => outboxPage(services, req.query("page")),
    "/outbox/:id": ({ req }) => messagePage(services, req.param("id") ?? ""),
    "/actions": () => actionsPage(services),
    "/actions/:id": ({ req }) => actionPage(services, req.param("id") ?? ""),
    "/logins": () => loginsPage(services),
    "/logins/:id": ({ req }) => loginPage(services, req.param("id") ?? ""),
    "/applications": () => applicationsPage(services, usage),
    "/logs": () => logPage(services),
  };
  for (const [path, page] of Object.entries(pages)) {
    admin.get(path, async (context) => show(context, await page(context)));
  }

  admin.get("/forms/:id/steps/:step", (context) => {
    const { id, step } = context.req.param();
    try {
      const page = previewPage(services, id, step, context.req.query("locale"));
      return page === undefined ? show(context, undefined) : context.html(page, 200, headers(PREVIEW_SECURITY_POLICY));
    } catch (error) {
      if (!(error instanceof ExpressionError)) {
        throw error;
      }
      const form = JSON.stringify(formsIn(store).get(id)?.name);
      return context.text(`Form ${form} can not be shown: ${error.message}`, 200, headers(PREVIEW_SECURITY_POLICY));
    }
  });
  admin.get("/forms/:id/style.css", (context) => {
    const css = previewStylesheet(services, context.req.param("id"));
    if (css === undefined) {
      return show(context, undefined);
    }
    return context.body(css, 200, { ...headers(), "content-type": "text/css; charset=utf-8" });
  });
  admin.get("/forms/:id/custom/:field", (context) => {
    const { id, field } = context.req.param();
    const page = previewFrame(services, id, field);
    return page === undefined ? show(context, undefined) : context.html(page, 200, headers(CUSTOM_FIELD_POLICY));
  });
  admin.get("/outbox/:id/body", (context) => {
    const body = messageBody(services, context.req.param("id"));
    return body === undefined ? show(context, undefined) : context.html(body, 200, headers(MESSAGE_SECURITY_POLICY));
  });
  admin.get("/assets/:name", (context) => {
    const asset = adminAsset(context.req.param("name"));
    if (asset === undefined) {
      return show(context, undefined);
    }
    return context.body(asset.body, 200, { ...headers(), "content-type": asset.contentType });
  });

  admin.post("/users/:id/delete", async (context) => {
    if (!csrf.isIn(await context.req.parseBody())) {
      return show(context, NOT_FROM_HERE, 403);
    }
    if (!deleteUser(store, context.req.param("id"))) {
      return show(context, undefined);
    }
    return context.redirect(`${ROOT}/users`, 303);
  });
  admin.post("/users/:id/metadata", async (context) => {
    const posted = await context.req.parseBody();
    if (!csrf.isIn(posted)) {
      return show(context, NOT_FROM_HERE, 403);
    }
    const id = context.req.param("id");
    try {
      await changeMetadata(services, id, posted);
    } catch (error) {
      if (!(error instanceof ManagementError || error instanceof SyntaxError)) {
        throw error;
      }
      return show(context, notChanged(id, error.message), 400);
    }
    return context.redirect(
      `${userPath(id)}#${posted.kind === "app_metadata" ? "app_metadata" : "user_metadata"}`,
      303,
    );
  });
  admin.post("/reset", async (context) => {
    if (!csrf.isIn(await context.req.parseBody())) {
      return show(context, NOT_FROM_HERE, 403);
    }
    reset(store);
    return context.redirect(`${ROOT}/`, 303);
  });

  admin.post("/move-clock", async (context) => {
    const posted = await context.req.parseBody();
    if (!csrf.isIn(posted)) {
      return show(context, NOT_FROM_HERE, 403);
    }
    moveClock(movedBy(posted.days));
    return context.redirect(`${ROOT}/`, 303);
  });

  admin.all("*", (context) => show(context, undefined));
  admin.onError(renderError);
  return admin;
}

const NOTHING_HERE: Page = {
  title: "Nothing here",
  content: html`<p>There is nothing at this address, or it is gone. <a href="${ROOT}/">Overview</a></p>`,
};

const NOT_FROM_HERE: Page = {
  title: "Nothing was done",
  content: html`<p>What was sent did not come from a page of this tenant, or the tenant was started again since the page was shown.
<a href="${ROOT}/">Overview</a></p>`,
};

function notChanged(id: string, why: string): Page {
  return {
    title: "Nothing was changed",
    section: "users",
    content: html`<p>The value was not taken: ${why}. <a href="${userPath(id)}">Back to the user</a></p>`,
  };
}

/** For what shows users: kept nowhere, told to nobody. */
function headers(policy?: string): Record<string, string> {
  return {
    ...(policy !== undefined && { "content-security-policy": policy }),
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
}

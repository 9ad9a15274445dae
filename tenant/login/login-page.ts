import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { filled } from "./page-texts";
import { normalized, userWithPassword } from "./users";
import {
  addressOf,
  entered,
  form,
  missing,
  namesOf,
  type Problems,
  parameterOf,
  recordAttempt,
  type Visit,
} from "./visit";

interface Given {
  readonly username?: string;
  readonly problems?: Problems;
  readonly error?: string;
}

/** The page that asks for name and password. */
export function loginPage(visit: Visit, given: Given = {}, status: ContentfulStatusCode = 200): Response {
  const { connection, language, hidden } = visit;
  const { texts } = language;
  const username = given.username ?? parameterOf(visit, "login_hint");
  const takesUsername = connection.options.requires_username === true;
  return form(visit, status, {
    title: texts.welcome,
    lead: filled(texts.log_in_to, namesOf(visit)),
    action: `/u/login?state=${hidden.state}`,
    fields: [
      {
        name: "username",
        label: takesUsername ? texts.name : texts.email,
        type: takesUsername ? "text" : "email",
        autocomplete: "username",
        ...(username !== undefined && { value: username }),
        problem: given.problems?.username,
        hasFocus: username === undefined || given.problems?.username !== undefined,
      },
      {
        name: "password",
        label: texts.password,
        type: "password",
        autocomplete: "current-password",
        problem: given.problems?.password,
        hasFocus: username !== undefined && given.problems?.username === undefined,
      },
    ],
    error: given.error,
    button: texts.continue,
    ...(connection.options.disable_signup !== true && {
      footer: html`${texts.no_account} <a href="/u/signup?state=${hidden.state}">${texts.sign_up}</a>`,
    }),
  });
}

/** Takes what the page posted. An unknown name and a wrong password get the same answer. */
export async function logIn(visit: Visit, posted: URLSearchParams): Promise<Response> {
  const { oidc, language } = visit;
  const username = posted.get("username") ?? "";
  const password = posted.get("password") ?? "";
  const problems = missing({ username: username.trim(), password }, language);
  if (problems !== undefined) {
    return loginPage(visit, { username, problems }, 400);
  }
  return oidc.attempts.inTurn(() => tried(visit, username, password));
}

async function tried(visit: Visit, username: string, password: string): Promise<Response> {
  const { services, oidc, context, connection, language } = visit;
  const { texts } = language;
  const ip = addressOf(visit);
  const seconds = oidc.attempts.secondsToWait(username, ip);
  if (seconds > 0) {
    context.header("retry-after", String(seconds));
    const error = filled(texts.too_many_attempts, { minutes: Math.ceil(seconds / 60) });
    return loginPage(visit, { username, error }, 429);
  }
  const user = await userWithPassword(services.store, connection, username, password);
  if (user === undefined) {
    oidc.attempts.failed(username, ip);
    recordAttempt(visit, "login", { user_name: normalized(username), error: "wrong name or password" });
    return loginPage(visit, { username, error: texts.wrong_password }, 400);
  }
  oidc.attempts.succeeded(username, ip);
  if (user.blocked === true) {
    recordAttempt(visit, "login", { user_name: normalized(username), error: "the user is blocked" });
    return loginPage(visit, { username, error: texts.blocked }, 400);
  }
  return entered(visit, user);
}

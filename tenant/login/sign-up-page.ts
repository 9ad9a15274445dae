import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Html } from "../forms/fields/field-type";
import type { Connection } from "../management/connections";
import { ManagementError } from "../management/management-error";
import { filled, type PageTexts } from "./page-texts";
import { normalized, signUp } from "./users";
import {
  entered,
  form,
  message,
  missing,
  namesOf,
  type Problems,
  parameterOf,
  recordAttempt,
  type Visit,
} from "./visit";

interface Given {
  readonly email?: string;
  readonly problems?: Problems;
  readonly error?: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Of each password policy. @see isStrongEnough */
const MINIMUM_LENGTH: Readonly<Record<string, number>> = { low: 6, fair: 8, good: 8, excellent: 10 };

/** The page that asks for what a new account needs; where the connection is closed to new ones, it says so. */
export function signUpPage(visit: Visit, given: Given = {}, status: ContentfulStatusCode = 200): Response {
  const { context, connection, language, hidden } = visit;
  const { texts } = language;
  if (connection.options.disable_signup === true) {
    const links = [{ href: `/u/login?state=${hidden.state}`, text: texts.log_in }];
    return message(context, 403, { language, title: texts.sign_up_title, said: texts.no_sign_up, links });
  }
  const email = given.email ?? parameterOf(visit, "login_hint");
  return form(visit, status, {
    title: texts.sign_up_title,
    lead: filled(texts.sign_up_to, namesOf(visit)),
    action: `/u/signup?state=${hidden.state}`,
    fields: [
      {
        name: "email",
        label: texts.email,
        type: "email",
        autocomplete: "email",
        ...(email !== undefined && { value: email }),
        problem: given.problems?.email,
        hasFocus: email === undefined || given.problems?.email !== undefined,
      },
      {
        name: "password",
        label: texts.password,
        type: "password",
        autocomplete: "new-password",
        hint: passwordRules(connection, texts),
        problem: given.problems?.password,
        hasFocus: email !== undefined && given.problems?.email === undefined,
      },
    ],
    error: given.error,
    button: texts.continue,
    footer: html`${texts.has_account} <a href="/u/login?state=${hidden.state}">${texts.log_in}</a>`,
  });
}

/** Takes what the page posted: makes the account and logs its person in. */
export async function register(visit: Visit, posted: URLSearchParams): Promise<Response> {
  const { services, connection, language } = visit;
  const { texts } = language;
  if (connection.options.disable_signup === true) {
    return signUpPage(visit);
  }
  const email = normalized(posted.get("email") ?? "");
  const password = posted.get("password") ?? "";
  const problems =
    missing({ email, password }, language) ?? (EMAIL.test(email) ? undefined : { email: texts.wrong_email });
  if (problems !== undefined) {
    return signUpPage(visit, { email, problems }, 400);
  }
  try {
    const user = signUp(services, { connection: connection.name, email, password });
    recordAttempt(visit, "sign-up", { user_id: user.user_id, user_name: email });
    return await entered(visit, user);
  } catch (error) {
    if (!(error instanceof ManagementError)) {
      throw error;
    }
    recordAttempt(visit, "sign-up", { user_name: email, error: error.message });
    const isWeak = error.message.startsWith("PasswordStrengthError");
    const why = isWeak ? { problems: { password: texts.weak_password } } : { error: texts.cannot_sign_up };
    return signUpPage(visit, { email, ...why }, 400);
  }
}

function passwordRules({ options }: Connection, texts: PageTexts): Html {
  const policy = String(options.passwordPolicy);
  const rules = [
    filled(texts.password_length, { length: MINIMUM_LENGTH[policy] ?? 1 }),
    ...(policy === "fair" ? [texts.password_classes_all] : []),
    ...(policy === "good" || policy === "excellent" ? [texts.password_classes_any] : []),
    ...(policy === "excellent" ? [texts.password_no_repeats] : []),
  ];
  return html`<ul>${rules.map((rule) => html`<li>${rule}</li>`)}</ul>`;
}

import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Connection } from "../documents/connection";
import type { Html } from "../forms/fields/field-type";
import { ManagementError } from "../management/management-error";
import { passwordRules } from "../management/passwords";
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

/** Longer ones no mail server takes. */
const MAX_EMAIL_LENGTH = 254;
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

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
        hint: passwordHint(connection, texts),
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
    missing({ email, password }, language) ?? (isEmail(email) ? undefined : { email: texts.wrong_email });
  if (problems !== undefined) {
    return signUpPage(visit, { email, problems }, 400);
  }
  try {
    const user = await signUp(services, { connection: connection.name, email, password });
    recordAttempt(visit, "sign-up", { user_id: user.user_id, user_name: email });
    return await entered(visit, user);
  } catch (error) {
    if (!(error instanceof ManagementError)) {
      throw error;
    }
    recordAttempt(visit, "sign-up", { user_name: email, error: error.message });
    return signUpPage(visit, { email, ...refusal(error, texts) }, 400);
  }
}

/** Whether it looks like an address; what the Management API takes for one is narrower. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text);
}

/** What the page says of a refusal of the Management API. */
function refusal({ message: said }: ManagementError, texts: PageTexts): Pick<Given, "problems" | "error"> {
  if (said.startsWith("PasswordStrengthError")) {
    return { problems: { password: texts.weak_password } };
  }
  switch (/ on property (\w+) \([^()]*\)\.$/.exec(said)?.[1]) {
    case "email":
      return { problems: { email: texts.wrong_email } };
    case "password":
      return { problems: { password: texts.long_password } };
    default:
      return { error: texts.cannot_sign_up };
  }
}

function passwordHint({ options }: Connection, texts: PageTexts): Html {
  const { minimumLength, classes, refusesRepeats = false } = passwordRules(String(options.passwordPolicy));
  const rules = [
    filled(texts.password_length, { length: minimumLength }),
    ...(classes === "first three" ? [texts.password_classes_all] : []),
    ...(classes === "any three" ? [texts.password_classes_any] : []),
    ...(refusesRepeats ? [texts.password_no_repeats] : []),
  ];
  return html`<ul>${rules.map((rule) => html`<li>${rule}</li>`)}</ul>`;
}

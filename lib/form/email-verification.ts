import { checkFields, type FieldsOf, other } from "../fields";
import { Problems } from "../validation-error";
import { FAULTS } from "./component";
import { nextButton, number, resendButton, richText } from "./components";
import { isEqualTo } from "./condition";
import { flow } from "./flow";
import { booleanCondition, errorMessage, generateCode, sendEmail, updateUser, verifyCode } from "./flow-action";
import type { Moment } from "./moment";
import { Stage } from "./stage";
import type { Words } from "./words";

export interface EmailVerificationOptions {
  /**
   * Digits of the code, 1 to 10.
   *
   * @default 6
   */
  readonly length?: number;
  /**
   * Other words on the page, as HTML in `intro`: who is asked is `{{context.user.email}}`.
   *
   * @default - in English
   */
  readonly words?: { readonly [Text in keyof typeof PAGE]?: Words };
  /**
   * Other words of the mail and of the error, which a flow sends: one language for all. The code is `{{custom_vars.code}}` in the mail.
   *
   * @default - in English
   */
  readonly texts?: { readonly [Text in keyof typeof SENT]?: string };
  /**
   * A button with which the person goes on without a code, as of any stage.
   *
   * @default - no such button
   */
  readonly skippable?: boolean | Words;
  /**
   * When the stage is asked, beside that the address is not verified.
   *
   * @default - at every login
   */
  readonly ask?: Moment;
}

const PAGE = {
  intro: "<p>We sent a code to <strong>{{context.user.email}}</strong>.</p>",
  label: "Code",
  button: "Continue",
  missing: "Nothing came?",
  resend: "Send another code",
  wait: "Another one in {{remaining_seconds}} seconds",
};
const SENT = {
  subject: "Your code is {{custom_vars.code}}",
  body: "<p>Type {{custom_vars.code}} into the page that you came from.</p>",
  wrong: "That is not the code. Look again, or ask for another one.",
};

const OPTIONS: FieldsOf<EmailVerificationOptions> = {
  length: other,
  words: other,
  texts: other,
  skippable: other,
  ask: other,
};

/**
 * A code by e-mail, until the address is verified: one is made and sent, another one at a press, and the right one sets
 * `email_verified`. Two flows, `send_code` and `verify_code`; the mail goes by the tenant's e-mail provider.
 *
 * A mail that can not be sent ends the form with an error, since it is sent before the page; `skippable` lets people in who do not
 * get it.
 *
 * @example emailVerification({ length: 4, texts: { subject: "{{custom_vars.code}} is your code" }, skippable: true })
 * @see https://auth0.com/docs/customize/forms/flows/integrations/auth0
 */
export function emailVerification(options: EmailVerificationOptions = {}): Stage {
  const problems = new Problems();
  const given = checkFields<EmailVerificationOptions>("", options, OPTIONS, problems, "option");
  const { length = 6, words = {}, texts = {}, skippable, ask } = given;
  checkFields("words", words, namesOf(PAGE), problems);
  checkFields("texts", texts, namesOf(SENT), problems);
  const page = { ...PAGE, ...words };
  const sent = { ...SENT, ...texts };

  const reference = "{{context.user.email}}";
  const sendCode = flow("send_code", {
    name: "Send a code by e-mail",
    actions: [
      generateCode("generate_otp", { reference, length }),
      sendEmail("send_email", {
        to: reference,
        subject: sent.subject,
        body: sent.body,
        custom_vars: { code: "{{actions.generate_otp.code}}" },
      }),
    ],
  });
  const verify = flow("verify_code", {
    name: "Verify the code",
    actions: [
      verifyCode("verify_otp", { reference, code: "{{fields.verification_code}}" }),
      booleanCondition("is_otp_valid", {
        if: isEqualTo("actions.verify_otp.valid", true),
        // biome-ignore lint/suspicious/noThenProperty: Auth0's own name, of a value that nobody awaits
        then: [updateUser("update_user_email_verified", { changes: { email_verified: true } })],
        else: [errorMessage("invalid_code_error", { message: sent.wrong })],
      }),
    ],
  });
  const stage = Stage.when(isEqualTo("email_verified", false), {
    id: "email_verification",
    alias: "Verify the e-mail address",
    before: sendCode,
    after: verify,
    skippable,
    ask,
    components: [
      richText(page.intro),
      number("verification_code", { label: page.label, required: true, saveTo: [] }),
      nextButton(page.button),
      resendButton(sendCode, {
        activeText: page.missing,
        buttonText: page.resend,
        waitingText: page.wait,
        textAlignment: "CENTER",
        maxAttempts: 3,
        waitingTime: 60,
      }),
    ],
  });
  return problems.all.length === 0 ? stage : Object.assign(stage, { [FAULTS]: problems.all });
}

function namesOf(texts: object): Readonly<Record<string, typeof other>> {
  return Object.fromEntries(Object.keys(texts).map((name) => [name, other]));
}

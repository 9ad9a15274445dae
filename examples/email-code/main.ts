import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Auth0Provider,
  booleanCondition,
  errorMessage,
  flow,
  generateCode,
  isEqualTo,
  nextButton,
  number,
  ProgressiveProfiling,
  resendButton,
  richText,
  Stage,
  sendEmail,
  updateUser,
  verifyCode,
} from "../../lib";

/** A code by e-mail, until the address is verified. */
class EmailCodeStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const sendCode = flow("send_code", {
      name: "Send a code by e-mail",
      actions: [
        generateCode("generate_otp", { reference: "{{context.user.email}}", length: 6 }),
        sendEmail("send_email", {
          to: "{{context.user.email}}",
          subject: "Your code is {{custom_vars.code}}",
          body: "<p>Type {{custom_vars.code}} into the page that you came from.</p>",
          custom_vars: { code: "{{actions.generate_otp.code}}" },
        }),
      ],
    });
    const verify = flow("verify_code", {
      name: "Verify the code",
      actions: [
        verifyCode("verify_otp", { reference: "{{context.user.email}}", code: "{{fields.verification_code}}" }),
        booleanCondition("is_otp_valid", {
          if: isEqualTo("actions.verify_otp.valid", true),
          then: [updateUser("update_user_email_verified", { changes: { email_verified: true } })],
          else: [
            errorMessage("invalid_code_error", {
              message: "That is not the code. Look again, or ask for another one.",
            }),
          ],
        }),
      ],
    });
    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Verify your address" },
      stages: [
        Stage.when(isEqualTo("email_verified", false), {
          id: "email_verification",
          alias: "Verify the e-mail address",
          before: sendCode,
          after: verify,
          components: [
            richText("<p>We sent a code to <strong>{{context.user.email}}</strong>.</p>"),
            number("verification_code", { label: "Code", required: true, saveTo: [] }),
            nextButton(),
            resendButton(sendCode, {
              activeText: "Nothing came?",
              buttonText: "Send another code",
              waitingText: "Another one in {{remaining_seconds}} seconds",
              textAlignment: "CENTER",
              maxAttempts: 3,
              waitingTime: 60,
            }),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new EmailCodeStack(app, "email-code");
app.synth();

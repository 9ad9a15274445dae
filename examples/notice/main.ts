import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, divider, nextButton, ProgressiveProfiling, richText, Stage } from "../../lib";

/** A notice without a question, that counts down. */
class NoticeStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Passkeys are coming" },
      // Counts down the logins that are left.
      sourceFile: join(__dirname, "action.js"),
      languages: { primary: "en", default: "en" },
      messages: {
        custom: {
          must_use_passkeys: "Passwords end in January.",
          logins_left1: "You can log in with yours",
          logins_left2: "more times.",
        },
      },
      stages: [
        Stage.always("passkeys", {
          alias: "Passkeys",
          components: [
            richText(
              "<p>{{ t('must_use_passkeys') }} {{ t('logins_left1') }} {{vars.logins_left}} {{ t('logins_left2')}}</p>",
            ),
            nextButton("I see"),
            divider(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new NoticeStack(app, "notice");
app.synth();

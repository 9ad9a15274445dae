import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, divider, nextButton, ProgressiveProfiling, richText, Stage } from "../../lib";

/** A notice without a question, at most once a week. */
class NoticeStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Passkeys are coming" },
      languages: { primary: "en", default: "en" },
      ask: { atMostEvery: { days: 7 } },
      messages: {
        custom: {
          must_use_passkeys: "Passwords end in January.",
          set_one_up: "Set up a passkey in your account.",
        },
      },
      stages: [
        Stage.always("passkeys", {
          alias: "Passkeys",
          components: [
            richText("<p>{{ t('must_use_passkeys') }} {{ t('set_one_up') }}</p>"),
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

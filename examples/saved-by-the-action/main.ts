import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, nextButton, ProgressiveProfiling, Stage, text } from "../../lib";

/** The Action saves the answer itself: no client, no grant, no Vault connection, no secret anywhere. */
class SavedByTheActionStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Your name" },
      saveBy: "action",
      languages: { primary: "en", default: "en" },
      css: ".af-button { border-radius: 4px; }",
      translations: {
        es: {
          components: {
            display_name: { label: "Nombre" },
            display_name_next_button: { config: { text: "Continuar" } },
          },
          messages: { errors: { ERR_REQUIRED_PROPERTY: "Falta una respuesta" } },
        },
      },
      stages: [
        Stage.untilAnswered("display_name", {
          components: [
            text("display_name", { label: "What shall we call you?", required: true, minLength: 1, maxLength: 50 }),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new SavedByTheActionStack(app, "saved-by-the-action");
app.synth();

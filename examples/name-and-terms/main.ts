import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Auth0Provider,
  divider,
  flow,
  nextButton,
  ProgressiveProfiling,
  richText,
  Stage,
  text,
  updateUser,
} from "../../lib";

/** The name at the root of the profile, by a flow of one's own, with a style sheet and messages. */
class NameAndTermsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const saveName = flow("save_name", {
      name: "Save the name",
      actions: [
        updateUser("update_user_details", { changes: { name: "{{fields.full_name}}" } }, { alias: "Save the name" }),
      ],
    });
    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Your name" },
      languages: { primary: "en", default: "en" },
      css: ".af-button { border-radius: 4px; }",
      messages: { errors: { ERR_REQUIRED_PROPERTY: "Please tell us your name." } },
      ending: { afterSubmit: saveName },
      stages: [
        Stage.always("name", {
          alias: "Name and terms",
          after: saveName,
          components: [
            richText("<h2>Who are you?</h2>"),
            text("full_name", {
              label: "Full name",
              hint: "<p>As it stands in your passport.</p>",
              required: true,
              minLength: 1,
              maxLength: 50,
              saveTo: [],
            }),
            divider(),
            richText('<p>By going on you accept the <a href="https://example.com/terms">terms</a>.</p>'),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new NameAndTermsStack(app, "name-and-terms");
app.synth();

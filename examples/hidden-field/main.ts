import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, html, nextButton, ProgressiveProfiling, richText, Stage } from "../../lib";

/** A notice that shows what a hidden field holds. */
class HiddenFieldStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "The login moves" },
      // Gives the hidden field its value.
      sourceFile: join(__dirname, "action.js"),
      hiddenFields: [{ key: "connection_type" }],
      stages: [
        Stage.always("moved", {
          alias: "The login has moved",
          components: [
            html("<p>You came by {{ fields.connection_type }}.</p>"),
            richText("<p>From {{ fields.connection_type }} on, {{ fields.connection_type }} is all you need.</p>"),
            nextButton("I see"),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new HiddenFieldStack(app, "hidden-field");
app.synth();

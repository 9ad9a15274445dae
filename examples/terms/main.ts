import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, legal, nextButton, ProgressiveProfiling, richText, Stage } from "../../lib";

/** Terms that are accepted once for each version. */
class TermsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Terms of use" },
      stages: [
        Stage.untilAccepted("app_metadata.terms", {
          version: "2026-11",
          alsoSave: { "app_metadata.terms_accepted_at": "{{functions.now()}}" },
          components: [
            richText("<h2>Our terms have changed</h2>"),
            legal("accept", {
              text: 'I accept the <a href="https://example.com/terms">terms of November 2026</a>.',
              required: true,
              saveTo: [],
            }),
            nextButton("Accept"),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new TermsStack(app, "terms");
app.synth();

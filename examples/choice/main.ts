import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, choice, nextButton, ProgressiveProfiling, richText, Stage, text } from "../../lib";

/** One of three answers, from the third login on, again after 90 days. */
class ChoiceStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "About you" },
      whenSavingFails: "stay",
      stages: [
        Stage.always("details", {
          alias: "Details",
          components: [
            richText("<h2>A few details</h2>"),
            text("full_name", { label: "Full name", required: true }),
            choice("gender", { label: "How shall we address you?", required: true, options: ["Ms", "Mr", "neither"] }),
            nextButton(),
          ],
        }),
      ],
      ask: { fromLogin: 3, atMostEvery: { days: 90 } },
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new ChoiceStack(app, "choice");
app.synth();

import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, articleStages, nextButton, ProgressiveProfiling, Stage, text } from "../../lib";

/** Every text in English and Japanese, and a third question from the third login on, that may be put off. */
class TwoLanguagesStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Two languages" },
      languages: { primary: "en" },
      stages: [
        ...articleStages({ languages: ["en", "ja"] }),
        Stage.untilAnswered("team", {
          ask: { fromLogin: 3 },
          skippable: { en: "Later", ja: "後で" },
          components: [
            text("team", { label: { en: "Team", ja: "チーム" }, required: true }),
            nextButton({ en: "Done", ja: "完了" }),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new TwoLanguagesStack(app, "two-languages");
app.synth();

import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, custom, divider, nextButton, ProgressiveProfiling, richText, Stage, step } from "../../lib";

const LOGO = join(__dirname, "logo.js");
const CHECKLIST = join(__dirname, "checklist.js");

/** Two steps in one login, with custom fields that get their choices from the Action. */
class TwoStepsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const logo = (id: string) =>
      custom(id, { codeFile: LOGO, params: { clientLogo: "{{vars.clientLogo}}" }, saveTo: [] });
    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "What may this application do?" },
      saveBy: "action",
      // Says what is asked for, and keeps the answers.
      sourceFile: join(__dirname, "action.js"),
      stages: [
        Stage.always("scopes", {
          steps: [
            step("scopes", {
              alias: "What it asks for",
              components: [
                logo("logo_of_scopes"),
                divider(),
                richText("<p><strong>{{context.client.name}}</strong> asks for:</p>"),
                divider(),
                custom("authorized_scopes", {
                  codeFile: CHECKLIST,
                  params: { scopes: "{{vars.requestedScopes}}" },
                  required: true,
                  saveTo: "app_metadata.authorized_scopes",
                }),
                nextButton("Next"),
              ],
            }),
            step("patients", {
              alias: "Which patients it sees",
              components: [
                logo("logo_of_patients"),
                divider(),
                custom("authorized_patients", {
                  label: "Which patients may it see?",
                  codeFile: CHECKLIST,
                  params: { patients: "{{vars.authorizedPatients}}" },
                  saveTo: "app_metadata.authorized_patients",
                }),
                nextButton("Allow"),
              ],
            }),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new TwoStepsStack(app, "two-steps");
app.synth();

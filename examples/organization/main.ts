import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, nextButton, ProgressiveProfiling, richText, Stage, text } from "../../lib";

/** A question for the members of one organization, when they log in to it. */
class OrganizationStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Staff number" },
      // The id of your organization.
      ask: { organizations: { only: ["org_9ybsU1dN2dKfDkBi"] } },
      stages: [
        Stage.untilAnswered("app_metadata.staff_number", {
          components: [
            richText("<p>Welcome to {{context.organization.display_name}}.</p>"),
            text("staff_number", { label: "Staff number", required: true, saveTo: "app_metadata.staff_number" }),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new OrganizationStack(app, "organization");
app.synth();

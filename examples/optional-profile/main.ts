import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, date, nextButton, ProgressiveProfiling, phone, Stage, text, url } from "../../lib";

/** Five questions, none of them required, at most once in 30 days. */
class OptionalProfileStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Your profile" },
      ask: { atMostEvery: { days: 30 } },
      stages: [
        Stage.always("profile", {
          components: [
            text("full_name", { label: "Full name" }),
            text("job_title", { label: "Job title" }),
            phone("mobile_number", { label: "Mobile" }),
            date("date_of_birth", { label: "Date of birth" }),
            url("linkedin", { label: "LinkedIn profile" }),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new OptionalProfileStack(app, "optional-profile");
app.synth();

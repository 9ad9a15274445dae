import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, emailVerification, ProgressiveProfiling } from "../../lib";

/** A code by e-mail, until the address is verified. */
class EmailCodeStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Verify your address" },
      stages: [emailVerification()],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new EmailCodeStack(app, "email-code");
app.synth();

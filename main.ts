import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, ProgressiveProfiling, requireTenantEnvironment, SampleApplication } from "./lib";

class ProgressiveProfilingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");
    const profiling = new ProgressiveProfiling(this, "profiling");
    const application = new SampleApplication(this, "sample-application");

    new TerraformOutput(this, "form-id", { value: profiling.formId, description: "Form shown after the login" });
    new TerraformOutput(this, "sample-client-id", {
      value: application.clientId,
      description: "Client ID of the sample application",
    });
  }
}

requireTenantEnvironment();
const app = new App();
new ProgressiveProfilingStack(app, "progressive-profiling");
app.synth();

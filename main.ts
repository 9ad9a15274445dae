import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, ProgressiveProfiling, SampleApplication, tenantFromEnvironment } from "./lib";

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

const { domain } = tenantFromEnvironment();
const app = new App();
// A stack for each tenant, and with it a state: what is deployed to one never looks like a change of another.
new ProgressiveProfilingStack(app, `progressive-profiling-${domain.replace(/[^A-Za-z0-9]/g, "-")}`);
app.synth();

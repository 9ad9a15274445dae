import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { environments } from "./environments";
import {
  Auth0Provider,
  defineStateBackend,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  SampleApplication,
  type SelectedEnvironment,
  selectEnvironments,
} from "./lib";

/** What all tenants get; an environment's own `profiling` goes over it. */
const PROFILING: ProgressiveProfilingProps = {};

/** A stack for each tenant, and with it a state: what is deployed to one never looks like a change of another. */
class ProgressiveProfilingStack extends TerraformStack {
  constructor(scope: Construct, { stackName, domain, backend, profiling, sampleApplication }: SelectedEnvironment) {
    super(scope, stackName);
    defineStateBackend(this, backend);
    // With the domain in it, another tenant's credentials fail, where they would deploy there without.
    new Auth0Provider(this, "auth0", { domain });

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      ...PROFILING,
      ...profiling,
      names: { ...PROFILING.names, ...profiling?.names },
    });
    new TerraformOutput(this, "form-id", { value: formId, description: "Form shown after the login" });

    if (sampleApplication === false) {
      return;
    }
    // The demo says by the variable where it starts the application.
    const { clientId } = new SampleApplication(this, "sample-application", {
      url: process.env.SAMPLE_APPLICATION_URL,
      ...sampleApplication,
    });
    new TerraformOutput(this, "sample-client-id", {
      value: clientId,
      description: "Client ID of the sample application",
    });
  }
}

const app = new App();
for (const environment of selectEnvironments(environments)) {
  new ProgressiveProfilingStack(app, environment);
}
app.synth();

import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, MachineToMachineClient, ManagementScopes, ProfilingAction, VaultConnection } from "../../lib";
import { WhoPays } from "./who-pays";

/** A form that was clicked together in the dashboard, with the Vault connection and the Action that no export has. */
class DashboardExportStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const client = new MachineToMachineClient(this, "client", { name: "Who pays?", scopes: ManagementScopes.LEAST });
    const { connectionId } = new VaultConnection(this, "vault", { name: "Who pays?", client });
    const { form } = new WhoPays(this, "who-pays", { profileWriterConnectionId: connectionId });
    new ProfilingAction(this, "action", { name: "Who pays?", formId: form.formId, metadataKeys: ["payer"] });
    new TerraformOutput(this, "form-id", { value: form.formId });
  }
}

const app = new App();
new DashboardExportStack(app, "dashboard-export");
app.synth();

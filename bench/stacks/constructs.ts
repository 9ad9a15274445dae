/** Synthesises what main.ts defines, with the constructs: `constructs.ts <outdir> [instances]`. */
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, ProgressiveProfiling, SampleApplication } from "../../lib";

const [, , outdir = "cdktf.out", instances = "1"] = process.argv;
const app = new App({ outdir });
const stack = new TerraformStack(app, "article");
new Auth0Provider(stack, "auth0");
for (let index = 0; index < Number(instances); index++) {
  new ProgressiveProfiling(stack, `profiling-${index}`);
}
new SampleApplication(stack, "sample");
app.synth();

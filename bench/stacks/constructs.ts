/**
 * Synthesises what main.ts defines, with the constructs: `constructs.ts <outdir> [instances] [own]`; with `own` its stages
 * are given, as if they were not the library's.
 */
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, articleStages, ProgressiveProfiling, SampleApplication } from "../../lib";

const [, , outdir = "cdktf.out", instances = "1", own] = process.argv;
const app = new App({ outdir });
const stack = new TerraformStack(app, "article");
new Auth0Provider(stack, "auth0");
const props = own === undefined ? {} : { stages: articleStages() };
for (let index = 0; index < Number(instances); index++) {
  new ProgressiveProfiling(stack, `profiling-${index}`, props);
}
new SampleApplication(stack, "sample");
app.synth();

import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, ProgressiveProfiling } from "../../lib";

/** The article: the job title at one login, the company at the next, and then nothing more. */
class ArticleStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling");
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new ArticleStack(app, "article");
app.synth();

import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Auth0Provider,
  allOf,
  articleStages,
  dropdown,
  hasNoValue,
  isEqualTo,
  nextButton,
  ProgressiveProfiling,
  Stage,
} from "../../lib";

/** The article's two stages, and a third for those alone who work in a large company. */
class ThreeStagesStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "About you and your company" },
      stages: [
        ...articleStages(),
        Stage.when(allOf(isEqualTo("user_metadata.company_size", "10,001+"), hasNoValue("user_metadata.department")), {
          id: "department",
          components: [
            dropdown("department", {
              label: "Department",
              required: true,
              options: ["Engineering", "Sales", "Support"],
            }),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new ThreeStagesStack(app, "three-stages");
app.synth();

import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Auth0Provider, boolean, nextButton, ProgressiveProfiling, Stage } from "../../lib";

/** Four consents, kept in `app_metadata`, where people can not change them by themselves. */
class ConsentsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Auth0Provider(this, "auth0");

    const consent = (key: string, label: string) =>
      boolean(key, {
        label,
        hint: 'Read <a href="https://example.com/privacy">what that means</a>.',
        required: true,
        defaultValue: false,
        saveTo: `app_metadata.${key}`,
      });
    const { formId } = new ProgressiveProfiling(this, "profiling", {
      names: { form: "Your consent" },
      // A consent that was not kept is none: nobody goes on without.
      whenSavingFails: "stay",
      stages: [
        Stage.untilAnswered("app_metadata.data_sharing", {
          components: [
            consent("data_sharing", "May we share your data with our partners?"),
            consent("profile_visibility", "May others see your profile?"),
            consent("location_tracking", "May we use your location?"),
            consent("ad_personalization", "May we choose advertisements for you?"),
            nextButton(),
          ],
        }),
      ],
    });
    new TerraformOutput(this, "form-id", { value: formId });
  }
}

const app = new App();
new ConsentsStack(app, "consents");
app.synth();

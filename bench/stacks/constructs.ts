/**
 * Synthesises what main.ts defines, with the constructs: `constructs.ts OUTDIR [JSON]`, where the JSON may say how many
 * `instances`, and whether the stages are `own`: given, as if they were not the library's; or so many `stages`, in so many
 * `languages`.
 */
import { App, TerraformStack } from "cdktf";
import {
  Auth0Provider,
  articleStages,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  richText,
  SampleApplication,
  Stage,
  text,
  type Words,
} from "../../lib";

interface Given {
  readonly instances?: number;
  readonly own?: boolean;
  readonly stages?: number;
  readonly languages?: number;
}

const [, , outdir = "cdktf.out", json = "{}"] = process.argv;
const { instances = 1, own = false, stages, languages = 1 }: Given = JSON.parse(json);

function props(): ProgressiveProfilingProps {
  if (stages === undefined) {
    return own ? { stages: articleStages() } : {};
  }
  const locales = ["en", "ja", "de", "fr", "es"].slice(0, languages);
  const words = (said: string): Words => Object.fromEntries(locales.map((locale) => [locale, `${said} (${locale})`]));
  return {
    languages: { primary: "en" },
    stages: Array.from({ length: stages }, (_, index) =>
      Stage.untilAnswered(`answer_${index}`, {
        components: [
          richText(words(`<h2>Question ${index}</h2>`)),
          text(`answer_${index}`, { label: words("Your answer"), required: true }),
          nextButton(words("Continue")),
        ],
      }),
    ),
  };
}

const app = new App({ outdir });
const stack = new TerraformStack(app, "article");
new Auth0Provider(stack, "auth0");
for (let index = 0; index < instances; index++) {
  new ProgressiveProfiling(stack, `profiling-${index}`, props());
}
new SampleApplication(stack, "sample");
app.synth();

import type { TerraformStack } from "cdktf";
import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, Stage, text } from "../../lib";
import { FaultyStep, type Step } from "../support/faults";
import type { Fault } from "../support/faulty-tenant";

jest.setTimeout(3_600_000);

const stage = (metadataKey: string, field: string = metadataKey) =>
  Stage.untilAnswered(metadataKey, {
    components: [text(field, { label: "?", required: true, metadataKey }), nextButton()],
  });

const profiling = (props: ProgressiveProfilingProps) => (stack: TerraformStack) => {
  new ProgressiveProfiling(stack, "profiling", props);
};

const deployed = profiling({ stages: [stage("role")] });

const STEPS: Record<string, Step> = {
  create: { to: deployed },
  "a stage added": { from: deployed, to: profiling({ stages: [stage("role"), stage("team")] }) },
  "a field renamed": { from: deployed, to: profiling({ stages: [stage("role", "position")] }) },
  rotation: { from: deployed, to: profiling({ stages: [stage("role")], secretVersion: "2" }) },
  destroy: { from: deployed },
};

test.each(Object.entries(STEPS))("%s", async (name, step) => {
  const begun = Date.now();
  const faulty = await FaultyStep.start(step);
  console.log(name, Date.now() - begun, faulty.requests.map((r) => `${r.request} ${r.time}`).join("\n"));
  const faults: Fault[][] = faulty.requests.flatMap((place) =>
    (["500", "lost", "held"] as const).map((fault) => [{ ...place, fault }]),
  );
  const courses = await faulty.try(faults.slice(0, Number(process.env.FIRST ?? 6)));
  await faulty.stop();
  console.log(name, Date.now() - begun, courses.map((c) => JSON.stringify(c)).join("\n"));
});

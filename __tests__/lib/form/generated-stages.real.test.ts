import fc from "fast-check";
import { ProgressiveProfiling } from "../../../lib";
import { generatedStages } from "../../support/generated-stages";
import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import { Workspace } from "../../support/terraform";

jest.setTimeout(60_000);

/** So many forms a run, others in each. */
const FORMS = 5;
const seed = Date.now() % 2 ** 31;

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
});

afterAll(async () => {
  workspace?.remove();
  await tenant.stop();
});

test(`what is right is applied by the real provider, and a second plan has nothing to do (seed ${seed})`, () => {
  const forms = fc.sample(generatedStages, { numRuns: FORMS, seed });
  workspace.synth((stack) => {
    for (const [index, stages] of forms.entries()) {
      const names = { form: `Form ${index}`, action: `Action ${index}` };
      new ProgressiveProfiling(stack, `profiling-${index}`, { stages, names });
    }
  });
  workspace.apply();

  expect(workspace.plan().changes).toEqual({});
  const types = [...workspace.resources().keys()].map((address) => address.split(".")[0]);
  expect(types.filter((type) => type === "auth0_form")).toHaveLength(FORMS);
});

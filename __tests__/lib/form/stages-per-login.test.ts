import { Testing } from "cdktf";
import fc from "fast-check";
import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, Stage, step, text } from "../../../lib";
import type { Json } from "../../../tenant/documents/json";
import { formAsSent } from "../../support/as-sent";
import { FORM_ID, Tenant } from "../../support/journey-tenant";
import { asTerraformReads, loaded, type PostLoginAction } from "../../support/library-action";
import { LOGIN } from "../../support/scheduled-login";
import { devStack } from "../../support/stack";
import { problemsOf } from "../../support/stages";

const RUNS = 60;

type Metadata = Record<string, Json>;

/** A tenant whose forms see the profile as it was when the login began, or as it is. */
class LoginTenant extends Tenant {
  before: Metadata | undefined;
  override readonly context = () => ({
    user: { user_id: "auth0|1", name: "Ana", user_metadata: this.before ?? this.metadata, app_metadata: {} },
    transaction: { state: "hKFo2SBI" },
  });
}

/** What is deployed: the form with its flows in a tenant, and the Action. */
function deployed(props: ProgressiveProfilingProps): { tenant: LoginTenant; action: PostLoginAction } {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  const { resource } = JSON.parse(Testing.synth(stack));
  const { form, flows } = formAsSent(resource);
  const tenant = new LoginTenant(form as never);
  for (const [id, { actions }] of Object.entries(flows)) {
    tenant.flows.set(id, actions as never);
  }
  const [{ code }] = Object.values(resource.auth0_action) as [{ code: string }];
  const withId = code.replace(/^const FORM_ID = .*;$/m, `const FORM_ID = "${FORM_ID}";`);
  return { tenant, action: loaded(asTerraformReads(withId)) };
}

/** One login: the ids of the steps that were shown; each is answered, or put off. */
async function logIn(
  { tenant, action }: ReturnType<typeof deployed>,
  isPutOff: (step: string) => boolean = () => false,
  isFresh = false,
): Promise<string[]> {
  tenant.before = isFresh ? undefined : structuredClone(tenant.metadata);
  const user = { ...LOGIN.user, user_metadata: structuredClone(tenant.metadata) };
  const rendered: object[] = [];
  await action.onExecutePostLogin(
    { ...LOGIN, user },
    { prompt: { render: (_, options) => void rendered.push(options ?? {}) } },
  );
  const [options] = rendered;
  if (options === undefined) {
    return [];
  }
  const shown: string[] = [];
  let journey = await tenant.start(options);
  while (journey.position.at === "step" && shown.length < 20) {
    const { id } = journey.position;
    const name = id.replace(/^step_/, "");
    shown.push(name);
    const posted = isPutOff(name) ? { action: `jump:${name}_later` } : { [`field.${name}`]: `answer to ${name}` };
    journey = await tenant.submit(journey, id, posted);
  }
  expect(journey.position).toEqual({ at: "ended", resumes: true });
  const prompt = { id: FORM_ID, fields: journey.fields, vars: journey.vars };
  const setUserMetadata = (key: string, value: Json) => Object.assign(tenant.metadata, { [key]: value });
  await action.onContinuePostLogin(
    { ...LOGIN, user, prompt },
    { user: { setUserMetadata, setAppMetadata: jest.fn() } },
  );
  return shown;
}

const asking = (id: string, place: string = id, skippable = false) =>
  Stage.untilAnswered(place, {
    id,
    skippable,
    components: [text(id, { label: id, required: true, saveTo: `user_metadata.${place}` }), nextButton()],
  });

test.each(["flow", "action"] as const)(
  "by the %s, two of three stages are asked and saved in one login",
  async (saveBy) => {
    const made = deployed({ stages: ["a", "b", "c"].map((id) => asking(id)), stagesPerLogin: 2, saveBy });

    expect(await logIn(made)).toEqual(["a", "b"]);
    expect(made.tenant.metadata).toEqual({ a: "answer to a", b: "answer to b" });
    expect(await logIn(made)).toEqual(["c"]);
    expect(await logIn(made)).toEqual([]);
    expect(made.tenant.metadata).toEqual({ a: "answer to a", b: "answer to b", c: "answer to c" });
  },
);

test("who puts a stage off goes on to the next one, and meets the first again at the next login", async () => {
  const stages = [asking("a", "a", true), asking("b"), asking("c")];
  const made = deployed({ stages, stagesPerLogin: 2 });

  expect(await logIn(made, (id) => id === "a")).toEqual(["a", "b"]);
  expect(made.tenant.metadata).toEqual({ b: "answer to b" });
  expect(await logIn(made)).toEqual(["a", "c"]);
});

test("what was answered before a stage was put off is not saved with the next one", async () => {
  const half = Stage.untilAnswered("one", {
    skippable: true,
    steps: ["one", "two"].map((id) =>
      step(id, { components: [text(id, { label: id, required: true }), nextButton()] }),
    ),
  });
  const made = deployed({ stages: [half, asking("b")], stagesPerLogin: 2 });

  expect(await logIn(made, (id) => id === "two")).toEqual(["one", "two", "b"]);
  expect(made.tenant.metadata).toEqual({ b: "answer to b" });
});

interface Drawn {
  readonly isNested: boolean;
  readonly isSkippable: boolean;
  readonly isAnswered: boolean;
}

const placeOf = (id: string, { isNested }: Drawn) => (isNested ? `all.${id}` : id);
const valueAt = (metadata: Metadata, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Metadata | undefined)?.[key], metadata);

test("the stages that are due are asked in their order, as many as may be, none twice, and nothing else is lost", async () => {
  const drawn = fc.array(fc.record({ isNested: fc.boolean(), isSkippable: fc.boolean(), isAnswered: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  });
  const ways = fc.record({
    stagesPerLogin: fc.integer({ min: 1, max: 6 }),
    saveBy: fc.constantFrom("flow", "action" as const),
    isFresh: fc.boolean(),
    putOff: fc.uniqueArray(fc.nat(4)),
  });
  await fc.assert(
    fc.asyncProperty(drawn, ways, async (all, { stagesPerLogin, saveBy, isFresh, putOff }) => {
      const stages = all.map((one, index) => asking(`s${index}`, placeOf(`s${index}`, one), one.isSkippable));
      const made = deployed({ stages, stagesPerLogin, saveBy });
      const { metadata } = made.tenant;
      for (const [index, one] of all.entries()) {
        if (one.isAnswered) {
          const [first = "", inner] = placeOf(`s${index}`, one).split(".");
          metadata[first] = inner === undefined ? "old" : { ...(metadata[first] as Metadata), [inner]: "old" };
        }
      }
      const before = structuredClone(metadata);
      const due = all.flatMap((one, index) => (one.isAnswered ? [] : [`s${index}`]));
      const isPutOff = (id: string) => {
        const index = Number(id.slice(1));
        return putOff.includes(index) && all[index]?.isSkippable === true;
      };

      // Alone in its login, a stage that is put off is the end of the form.
      expect(await logIn(made, isPutOff, isFresh)).toEqual(due.slice(0, stagesPerLogin));
      for (const [index, one] of all.entries()) {
        const id = `s${index}`;
        const isSaved = due.slice(0, stagesPerLogin).includes(id) && !isPutOff(id);
        const path = placeOf(id, one);
        expect(valueAt(made.tenant.metadata, path)).toBe(isSaved ? `answer to ${id}` : valueAt(before, path));
      }
    }),
    { numRuns: RUNS },
  );
});

test.each<[string, ProgressiveProfilingProps, string]>([
  ["none", { stagesPerLogin: 0 }, "stagesPerLogin must be an integer of 1 to 10, got 0; choose another one"],
  ["a part", { stagesPerLogin: 1.5 }, "stagesPerLogin must be an integer of 1 to 10, got 1.5; choose another one"],
  [
    "a text",
    { stagesPerLogin: "2" as never },
    'stagesPerLogin must be an integer of 1 to 10, got "2"; choose another one',
  ],
  [
    "more than one, where a constant would be lost",
    {
      stagesPerLogin: 2,
      stages: [
        Stage.untilAccepted("app_metadata.agreed.terms", {
          version: "1",
          components: [text("a", { label: "a", required: true, saveTo: [] }), nextButton()],
        }),
        Stage.untilAnswered("b", {
          components: [
            text("b", { label: "b", required: true, saveTo: ["user_metadata.b", "app_metadata.agreed.b"] }),
            nextButton(),
          ],
        }),
      ],
    },
    'stage "terms": "app_metadata.agreed.terms" would be lost, where another stage of the same login writes "app_metadata.agreed" as a whole; write it elsewhere, or leave stagesPerLogin out',
  ],
  [
    "more than one, where the Action could not tell whether a version was accepted",
    {
      stagesPerLogin: 2,
      saveBy: "action",
      stages: [
        asking("a", "a", true),
        Stage.always("seen", { alsoSave: { "user_metadata.seen": true }, components: [nextButton()] }),
      ],
    },
    'stage "seen" can be put off, and the Action could not tell that from going on, so that it would write "user_metadata.seen" all the same; make a field of its last step required, or leave saveBy out',
  ],
])("%s is refused", (_, props, problem) => {
  expect(problemsOf(props)).toEqual([problem]);
});

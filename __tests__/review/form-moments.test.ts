import { hasNoValue, nextButton, type ProgressiveProfilingProps, Stage, text } from "../../lib";
import { type Login, loginsOf } from "../../review/form/login";
import { userWith } from "../../review/form/user-state";
import { AskingTenant } from "../support/asking-tenant";
import { actionOf } from "../support/library-action";
import { profilingOfStack, stackOf } from "../support/reviewed-props";

const SIGN_UP = Date.parse("2026-01-01T00:00:00.000Z");
const MINUTE = 60_000;

type Options = Partial<Parameters<typeof Stage.untilAnswered>[1]>;

function asked(key: string, options: Options = {}): Stage {
  return Stage.untilAnswered(key, { components: components(key), ...options });
}

/** A field whose answer goes where the stage looks for it. */
function components(key: string) {
  const id = key.replace(/\W/g, "_");
  const saveTo = (key.length > 1 ? key : `user_metadata.${key}`) as "user_metadata.a";
  return [text(id, { label: key, required: true, saveTo }), nextButton()];
}

function accepted(version: string, options: Options = {}): Stage {
  const ok = text("ok", { label: "OK", required: true, saveTo: [] });
  return Stage.untilAccepted("app_metadata.terms", { version, components: [ok, nextButton()], ...options });
}

beforeEach(() => {
  jest.useFakeTimers({ now: SIGN_UP, doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setTimeout"] });
});

afterEach(() => {
  jest.useRealTimers();
});

test.each<[string, ProgressiveProfilingProps]>([
  ["from a login on", { ask: { fromLogin: 3 }, stages: [asked("a"), asked("b")] }],
  ["not before so long after the sign-up", { ask: { afterSignUp: { hours: 36 } }, stages: [asked("a")] }],
  ["at most once in so long", { ask: { atMostEvery: { days: 7 } }, stages: [asked("a"), asked("b"), asked("c")] }],
  [
    "from a login on, long after the sign-up, and seldom",
    {
      ask: { fromLogin: 4, afterSignUp: { days: 2 }, atMostEvery: { minutes: 90 } },
      stages: [asked("a"), asked("b")],
    },
  ],
  ["a stage later than those behind it", { stages: [asked("a", { ask: { afterSignUp: { days: 30 } } }), asked("b")] }],
  [
    "stages with moments of their own, and of all",
    {
      ask: { atMostEvery: { days: 7 } },
      stages: [
        asked("a", { ask: { fromLogin: 3 } }),
        asked("b", { ask: { afterSignUp: { days: 20 } } }),
        accepted("2026-11"),
      ],
    },
  ],
  [
    "a stage that is always due, now and then",
    { ask: { fromLogin: 2, atMostEvery: { days: 90 } }, stages: [always()] },
  ],
  [
    "a stage that is always due behind others",
    { stages: [asked("a"), Stage.always("z", { ask: { atMostEvery: { days: 3 } }, components: components("z") })] },
  ],
  ["answers that the Action saves", { saveBy: "action", stages: [asked("a"), asked("b"), accepted("2")] }],
  ["two stages in one login", { stagesPerLogin: 2, stages: [asked("a"), asked("b"), accepted("2")] }],
  [
    "two stages in one login that the Action saves",
    { stagesPerLogin: 2, saveBy: "action", stages: [asked("a"), accepted("2"), asked("b")] },
  ],
  [
    "two stages in one login, inside of one object",
    { stagesPerLogin: 2, stages: ["a", "b", "c"].map((key) => asked(`user_metadata.contact.${key}`)) },
  ],
  ["more stages in one login than there are", { stagesPerLogin: 10, stages: [asked("a"), asked("b")] }],
  [
    "several stages in one login, now and then, and one of them later",
    {
      stagesPerLogin: 2,
      ask: { atMostEvery: { days: 7 } },
      stages: [asked("a"), asked("b", { ask: { afterSignUp: { days: 20 } } }), asked("c"), asked("d")],
    },
  ],
  [
    "several stages in one login, one of them always due, and one on a condition",
    {
      stagesPerLogin: 2,
      stages: [
        Stage.when(
          { operator: "EQ", operands: ["{{context.user.user_metadata.b}}", "2"] },
          { id: "never", components: components("n") },
        ),
        asked("b"),
        always(),
      ],
    },
  ],
  [
    "several stages in one login, of which the second depends on what nobody knows",
    {
      stagesPerLogin: 2,
      stages: [
        asked("a"),
        Stage.when(
          { operator: "EQ", operands: ["{{context.user.name}}", "Ana"] },
          { id: "named", components: components("n") },
        ),
      ],
    },
  ],
  [
    "answers that the Action saves inside of objects",
    { saveBy: "action", stages: [asked("user_metadata.contact.a"), asked("app_metadata.contact.b")] },
  ],
  [
    "a stage that can be put off, answered",
    { saveBy: "action", stages: [asked("a", { skippable: true }), accepted("2", { skippable: true })] },
  ],
  ["answers in app_metadata and at the root", { stages: [asked("app_metadata.a"), named(), asked("b")] }],
  [
    "a stage on a condition",
    {
      ask: { fromLogin: 1 },
      stages: [
        Stage.when(
          { operator: "EQ", operands: ["{{context.user.user_metadata.b}}", "1"] },
          { id: "never", components: components("a") },
        ),
        asked("b"),
      ],
    },
  ],
])("what the review says of logins and days is what the Action and the form ask: %s", async (_, props) => {
  const stack = stackOf(props);
  const profiling = profilingOfStack(stack);
  const { logins, repeatsFrom } = loginsOf(profiling, userWith());
  const tenant = new AskingTenant(profiling, actionOf(stack));
  tenant.user = { ...tenant.user, name: "Ana" };

  expect(profiling.action?.schedule ?? profiling.action?.metadataKeys).toBeDefined();
  for (const login of [...logins, ...(repeatsFrom === undefined ? [] : logins.slice(repeatsFrom))]) {
    await passes(login.wait, tenant);
    const found = await tenant.login();
    // What depends on something comes behind what does not.
    expect(login.doubt === undefined ? found : found.slice(0, login.steps.length)).toEqual(login.steps);
    if (login.doubt !== undefined) {
      return;
    }
  }
  // Whoever is said to be asked no more is not asked later, either.
  for (let year = 1; repeatsFrom === undefined && year <= 5; year += 1) {
    jest.setSystemTime(Date.now() + 365 * 24 * 60 * MINUTE);
    expect(await tenant.login()).toEqual([]);
  }
});

/** What is said to pass without a question: nothing is asked a minute sooner, or a login before. */
async function passes(wait: Login["wait"], tenant: AskingTenant): Promise<void> {
  const { logins = 0, minutes = 0 } = wait ?? {};
  const isTimed = minutes > 0;
  jest.setSystemTime(Date.now() + (isTimed ? minutes - 1 : 0) * MINUTE);
  for (let login = 0; login < logins + (isTimed ? 1 : 0); login += 1) {
    expect(await tenant.login()).toEqual([]);
  }
  jest.setSystemTime(Date.now() + (isTimed ? MINUTE : 0));
}

function named(): Stage {
  return Stage.when(hasNoValue("given_name"), { id: "named", components: components("given_name") });
}

function always(): Stage {
  return Stage.always("z", { components: components("z") });
}

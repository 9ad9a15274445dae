import fc from "fast-check";
import type { Moment, StageMoment } from "../../lib";
import type { Json } from "../../tenant/documents/json";
import { holds } from "../../tenant/forms/condition";
import { LocalizedForm } from "../../tenant/forms/localized-form";
import { contextVariable, formScope } from "../../tenant/forms/scope";
import { scheduledAction } from "../support/library-action";
import { daysAgo, LOGIN, NOW } from "../support/scheduled-login";

/** So many times an Action is made, and so many people log in to each. */
const RUNS = 300;
const PEOPLE = 10;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
});

afterEach(() => {
  jest.useRealTimers();
});

const form = new LocalizedForm({ id: "ap_1", name: "Profile", created_at: NOW, updated_at: NOW }, []);

/** What the form's router finds: as the local tenant decides, with no field answered yet. */
function routerHolds(condition: unknown, { user, client, organization }: Login): boolean {
  const { metadata: _, ...shownClient } = { metadata: {}, ...client };
  const context = contextVariable({ user, client: shownClient, organization });
  return holds(
    condition as Json,
    formScope(form, { context, fields: {}, vars: {} }, () => new Date(NOW)),
    "router",
  );
}

/** An Action that tells the stage that it shows the form for. */
function decision(stages: readonly StageMoment[], ask?: Moment): (login: Login) => Promise<string | undefined> {
  const action = scheduledAction({ stages, ask, tellsStage: true });
  return async (login) => {
    const render = jest.fn();
    await action.onExecutePostLogin(login, { prompt: { render } });
    return render.mock.calls[0]?.[1].vars.stage;
  };
}

interface Login {
  readonly user: object;
  readonly client: object;
  readonly organization?: object;
}

// Few names and few values, so that what is looked for is often there.
const key = fc.constantFrom("a", "b", "constructor", "d-e", "f");
const leaf = fc.constantFrom<Json>("", "x", "y", null, true, false, 0, 1, [], ["x"], {}, { a: "x" });
const metadata = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)));
const attributes = fc.record(
  {
    given_name: fc.constantFrom("", "x", "Ada"),
    email: fc.constantFrom("x", "ada@example.com"),
    phone_verified: fc.boolean(),
  },
  { requiredKeys: [] },
);
const organization = fc.record({ id: fc.constantFrom("org_1", "org_2"), name: fc.constantFrom("x", "y"), metadata });
const memory = fc.constantFrom(
  {},
  { progressive_profiling: { ap_1: { asked_at: daysAgo(1), stages: { s0: daysAgo(3), s1: daysAgo(9) } } } },
  { progressive_profiling: { ap_1: { asked_at: daysAgo(8), stages: { s2: daysAgo(8) } } } },
);
const logins: fc.Arbitrary<Login> = fc
  .record({
    attributes,
    email_verified: fc.boolean(),
    user_metadata: fc.option(metadata, { nil: undefined }),
    app_metadata: fc.tuple(metadata, memory).map(([one, other]) => ({ ...one, ...other })),
    user_id: fc.integer({ min: 0, max: 1e9 }).map((number) => `auth0|${number}`),
    days: fc.constantFrom(0, 1, 5, 7, 40),
    client_id: fc.constantFrom("shop", "admin"),
    organization: fc.option(organization, { nil: undefined }),
    logins_count: fc.integer({ min: 1, max: 5 }),
  })
  .map(
    ({
      attributes,
      email_verified,
      user_metadata,
      app_metadata,
      user_id,
      days,
      client_id,
      organization,
      logins_count,
    }) => ({
      ...LOGIN,
      client: { client_id, name: "x" },
      ...(organization && { organization }),
      stats: { logins_count },
      user: {
        ...LOGIN.user,
        ...attributes,
        email_verified,
        ...(user_metadata === undefined ? { user_metadata: {} } : { user_metadata }),
        app_metadata,
        user_id,
        created_at: daysAgo(days),
      },
    }),
  );

const path = fc.oneof(
  fc.tuple(fc.constantFrom("user_metadata", "app_metadata"), key).map((parts) => parts.join(".")),
  fc.tuple(fc.constantFrom("user_metadata", "app_metadata"), key, key).map((parts) => parts.join(".")),
  fc.constantFrom("user_metadata", "given_name", "family_name", "email", "email_verified", "phone_verified"),
);
const expression = fc.oneof(
  path.map((where) => `{{context.user.${where}}}`),
  path.map((where) => `{{ context.user.${where} }}`),
  fc.constantFrom("{{context.client.client_id}}", "{{context.organization.id}}", "{{context.organization.metadata.a}}"),
);
const literal = fc.oneof(leaf, fc.constantFrom<Json>("shop", "org_1", "Ada", "{ x }", "}}"));

/** Conditions of comparisons like these, three groups deep. */
function conditionsOf(comparison: fc.Arbitrary<object>): fc.Arbitrary<object> {
  const { group } = fc.letrec<{ group: object; operand: object }>((tie) => ({
    group: fc.record({
      operator: fc.constantFrom("AND", "OR"),
      operands: fc.array(tie("operand"), { minLength: 1, maxLength: 3 }),
    }),
    operand: fc.oneof({ maxDepth: 3 }, comparison, tie("group")),
  }));
  return group;
}

const operand = fc.oneof(expression, literal, fc.array(expression, { maxLength: 2 }), fc.record({ a: expression }));
const known = fc.oneof(
  expression.map((one) => ({ operator: "HAS_NO_VALUE", operands: [one] })),
  fc.tuple(fc.constantFrom("EQ", "NEQ"), operand, operand).map(([operator, ...operands]) => ({ operator, operands })),
);
const unknown = fc.oneof(
  known,
  fc
    .tuple(
      fc.constantFrom("EXISTS", "IS_TRUE", "HAS_NO_VALUE"),
      fc.constantFrom("{{fields.a}}", "{{vars.a}}", "{{context.user.email ?? 'x'}}"),
    )
    .map(([operator, one]) => ({ operator, operands: [one] })),
  fc
    .tuple(
      fc.constantFrom("INCLUDES", "STARTS_WITH", "GT", "EQ", "MATCHES"),
      expression,
      fc.constantFrom("x", "{{fields.a}}", "{{functions.now()}}"),
    )
    .map(([operator, ...operands]) => ({ operator, operands })),
);

const duration = fc.oneof(
  fc.record({ days: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ hours: fc.integer({ min: 1, max: 240 }) }),
);
const moments: fc.Arbitrary<Moment> = fc.record(
  {
    fromLogin: fc.integer({ min: 1, max: 5 }),
    afterSignUp: duration,
    atMostEvery: duration,
    clients: fc.constantFrom({ only: ["shop"] }, { except: ["shop"] }, { only: ["shop", "admin"] }),
    organizations: fc.constantFrom({ only: ["org_1"] }, { except: ["org_1"] }),
    share: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);

const people = fc.array(logins, { minLength: PEOPLE, maxLength: PEOPLE });

test("the Action finds a condition to hold where the router does, and nowhere else", async () => {
  const decided = { true: 0, false: 0 };
  await fc.assert(
    fc.asyncProperty(conditionsOf(known), people, async (condition, everybody) => {
      const decide = decision([{ id: "s0", condition: condition as never }]);
      for (const login of everybody) {
        const expected = routerHolds(condition, login);
        decided[`${expected}`] += 1;
        expect((await decide(login)) === "s0").toBe(expected);
      }
    }),
    { numRuns: RUNS },
  );
  // Neither is rare, or little would be shown.
  expect(Math.min(decided.true, decided.false)).toBeGreaterThan((RUNS * PEOPLE) / 5);
});

test("the Action keeps nothing back that the router would show, whatever the condition", async () => {
  await fc.assert(
    fc.asyncProperty(conditionsOf(unknown), people, async (condition, everybody) => {
      const decide = decision([{ id: "s0", condition: condition as never }]);
      for (const login of everybody) {
        if ((await decide(login)) === undefined) {
          expect(outcomeOf(() => routerHolds(condition, login))).not.toBe(true);
        }
      }
    }),
    { numRuns: RUNS },
  );

  function outcomeOf(decide: () => boolean): unknown {
    try {
      return decide();
    } catch (error) {
      return error;
    }
  }
});

test("of several stages the Action tells the first that the router would show at a right moment", async () => {
  const stage = fc.record({ condition: fc.option(conditionsOf(known), { nil: undefined }), ask: moments });
  await fc.assert(
    fc.asyncProperty(fc.array(stage, { minLength: 1, maxLength: 4 }), moments, people, async (all, ask, everybody) => {
      const stages = all.map(({ condition, ask }, index) => ({
        id: `s${index}`,
        ask,
        ...(condition && { condition: condition as never }),
      }));
      const decide = decision(stages, ask);
      const momentDecisions = stages.map(({ id, ask: own }) => decision([{ id, ask: own }], ask));

      for (const login of everybody) {
        const moments = await Promise.all(momentDecisions.map((isMoment) => isMoment(login)));
        const expected = stages.find(
          ({ id, condition }) => moments.includes(id) && (condition === undefined || routerHolds(condition, login)),
        );
        expect(await decide(login)).toBe(expected?.id);
      }
    }),
    { numRuns: RUNS / 3 },
  );
});

import { FINDING_KINDS, type FindingKind } from "../../review/finding";
import { reviewForm } from "../../review/form/form-review";
import type { Action } from "../../review/plan/plan";
import type { Profiling, ProfilingChange } from "../../review/profiling";
import type { ResourceReview } from "../../review/resources/resources";
import type { ReviewedProfiling, StackFinding, StackReview } from "../../review/stack-review";
import { verdictOf } from "../../review/verdict";
import { changeOf, profilingOf } from "../support/reviewed-form";
import { BEFORE, COMPANY, PROFILE, TEAM } from "../support/reviewed-stages";
import { type PlanJson, storedPlan, told } from "../support/stored-plans";

/** The plan, with nothing in it but resources of these types. */
function only(plan: PlanJson, ...types: readonly string[]): PlanJson {
  const prior = plan.prior_state as { values: { root_module: { resources: { type: string }[] } } } | undefined;
  const module = prior?.values.root_module;
  if (module !== undefined) {
    module.resources = module.resources.filter(({ type }) => types.includes(type));
  }
  return { ...plan, resource_changes: plan.resource_changes.filter(({ type }) => types.includes(type)) };
}

/** The plan, where its form is new, and of these languages. */
function newForm(languages: object, translations: object): PlanJson {
  const plan = storedPlan("link-only");
  for (const { type, change } of plan.resource_changes) {
    if (type === "auth0_form") {
      change.actions = ["create"];
      change.before = null;
      change.after = { ...change.after, languages: [languages], translations: JSON.stringify(translations) };
    }
  }
  return plan;
}

test.each<[string, PlanJson, string]>([
  [
    "a stack with a form, of which nothing changes, says that users are asked as before",
    storedPlan("import-of-all"),
    "what users are asked stays as it is · 8 resources imported, 2 changed, none destroyed",
  ],
  [
    "a stack without a form says nothing of what users are asked",
    only(storedPlan("import-of-all"), "auth0_client", "auth0_client_grant"),
    "2 resources imported, none destroyed",
  ],
  [
    "a new form in one language does not say in which",
    newForm({ primary: "en" }, {}),
    "a new form with 1 stage, every user is asked 1 question · 1 resource added, none destroyed",
  ],
  [
    "a new form in several languages says in which",
    newForm({ primary: "en", default: "ja" }, { ja: { components: {} }, de: { components: {} } }),
    "a new form with 1 stage, in 3 languages (`de`, `en`, `ja`), every user is asked 1 question · 1 resource added, none destroyed",
  ],
])("%s", (_, plan, verdict) => {
  expect(told(plan).verdict).toBe(verdict);
});

const NOTHING: StackReview = {
  name: "login",
  resources: [],
  findings: [],
  profilings: [],
  drift: [],
  driftedForms: [],
  scopes: [],
  actions: [],
  flows: [],
  limits: [],
  values: [],
  hasForms: true,
  mode: { isDestroy: false, isIncomplete: false, all: 0 } as StackReview["mode"],
};

function resources(...actions: readonly (Action | Partial<ResourceReview>)[]): ResourceReview[] {
  return actions.map((one, index) => ({
    address: `auth0_client.${index}`,
    type: "auth0_client",
    action: "no-op",
    isImported: false,
    createsFirst: false,
    attributes: [],
    isTakingBack: false,
    isForeign: false,
    isPartlyForeign: false,
    ...(typeof one === "string" ? { action: one } : one),
  }));
}

function found(kind: FindingKind, what: string = kind, isForeign = false): StackFinding {
  return { kind, what, where: { address: "a" }, values: {}, isForeign } as unknown as StackFinding;
}

/** A form as it is reviewed, with what else there is to say of it. */
function reviewed(change: ProfilingChange, rest: Partial<ReviewedProfiling> = {}): ReviewedProfiling {
  const review = reviewForm(change);
  return { change, review, isForeign: false, isTakingBack: false, own: review, ...rest };
}

function kept(...kinds: readonly FindingKind[]): ReviewedProfiling {
  return reviewed(changeOf(BEFORE, BEFORE), { own: { findings: kinds.map((kind) => found(kind)), changedSteps: [] } });
}

const other = (profiling: Profiling, name = "Other") => ({ ...profiling, form: { ...profiling.form, name } });
const [UPDATED] = [resources("update")];

function verdict(stack: Partial<StackReview>): string {
  return verdictOf({ ...NOTHING, ...stack });
}

describe("the first line says of the resources", () => {
  const drift = (count: number, isTakenBack = true) =>
    Array.from({ length: count }, (_, index) => ({
      address: `auth0_client.${index}`,
      change: "changed" as const,
      attributes: [],
      isTakenBack,
    }));

  test.each<[string, Partial<StackReview>]>([
    ["nothing changes", {}],
    ["nothing changes", { resources: resources("no-op", "read") }],
    ["nothing changes by this pull request", { resources: resources("no-op", { action: "update", isForeign: true }) }],
    ["a check of the configuration fails, nothing changes", { findings: [found("check")] }],
    ["nothing changes in the tenant; 1 resource changed outside Terraform", { drift: drift(1, false) }],
    ["nothing changes in the tenant; 2 resources changed outside Terraform", { drift: drift(2, false) }],
    ["what users are asked stays as it is · 1 resource added, none destroyed", { resources: resources("create") }],
    ["1 resource added, none destroyed", { resources: resources("create"), hasForms: false }],
    [
      "2 resources added, 1 imported, 1 changed, 1 replaced, 1 forgotten, 1 destroyed",
      {
        resources: resources("create", "create", "import", "update", "replace", "forget", "destroy", "no-op", "read"),
        hasForms: false,
      },
    ],
    ["1 resource destroyed", { resources: resources("destroy"), hasForms: false }],
    ["1 resource replaced", { resources: resources("replace"), hasForms: false }],
    ["1 resource forgotten, none destroyed", { resources: resources("forget"), hasForms: false }],
    [
      "1 resource imported, 1 changed, none destroyed",
      { resources: resources({ action: "update", isImported: true }), hasForms: false },
    ],
    [
      "1 resource moved, none destroyed",
      { resources: resources({ action: "no-op", previousAddress: "a" }), hasForms: false },
    ],
    [
      "1 resource changed, 2 moved, none destroyed",
      {
        resources: resources({ action: "update", previousAddress: "a" }, { action: "no-op", previousAddress: "b" }),
        hasForms: false,
      },
    ],
    [
      "2 of 3 resources destroyed: the plan was made with `-destroy`",
      {
        resources: resources("destroy", "destroy"),
        hasForms: false,
        mode: { ...NOTHING.mode, isDestroy: true, all: 3 },
      },
    ],
    [
      "2 resources destroyed: the plan was made with `-destroy` and with `-target` or `-exclude`, and leaves the rest out",
      {
        resources: resources("destroy", "destroy"),
        hasForms: false,
        mode: { ...NOTHING.mode, isDestroy: true, isIncomplete: true, all: 2 },
      },
    ],
    [
      "1 resource added, none destroyed: the plan was made with `-target` or `-exclude`, and leaves the rest out",
      { resources: resources("create"), hasForms: false, mode: { ...NOTHING.mode, isIncomplete: true } },
    ],
    [
      "1 change made outside Terraform is taken back · 1 resource changed, none destroyed",
      { resources: UPDATED, drift: [...drift(1), ...drift(1, false)] },
    ],
    [
      "2 changes made outside Terraform are taken back · 2 resources changed, none destroyed",
      { resources: resources("update", "update"), drift: drift(2) },
    ],
    [
      "what users are asked stays as it is · 1 resource changed, none destroyed",
      { resources: resources({ action: "update", isForeign: true }, "update"), drift: drift(1) },
    ],
  ])("%s", (expected, stack) => {
    expect(verdict(stack)).toBe(expected);
  });
});

describe("the first line says of what stands beside forms", () => {
  const said = (...findings: readonly StackFinding[]) => verdict({ resources: UPDATED, findings });
  const all = "· 1 resource changed, none destroyed";

  test.each<[string, readonly StackFinding[]]>([
    ["answers can not be saved any more", [found("stuck", "saving-refused")]],
    ["logins do not run another stack's Action any more", [found("unbound", "bindings-removed")]],
    ["a check of the configuration fails", [found("check")]],
    ["a flow does more than writing answers, or writes elsewhere", [found("flow-code")]],
    ["logins run other code", [found("action-code")]],
    ["a client is granted more scopes", [found("scope-widening", "scopes-granted")]],
    ["a grant goes to another API", [found("scope-widening", "grant-moved")]],
    [
      "a client is granted more scopes, a grant goes to another API",
      [found("scope-widening", "grant-moved"), found("scope-widening", "scopes-granted")],
    ],
  ])("%s", (words, findings) => {
    expect(said(...findings)).toBe(`${words} ${all}`);
    // What the base has as well is not of this pull request; but for a check, which fails all the same.
    const ofBase = findings.map((one) => ({ ...one, isForeign: true }));
    expect(said(...ofBase)).toBe(
      `${findings.some(({ kind }) => kind === "check") ? words : "what users are asked stays as it is"} ${all}`,
    );
  });

  test("all at once, and nothing of access where a form is new or made anew", () => {
    const findings = [found("scope-widening", "scopes-granted"), found("action-code"), found("flow-code")];
    const of = (change: ProfilingChange, rest: Partial<ReviewedProfiling> = {}) =>
      verdict({
        resources: UPDATED,
        findings,
        profilings: [reviewed(change, { own: { findings: [], changedSteps: [] }, ...rest })],
      });
    const elsewhere = { ...BEFORE, form: { ...BEFORE.form, address: "auth0_form.other" } };
    const [flows, access] = [
      "a flow does more than writing answers, or writes elsewhere",
      "logins run other code, a client is granted more scopes",
    ];

    expect(of(changeOf(BEFORE, BEFORE))).toBe(`${flows}, ${access} ${all}`);
    expect(of(changeOf(undefined, BEFORE))).toBe(
      `a new form with 2 stages, every user is asked 4 questions, ${flows} ${all}`,
    );
    expect(of(changeOf(undefined, BEFORE), { isForeign: true })).toBe(`${flows}, ${access} ${all}`);
    expect(of(changeOf(BEFORE, elsewhere))).toBe(
      `1 form destroyed and made anew under another address, ${flows} ${all}`,
    );
  });
});

describe("the first line says of forms", () => {
  const of = (...profilings: readonly ReviewedProfiling[]) =>
    verdict({ resources: UPDATED, profilings }).replace(" · 1 resource changed, none destroyed", "");
  const unknown = other({ ...BEFORE, graph: { ...BEFORE.graph, isKnown: false } });

  test("what is new, and what goes", () => {
    expect(of(reviewed(changeOf(undefined, unknown)))).toBe("a new form, its stages are known only after the apply");
    expect(of(reviewed(changeOf(undefined, BEFORE)), reviewed(changeOf(undefined, unknown)))).toBe(
      "2 new forms, their stages are known only after the apply, every user is asked 4 questions",
    );
    expect(of(reviewed(changeOf(undefined, profilingOf([PROFILE], { isBound: false }))))).toBe(
      "a new form with 1 stage",
    );
    expect(of(reviewed(changeOf(BEFORE, undefined)))).toBe("1 form destroyed: no login asks its questions any more");
    expect(of(reviewed(changeOf(BEFORE, undefined)), reviewed(changeOf(other(BEFORE), undefined)))).toBe(
      "2 forms destroyed: no login asks their questions any more",
    );
    expect(verdict({ resources: UPDATED, hasForms: false, profilings: [reviewed(changeOf(BEFORE, undefined))] })).toBe(
      "everything is destroyed: no login asks anything any more · 1 resource changed, none destroyed",
    );
    expect(of(reviewed(changeOf(BEFORE, undefined), { isForeign: true }))).toBe("what users are asked stays as it is");
  });

  test("which stages come, go and change, and in which order", () => {
    const step = (change: "added" | "removed" | "changed") => ({ id: change, alias: change, change });
    const steps = [step("added"), step("removed"), step("removed"), step("changed")];
    const change = changeOf(BEFORE, BEFORE);

    expect(of(reviewed(change, { own: { findings: [], changedSteps: steps } }))).toBe(
      "1 stage added, 2 stages removed, 1 stage changed",
    );
    expect(of(reviewed({ ...change, renamedSteps: [{ from: "a", to: "b", alias: "A" }] }))).toBe("1 stage renamed");
    expect(of(reviewed(changeOf(BEFORE, profilingOf([COMPANY, PROFILE]))))).toBe(
      "the stages are asked in another order",
    );
    expect(of(reviewed(change, { own: { findings: [], changedSteps: steps }, isTakingBack: true }))).toBe(
      "what users are asked stays as it is",
    );
  });

  const WORDS = [
    "a stage is asked at every login",
    "somebody can not get past the form",
    "logins do not show the form",
    "the form runs other code in browsers",
    "the form leads people to another address",
    "the CSS changes",
    "other languages read otherwise",
    "hidden values change",
    "answers are erased",
    "answers are no longer written",
    "answers mean something else than until now",
    "an answer is kept under another key",
    "a stage is shown under another condition",
    "people are asked at another moment",
    "answers are saved by another",
    "a field is required now",
    "not all can be known before the apply",
  ];
  const KINDS = Object.keys(FINDING_KINDS) as FindingKind[];

  test("what is most dangerous of all that there can be", () => {
    expect(of(kept(...KINDS))).toBe(WORDS.join(", "));
  });

  test("of several which one", () => {
    const two = reviewed(changeOf(other(BEFORE), other(BEFORE)), {
      own: { findings: [found("loop"), found("stuck")], changedSteps: [] },
    });

    expect(of(kept("stuck"), two)).toBe(
      "a stage is asked at every login (`Other`), somebody can not get past the form (`Progressive Profiling`, `Other`)",
    );
  });

  test("how many questions existing users are asked, who answered all or what they had to", () => {
    const asking = (change: ProfilingChange, questions: ReviewedProfiling["review"]["newQuestions"]) => {
      const one = reviewed(change);
      return { ...one, review: { ...one.review, newQuestions: questions }, own: { ...one.own, changedSteps: [] } };
    };
    const change = changeOf(BEFORE, profilingOf([PROFILE, COMPANY, TEAM]));

    expect(of(asking(change, { complete: 1, careless: 1 }))).toBe("every existing user is asked 1 more question");
    expect(of(asking(change, { complete: 2, careless: 2 }))).toBe("every existing user is asked 2 more questions");
    expect(of(asking(change, { complete: 1, careless: 2 }))).toBe(
      "every existing user is asked 1 more question, existing users who left out what is optional are asked 2 questions",
    );
    expect(of(asking(change, { complete: 0, careless: 1 }))).toBe(
      "existing users who left out what is optional are asked 1 question",
    );
  });
});

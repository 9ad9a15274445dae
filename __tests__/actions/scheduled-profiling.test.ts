import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scheduledAction } from "../support/library-action";
import {
  type Call,
  callsOf,
  daysAgo,
  LOGIN,
  type Login,
  NOW,
  ofUser,
  PROTOCOLS_WITH_PAGES,
  type Props,
} from "../support/scheduled-login";

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
});

afterEach(() => {
  jest.useRealTimers();
});

function shownAt(props: Props, login: Login = {}): Promise<Call[]> {
  return callsOf("onExecutePostLogin", props, login);
}

const SHOWN: Call[] = [["render", "ap_1"]];
const NOTHING: Call[] = [];
const missing = (path: string) => ({ operator: "HAS_NO_VALUE", operands: [`{{context.user.${path}}}`] });
const all = (...operands: object[]) => ({ operator: "AND", operands }) as never;
const any = (...operands: object[]) => ({ operator: "OR", operands }) as never;
const equal = (...operands: unknown[]) => ({ operator: "EQ", operands });
const unequal = (...operands: unknown[]) => ({ operator: "NEQ", operands });

describe("a moment", () => {
  const remembered = (days: number) =>
    ofUser({ app_metadata: { progressive_profiling: { ap_1: { asked_at: daysAgo(days) } } } });
  test.each<[string, Props["ask"], Login, boolean]>([
    ["without options is at every login", {}, {}, true],
    ["from the third login on: the second", { fromLogin: 3 }, { stats: { logins_count: 2 } }, false],
    ["from the third login on: the third", { fromLogin: 3 }, { stats: { logins_count: 3 } }, true],
    ["from the third login on: the fourth", { fromLogin: 3 }, { stats: { logins_count: 4 } }, true],
    [
      "7 days after the sign-up: the sixth day",
      { afterSignUp: { days: 7 } },
      ofUser({ created_at: daysAgo(6.9) }),
      false,
    ],
    [
      "7 days after the sign-up: the seventh day",
      { afterSignUp: { days: 7 } },
      ofUser({ created_at: daysAgo(7) }),
      true,
    ],
    ["36 hours after the sign-up: a day", { afterSignUp: { hours: 36 } }, ofUser({ created_at: daysAgo(1) }), false],
    ["36 hours after the sign-up: two days", { afterSignUp: { hours: 36 } }, ofUser({ created_at: daysAgo(2) }), true],
    [
      "90 minutes after the sign-up: an hour",
      { afterSignUp: { minutes: 90 } },
      ofUser({ created_at: daysAgo(1 / 24) }),
      false,
    ],
    [
      "90 minutes after the sign-up: two hours",
      { afterSignUp: { minutes: 90 } },
      ofUser({ created_at: daysAgo(2 / 24) }),
      true,
    ],
    [
      "after a sign-up whose time is not told",
      { afterSignUp: { minutes: 1 } },
      ofUser({ created_at: undefined }),
      false,
    ],
    ["every 7 days: never asked", { atMostEvery: { days: 7 } }, {}, true],
    ["every 7 days: asked yesterday", { atMostEvery: { days: 7 } }, remembered(1), false],
    ["every 7 days: asked 7 days ago", { atMostEvery: { days: 7 } }, remembered(7), true],
    [
      "every 7 days: another form asked yesterday",
      { atMostEvery: { days: 7 } },
      ofUser({ app_metadata: { progressive_profiling: { ap_2: { asked_at: daysAgo(1) } } } }),
      true,
    ],
    [
      "every 7 days: what is remembered is damaged",
      { atMostEvery: { days: 7 } },
      ofUser({ app_metadata: { progressive_profiling: "yesterday" } }),
      true,
    ],
    [
      "every 7 days: the time is none",
      { atMostEvery: { days: 7 } },
      ofUser({ app_metadata: { progressive_profiling: { ap_1: { asked_at: "yesterday" } } } }),
      true,
    ],
    ["every 7 days: a user without metadata", { atMostEvery: { days: 7 } }, ofUser({ app_metadata: undefined }), true],
    ["only at one client: it", { clients: { only: ["shop"] } }, {}, true],
    ["only at one client: another one", { clients: { only: ["admin"] } }, {}, false],
    ["except at a client: it", { clients: { except: ["admin", "shop"] } }, {}, false],
    ["except at a client: another one", { clients: { except: ["admin"] } }, {}, true],
    ["only by a connection: it", { connections: { only: ["Username-Password-Authentication"] } }, {}, true],
    ["only by a connection: another one", { connections: { only: ["google-oauth2"] } }, {}, false],
    ["only in an organization: it", { organizations: { only: ["org_1"] } }, { organization: { id: "org_1" } }, true],
    [
      "only in an organization: another one",
      { organizations: { only: ["org_1"] } },
      { organization: { id: "org_2" } },
      false,
    ],
    ["only in an organization: none", { organizations: { only: ["org_1"] } }, {}, false],
    [
      "except in an organization: it",
      { organizations: { except: ["org_1"] } },
      { organization: { id: "org_1" } },
      false,
    ],
    ["except in an organization: none", { organizations: { except: ["org_1"] } }, {}, true],
    ["of all people", { share: 100 }, {}, true],
    ["of nobody", { share: 0 }, {}, false],
    ["of several options that all hold", { fromLogin: 3, afterSignUp: { days: 7 } }, {}, true],
    ["of several options of which one does not hold", { fromLogin: 4, afterSignUp: { days: 7 } }, {}, false],
  ])("%s", async (_, ask, login, isShown) => {
    const expected = isShown ? SHOWN : NOTHING;

    expect(await shownAt({ stages: [{ id: "profile" }], ask }, login)).toEqual(expected);
    if (ask?.atMostEvery === undefined) {
      expect(await shownAt({ stages: [{ id: "profile", ask }] }, login)).toEqual(expected);
    }
  });

  test("of a stage remembers the stage, whatever the form has asked meanwhile", async () => {
    const stages = [
      { id: "profile", ask: { atMostEvery: { days: 30 } } },
      { id: "company", ask: { atMostEvery: { days: 7 } } },
    ];
    const asked = (profile: number, company: number) =>
      ofUser({
        app_metadata: {
          progressive_profiling: {
            ap_1: { asked_at: daysAgo(0), stages: { profile: daysAgo(profile), company: daysAgo(company) } },
          },
        },
      });
    const shown = async (login: Login) =>
      (await shownAt({ stages, tellsStage: true }, login)).map(([, , options]) => options);

    expect(await shown({})).toEqual([{ vars: { stage: "profile" } }]);
    expect(await shown(asked(29, 6))).toEqual([]);
    expect(await shown(asked(29, 7))).toEqual([{ vars: { stage: "company" } }]);
    expect(await shown(asked(30, 7))).toEqual([{ vars: { stage: "profile" } }]);
  });
});

describe("a stage", () => {
  const stages = [
    { id: "profile", condition: all(missing("user_metadata.job_title")) },
    { id: "company", condition: all(missing("user_metadata.company.name")), ask: { fromLogin: 3 } },
    { id: "later", ask: { fromLogin: 5 } },
  ];

  test.each<[string, Login, string | undefined]>([
    ["whose condition holds is shown", {}, "profile"],
    ["is passed over once it is answered", ofUser({ user_metadata: { job_title: "Engineer" } }), "company"],
    [
      "is passed over while its moment has not come",
      { ...ofUser({ user_metadata: { job_title: "Engineer" } }), stats: { logins_count: 2 } },
      undefined,
    ],
    [
      "without a condition is shown when its moment has come",
      {
        ...ofUser({ user_metadata: { job_title: "Engineer", company: { name: "Acme" } } }),
        stats: { logins_count: 5 },
      },
      "later",
    ],
    [
      "is not shown where none is due",
      ofUser({ user_metadata: { job_title: "E", company: { name: "A" } } }),
      undefined,
    ],
  ])("%s", async (_, login, stage) => {
    expect(await shownAt({ stages, tellsStage: true }, login)).toEqual(
      stage === undefined ? NOTHING : [["render", "ap_1", { vars: { stage } }]],
    );
  });

  test.each<[number, object]>([
    [1, { stage: "a" }],
    [2, { stage: "a", after_a: "c" }],
    [3, { stage: "a", after_a: "c", after_c: "d" }],
    [10, { stage: "a", after_a: "c", after_c: "d", after_d: "e" }],
  ])("is followed by others that are due, %s at one login at most", async (stagesPerLogin, vars) => {
    const stages = ["a", "b", "c", "d", "e"].map((id) => ({ id, ...(id === "b" && { ask: { fromLogin: 4 } }) }));

    expect(await shownAt({ stages, tellsStage: true, stagesPerLogin })).toEqual([["render", "ap_1", { vars }]]);
  });

  test("is not told to the form that finds out by itself", async () => {
    expect(await shownAt({ stages: [{ id: "a", condition: all(missing("given_name")) }, { id: "b" }] })).toEqual(SHOWN);
  });
});

describe("a condition that holds, or does not", () => {
  const context = {
    ...ofUser({
      given_name: "Ada",
      email_verified: false,
      user_metadata: { job_title: "CTO", empty: "", nothing: null, list: ["a"], deep: { er: 1 } },
      app_metadata: { plan: "pro", terms: "2026-10" },
    }),
    organization: { id: "org_1", name: "acme" },
  };
  test.each<[object, boolean]>([
    [missing("user_metadata.job_title"), false],
    [missing("user_metadata.missing"), true],
    [missing("user_metadata.empty"), true],
    [missing("user_metadata.nothing"), true],
    [missing("user_metadata.list"), false],
    [missing("user_metadata.deep.er"), false],
    [missing("user_metadata.job_title.length"), true],
    [missing("user_metadata.constructor"), true],
    [missing("family_name"), true],
    [equal("{{ context.user.email_verified }}", false), true],
    [equal("{{context.user.email_verified}}", "false"), false],
    [equal("{{context.user.app_metadata.plan}}", "pro"), true],
    [equal("{{context.user.user_metadata.list}}", ["a"]), true],
    [equal("{{context.user.user_metadata.list}}", { 0: "a" }), false],
    [equal("{{context.user.user_metadata.deep}}", { er: 1 }), true],
    [equal("{{context.user.user_metadata.deep}}", { er: 1, est: 2 }), false],
    [equal("{{context.organization.id}}", "org_1"), true],
    [equal("{{context.client.client_id}}", "admin"), false],
    [equal("{{context.user.given_name}}", "{{context.organization.name}}"), false],
    [unequal("{{context.user.app_metadata.terms}}", "2026-11"), true],
    [unequal("{{context.user.app_metadata.terms}}", "2026-10"), false],
    [all(missing("family_name"), equal("{{context.user.app_metadata.plan}}", "pro")), true],
    [all(missing("family_name"), missing("given_name")), false],
    [any(missing("given_name"), missing("family_name")), true],
    [any(missing("given_name"), equal("a", "b")), false],
    [any(all(equal("a", "a")), missing("given_name")), true],
  ])("%j: %s", async (condition, holds) => {
    const stages = [{ id: "a", condition: condition as never }];

    expect(await shownAt({ stages }, context)).toEqual(holds ? SHOWN : NOTHING);
  });

  test.each<[string, object]>([
    [
      "an operator that Auth0 documents nowhere",
      { operator: "STARTS_WITH", operands: ["{{context.user.email}}", "a"] },
    ],
    ["the operator of another arity", equal("a")],
    ["a comparison with too many operands", { operator: "HAS_NO_VALUE", operands: ["a", "b"] }],
    ["an empty group", all()],
    ["an empty group of which one would do", any()],
    ["a group of what is no condition", { operator: "AND", operands: [null] }],
    ["a field", equal("{{fields.a}}", "b")],
    ["a shared variable", equal("{{vars.a}}", "b")],
    ["a function", equal("{{functions.length(context.user.user_metadata.list)}}", 2)],
    ["an alternative", equal("{{context.user.family_name ?? 'x'}}", "y")],
    ["a text before an expression", equal("a{{context.user.given_name}}", "b")],
    ["a text behind an expression", equal("{{context.user.given_name}}a", "b")],
    ["an expression within a list", equal(["{{fields.a}}"], [])],
    ["what the Action is not told", equal("{{context.transaction.state}}", "a")],
    ["what only the Action is told", equal("{{context.client.metadata}}", {})],
    ["the whole user", equal("{{context.user}}", {})],
    ["both, where one of them would do", any(missing("given_name"), equal("{{fields.a}}", "b"))],
    ["both, where the other holds", all(missing("family_name"), equal("{{fields.a}}", "b"))],
  ])("%s is left to the form's router: the stage is due", async (_, condition) => {
    expect(await shownAt({ stages: [{ id: "a", condition: condition as never }] }, context)).toEqual(SHOWN);
  });

  test("what can not be told is no matter where the rest decides", async () => {
    const unknown = equal("{{fields.a}}", "b");

    expect(await shownAt({ stages: [{ id: "a", condition: all(unknown, missing("given_name")) }] }, context)).toEqual(
      NOTHING,
    );
  });
});

test.each(PROTOCOLS_WITH_PAGES)(
  "a page is shown at a login by %s, where a person sits before a browser",
  async (protocol) => {
    expect(await shownAt({ stages: [{ id: "profile" }] }, { transaction: { protocol }, request: {} })).toEqual(SHOWN);
  },
);

describe("no page is shown, and nothing is wrong,", () => {
  const stages = [{ id: "profile" }];
  test.each<[string, Login]>([
    ["where a refresh token is exchanged", { transaction: { protocol: "oauth2-refresh-token" } }],
    ["where a password is", { transaction: { protocol: "oauth2-password" } }],
    ["where nothing is told of the transaction", { transaction: undefined }],
    ["where the application allows none", { request: { query: { prompt: "none" } } }],
  ])("%s", async (_, login) => {
    const log = jest.spyOn(console, "error").mockImplementation();

    expect(await shownAt({ stages }, login)).toEqual(NOTHING);

    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});

test("both Actions find the same logins to have a page, though neither can have the code of the other", () => {
  const pages = ["progressive-profiling", "scheduled-profiling"].map((name) => {
    const code = readFileSync(join(__dirname, "..", "..", "actions", `${name}.js`), "utf8");
    return /const PROTOCOLS_WITH_PAGES = [\s\S]*?\n}\n/.exec(code)?.[0].replace(/"\)\.\w*Event/, "");
  });

  expect(pages[0]).toContain("function canShowPage(event) {");
  expect(pages[1]).toBe(pages[0]);
});

describe("the login goes on, and the log says why,", () => {
  const props: Props = {
    stages: [
      { id: "profile", condition: all(missing("given_name")), ask: { clients: { only: ["shop"] }, share: 100 } },
    ],
    saves: [{ field: "name", to: ["user_metadata", "name"], stage: "profile" }],
  };
  test.each<[string, "onExecutePostLogin" | "onContinuePostLogin", object, object, string]>([
    ["when the form can not be shown", "onExecutePostLogin", LOGIN, api("render"), "asks nothing at this login:"],
    ["when Auth0 gives another api", "onExecutePostLogin", LOGIN, {}, "asks nothing at this login:"],
    [
      "when Auth0 tells nothing of the client",
      "onExecutePostLogin",
      { ...LOGIN, client: undefined },
      api(),
      "asks nothing at this login:",
    ],
    [
      "when Auth0 tells nothing of the user",
      "onExecutePostLogin",
      { ...LOGIN, user: undefined },
      api(),
      "asks nothing at this login:",
    ],
    [
      "when the answers are too large",
      "onContinuePostLogin",
      { ...LOGIN, prompt: { id: "ap_1", fields: { name: "Ada" } } },
      api("setUserMetadata"),
      "could not save all of this login:",
    ],
  ])("%s", async (_, handler, event, api, said) => {
    const log = jest.spyOn(console, "error").mockImplementation();

    await expect(scheduledAction(props)[handler](event, api as never)).resolves.toBeUndefined();

    expect(log.mock.calls).toEqual([[`progressive profiling ${said}`, expect.any(Error)]]);
    log.mockRestore();
  });

  /** Whose method throws. */
  function api(broken?: string): object {
    const method = (name: string) => () => {
      if (name === broken) {
        throw new RangeError(`${name} can not`);
      }
    };
    return { prompt: { render: method("render") }, user: { setUserMetadata: method("setUserMetadata") } };
  }
});

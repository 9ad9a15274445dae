import { finding } from "../../review/finding";
import type { ResourceChange } from "../../review/plan/plan";
import { isUnknownValue, unknownValue } from "../../review/profiling";
import { flowChanges, flowFindings } from "../../review/resources/flow-code";
import { triggerListFindings } from "../../review/resources/trigger-lists";
import { connectionFindings } from "../../review/resources/vault-connections";
import { decision, update } from "../support/form-nodes";
import { kept, resource, snapshotsWith, textsOf } from "../support/planned-resources";
import { processorTime } from "../support/processor-time";

const flowOf = (actions: readonly object[], name = "Save") => ({ id: "af_1", name, actions: JSON.stringify(actions) });
const CONNECTION = { id: "ac_1", name: "One", setup: { domain: "a.b", client_id: "writer" } };

function toldOf(before: readonly object[] | undefined, after: readonly object[], ...others: readonly ResourceChange[]) {
  const snapshots = snapshotsWith(resource("auth0_flow.save", before && flowOf(before), flowOf(after)), ...others);
  return textsOf(flowFindings(flowChanges(snapshots), snapshots.planned));
}

const changes = (what: string) => [
  `flow-code: The flow \`Save\` changes in more than the answers that it writes: ${what}.`,
];
const isNew = (what: string) => [`flow-code: The flow \`Save\` is new and does more than writing answers: ${what}.`];
const run = (type: string, action: string, params: object = {}) => ({ type, action, params });

describe("what a flow does beside writing answers is told", () => {
  test.each<[string, readonly object[] | undefined, readonly object[], readonly string[]]>([
    [
      "of what it runs, once",
      [],
      [run("OTP", "GENERATE_CODE"), run("OTP", "GENERATE_CODE")],
      changes("it now runs `OTP/GENERATE_CODE`"),
    ],
    [
      "of where it sends something by its address",
      [],
      [run("HTTP", "SEND_REQUEST", { url: "https://a.b" })],
      changes("it now runs `HTTP/SEND_REQUEST` with `https://a.b`"),
    ],
    [
      "by its path",
      [],
      [run("AUTH0", "SEND_REQUEST", { pathname: "/users" })],
      changes("it now runs `AUTH0/SEND_REQUEST` with `/users`"),
    ],
    [
      "or by whom it writes to",
      [],
      [run("AUTH0", "SEND_EMAIL", { to: "a@b.co" })],
      changes("it now runs `AUTH0/SEND_EMAIL` with `a@b.co`"),
    ],
    [
      "with the connection that it goes through",
      [],
      [run("OTP", "GENERATE_CODE", { connection_id: "ac_9" })],
      changes("it now runs `OTP/GENERATE_CODE`, uses the Vault connection `ac_9`"),
    ],
    [
      "on a condition, and not that it decides",
      [],
      [decision("x", [run("OTP", "GENERATE_CODE")], [run("OTP", "VERIFY_CODE")])],
      changes("it now runs `OTP/GENERATE_CODE`, runs `OTP/VERIFY_CODE`"),
    ],
    [
      "of another condition for the same",
      [decision("x", [run("OTP", "VERIFY_CODE")])],
      [decision("y", [run("OTP", "VERIFY_CODE")])],
      changes("settings of its actions"),
    ],
    [
      "of what it sets by constants, and by more",
      [],
      [update({ blocked: true, app_metadata: { plan: "pro", by: "{{fields.a}}" } }, { connection_id: undefined })],
      changes("it now sets `blocked` to `true`, `app_metadata.plan` to `pro`, `app_metadata.by`"),
    ],
    [
      "of null, which is a constant",
      [],
      [update({ user_metadata: { a: null } }, { connection_id: undefined })],
      changes("it now sets `user_metadata.a` to `null`"),
    ],
    [
      "of another user, and of nobody",
      [],
      [update({ blocked: true }, { user_id: "somebody", connection_id: undefined })],
      changes("it now sets `blocked` to `true` of the user `somebody`"),
    ],
    [
      "of a user that it reads, which is no writing",
      [],
      [{ ...update({ blocked: true }, { connection_id: undefined }), action: "GET_USER" }],
      changes("it now runs `AUTH0/GET_USER`"),
    ],
    [
      "of a new flow",
      undefined,
      [run("OTP", "GENERATE_CODE"), update({ user_metadata: { a: "{{fields.a}}" } })],
      isNew("it runs `OTP/GENERATE_CODE`"),
    ],
    ["of nothing that is the same", [run("OTP", "GENERATE_CODE")], [run("OTP", "GENERATE_CODE")], []],
  ])("%s", (_, before, after, told) => {
    expect(toldOf(before, after)).toEqual(told);
  });

  test("not that a new flow writes through a connection of the stack", () => {
    const connection = kept("auth0_flow_vault_connection.one", CONNECTION);
    const writes = [update({ user_metadata: { a: "pro" } })];

    expect(toldOf(undefined, writes, connection)).toEqual(isNew("it sets `user_metadata.a` to `pro`"));
    expect(toldOf([], writes, connection)).toEqual(
      changes("it now sets `user_metadata.a` to `pro`, uses the Vault connection `auth0_flow_vault_connection.one`"),
    );
  });

  test("of several flows by address", () => {
    const flows = ["two", "one"].map((name) =>
      resource(`auth0_flow.${name}`, flowOf([], name), flowOf([run("OTP", "GENERATE_CODE")], name)),
    );
    const snapshots = snapshotsWith(...flows, resource("auth0_action.a", { id: "1" }, { id: "1", actions: "[]" }));

    expect(textsOf(flowFindings(flowChanges(snapshots), snapshots.planned))).toEqual([
      "flow-code: The flow `one` changes in more than the answers that it writes: it now runs `OTP/GENERATE_CODE`.",
      "flow-code: The flow `two` changes in more than the answers that it writes: it now runs `OTP/GENERATE_CODE`.",
    ]);
  });

  test("not of one that goes: the form has it", () => {
    const snapshots = snapshotsWith(resource("auth0_flow.save", flowOf([run("OTP", "GENERATE_CODE")]), undefined));

    expect(flowChanges(snapshots)).toEqual([]);
  });

  test("of one whose actions are not known, as far as that goes", () => {
    const unknown = { id: "af_1", name: "Save" };
    const of = (before: object | undefined, after: object) => {
      const rest = after === unknown ? { after_unknown: { actions: true } } : {};
      const snapshots = snapshotsWith(resource("auth0_flow.save", before, after, rest));
      return textsOf(flowFindings(flowChanges(snapshots), snapshots.planned));
    };

    expect(of(undefined, unknown)).toEqual([]);
    expect(of(flowOf([]), unknown)).toEqual([
      "unknown: The flow `Save`: what it does can not be known before the apply.",
    ]);
    expect(of(unknown, flowOf([run("OTP", "GENERATE_CODE")]))).toEqual([
      "unknown: The flow `Save`: what it did before can not be known.",
    ]);
  });
});

describe("a version that is raised, which the form says", () => {
  const raised = (place: string) =>
    finding("version-raised", { address: "auth0_form.a" }, { alias: "Terms", place, before: "1", after: "2" });
  const told = (before: object, after: object, place = "terms", ...more: readonly object[]) => {
    const [one, two] = [[update(before)], [update(after), ...more]];
    const snapshots = snapshotsWith(resource("auth0_flow.save", flowOf(one), flowOf(two)));
    return textsOf(flowFindings(flowChanges(snapshots), snapshots.planned, [raised(place)]));
  };
  const sets = (metadata: object, part = "user_metadata") => ({ [part]: { a: "{{fields.a}}", ...metadata } });

  test.each<[string, readonly string[], readonly string[]]>([
    ["is not told again of the flow", told(sets({ terms: "1" }), sets({ terms: "2" })), []],
    [
      "nor where it stands in app_metadata",
      told(sets({ terms: "1" }, "app_metadata"), sets({ terms: "2" }, "app_metadata"), "app_metadata.terms"),
      [],
    ],
    [
      "is told where it becomes another one than the form waits for",
      told(sets({ terms: "1" }), sets({ terms: "3" })),
      changes('it now sets `user_metadata.terms` to `"3"`; it no longer sets `user_metadata.terms` to `"1"`'),
    ],
    [
      "is told where it stands elsewhere",
      told(sets({ other: "1" }), sets({ other: "2" })),
      changes('it now sets `user_metadata.other` to `"2"`; it no longer sets `user_metadata.other` to `"1"`'),
    ],
    [
      "is told with what else there is",
      told(sets({ terms: "1" }), sets({ terms: "2" }), "terms", run("OTP", "GENERATE_CODE")),
      changes(
        'it now sets `user_metadata.terms` to `"2"`, runs `OTP/GENERATE_CODE`; it no longer sets `user_metadata.terms` to `"1"`',
      ),
    ],
  ])("%s", (_, findings, expected) => {
    expect(findings).toEqual(expected);
  });

  test("is told of another user", () => {
    const of = (terms: string) => update(sets({ terms }), { user_id: "somebody" });
    const snapshots = snapshotsWith(resource("auth0_flow.save", flowOf([of("1")]), flowOf([of("2")])));

    expect(textsOf(flowFindings(flowChanges(snapshots), snapshots.planned, [raised("terms")]))).toEqual(
      changes(
        'it now sets `user_metadata.terms` to `"2"` of the user `somebody`; it no longer sets `user_metadata.terms` to `"1"` of the user `somebody`',
      ),
    );
  });
});

describe("a Vault connection that is set up otherwise", () => {
  const ADDRESS = "auth0_flow_vault_connection.one";
  const to = (setup: object) => ({ ...CONNECTION, setup });
  const said = (what: string, name = "One") => [
    `flow-code: The Vault connection \`${name}\`, through which flows write, is set up otherwise: ${what}.`,
  ];

  test.each<[string, readonly ResourceChange[], readonly string[]]>([
    [
      "is told by what is another",
      [resource(ADDRESS, CONNECTION, to({ domain: "c.d", client_id: "writer" }))],
      said("`domain` `a.b` → `c.d`"),
    ],
    [
      "is told by what is there no more, and what is new",
      [resource(ADDRESS, CONNECTION, to({ client_id: "writer", audience: "https://a.b" }))],
      said("`audience` not known → `https://a.b`, `domain` `a.b` → not known"),
    ],
    ["is not told where it is new", [resource(ADDRESS, undefined, CONNECTION)], []],
    ["is not told where it goes", [resource(ADDRESS, CONNECTION, undefined)], []],
    [
      "is not told where it only is called otherwise",
      [resource(ADDRESS, CONNECTION, { ...CONNECTION, name: "Two" })],
      [],
    ],
    [
      "is told by the address of the client, where the plan has it",
      [
        resource(ADDRESS, CONNECTION, to({ domain: "a.b", client_id: "reader" })),
        kept("auth0_client.writer", { id: "writer", name: "Writer" }),
        kept("auth0_client.reader", { id: "reader", name: "Reader" }),
      ],
      said("`client_id` `auth0_client.writer` → `auth0_client.reader`"),
    ],
    [
      "is not told where its client is made anew",
      [
        resource(ADDRESS, CONNECTION, to({ domain: "a.b", client_id: "later" })),
        resource("auth0_client.writer", { id: "writer", name: "Writer" }, { id: "later", name: "Writer" }),
      ],
      [],
    ],
    [
      "is none where something else is",
      [resource("auth0_flow.one", { ...CONNECTION, actions: "[]" }, { ...to({}), actions: "[]" })],
      [],
    ],
    [
      "is told of several by address",
      ["two", "one"].map((name) =>
        resource(
          `auth0_flow_vault_connection.${name}`,
          { ...CONNECTION, name },
          { ...to({ domain: "c.d", client_id: "writer" }), name },
        ),
      ),
      [...said("`domain` `a.b` → `c.d`", "one"), ...said("`domain` `a.b` → `c.d`", "two")],
    ],
  ])("%s", (_, plan, told) => {
    expect(textsOf(connectionFindings(snapshotsWith(...plan)))).toEqual(told);
  });
});

describe("a list of a trigger's Actions", () => {
  const LIST = "auth0_trigger_actions.login";
  const ACTION = kept("auth0_action.own", { id: "own", name: "Own" });
  const listOf = (...actions: readonly object[]) => ({ id: "post-login", trigger: "post-login", actions });
  const [OWN, ONE, TWO] = [{ id: "own", display_name: "Own" }, { id: "one", display_name: "One" }, { id: "two" }];
  const off = (names: string, are: string) => [
    `unbound: \`${LIST}\` takes the ${names} off the trigger, which nothing in this plan defines: logins do not run ${are} any more.`,
  ];

  test.each<[string, ResourceChange, readonly string[]]>([
    [
      "that is new may take any off",
      resource(LIST, undefined, listOf(OWN)),
      [
        `unknown: \`${LIST}\` sets the whole list of its trigger: Actions that something else has bound there are not run any more, and which those are no plan can tell.`,
      ],
    ],
    [
      "takes one off that no plan here defines",
      resource(LIST, listOf(OWN, ONE), listOf(OWN)),
      off("Action `One`", "it"),
    ],
    [
      "takes several off, by name or id",
      resource(LIST, listOf(ONE, TWO), listOf()),
      off("Actions `One`, `two`", "them"),
    ],
    ["takes its own off, which is said of that", resource(LIST, listOf(OWN, ONE), listOf(ONE)), []],
    ["stays", kept(LIST, listOf(OWN, ONE)), []],
    ["has another one more", resource(LIST, listOf(OWN), listOf(OWN, ONE)), []],
    ["goes", resource(LIST, listOf(OWN, ONE), undefined), []],
    ["is of one that has no id", resource(LIST, listOf({}), listOf()), off("Action *(empty)*", "it")],
  ])("%s", (_, list, told) => {
    expect(textsOf(triggerListFindings(snapshotsWith(ACTION, list)))).toEqual(told);
  });

  test("an Action that goes with the plan is its own too", () => {
    const list = resource(LIST, listOf(OWN), listOf());

    expect(
      triggerListFindings(snapshotsWith(resource("auth0_action.own", { id: "own", name: "Own" }, undefined), list)),
    ).toEqual([]);
  });
});

test.each<[string, string, boolean]>([
  ["of a resource", unknownValue("auth0_flow.save.id"), true],
  ["of one of several", unknownValue('auth0_flow.save["a b"].id'), true],
  ["of one in a module", unknownValue("module.login[0].auth0_flow.save[1].id"), true],
  ["that Auth0 made", "af_1", false],
  ["in words", "(an id)", false],
  ["without an end", "(auth0_flow.save.id", false],
])("an id %s: whether it is one that is known after the apply is told by its text", (_, id, isUnknown) => {
  expect(isUnknownValue(id)).toBe(isUnknown);
});

test("an id of a hundred thousand characters that only begins like one that is not known is read once", () => {
  const took = processorTime(() => {
    expect(isUnknownValue(`(${"a".repeat(100_000)}`)).toBe(false);
  });
  expect(took).toBeLessThan(1_000);
});

import { scopeChanges, scopeFindings } from "../../review/resources/scopes";
import { kept, resource, snapshotsWith, textsOf } from "../support/planned-resources";

const MANAGEMENT = "https://example.auth0.com/api/v2/";
const PAYROLL = "https://payroll.example.com/";
const LOST = "destroy: The client `Writer` loses its grant on the Management API: it may not use the API any more.";

/** A grant of the client Writer on the Management API, or with something else. */
function grant(scopes: readonly string[] | null, others: object = {}): object {
  return { id: "cgr_1", client_id: "writer", audience: MANAGEMENT, scopes, ...others };
}

test.each<[string, object | undefined, object | undefined, readonly string[]]>([
  ["the same scopes are no change", grant(["a", "b"]), grant(["a", "b"]), []],
  ["fewer scopes are no danger", grant(["a", "b"]), grant(["b"]), []],
  ["a list instead of all is no danger", grant(null, { allow_all_scopes: true }), grant(["a"]), []],
  [
    "more scopes are named",
    grant(["a"]),
    grant(["a", "b", "c"]),
    ["scope-widening: The client `Writer` is granted 2 more scopes on the Management API: `b`, `c`."],
  ],
  [
    "so are the first of a grant that had none",
    grant(null),
    grant(["b"]),
    ["scope-widening: The client `Writer` is granted 1 more scope on the Management API: `b`."],
  ],
  [
    "so are all that the API has",
    grant(["a"]),
    grant(null, { allow_all_scopes: true }),
    ["scope-widening: The client `Writer` is granted all scopes on the Management API."],
  ],
  [
    "all of an API that can not be known",
    undefined,
    { ...grant(null, { allow_all_scopes: true }), audience: undefined },
    ["scope-widening: The client `Writer` is granted all scopes of its API."],
  ],
  [
    "all that go to another API are no more",
    grant(null, { allow_all_scopes: true }),
    grant(null, { allow_all_scopes: true, audience: PAYROLL }),
    [
      "scope-widening: The grant of the client `Writer` goes to another API: `https://example.auth0.com/api/v2/` → `https://payroll.example.com/`. It has no more scopes there than it had: all that the API has.",
    ],
  ],
  [
    "so are those of a new grant",
    undefined,
    grant(["a"]),
    ["scope-widening: The client `Writer` is granted 1 scope on the Management API: `a`."],
  ],
  ["that a grant is destroyed is said of the resource", grant(["a"]), undefined, []],
  [
    "a grant that goes to another API with no more scopes is one change",
    grant(["a", "b"]),
    grant(["a"], { audience: PAYROLL }),
    [
      "scope-widening: The grant of the client `Writer` goes to another API: `https://example.auth0.com/api/v2/` → `https://payroll.example.com/`. It has no more scopes there than it had: `a`.",
    ],
  ],
  [
    "with more scopes it is lost on the one, and new on the other",
    grant(["a"]),
    grant(["a", "b"], { audience: PAYROLL }),
    [
      LOST,
      "scope-widening: The client `Writer` is granted 2 scopes on `https://payroll.example.com/`: `a`, `b`; until now the grant was of `Writer` on the Management API.",
    ],
  ],
  [
    "a grant that goes to another client is lost to the one, and new to the other, with the same scopes too",
    grant(["a"]),
    grant(["a"], { client_id: "reader" }),
    [
      LOST,
      "scope-widening: The client `Reader` is granted 1 scope on the Management API: `a`; until now the grant was of `Writer` on the Management API.",
    ],
  ],
  [
    "to a client that no plan here holds, that one is known by its id",
    grant(["a"]),
    grant(["a"], { client_id: "elsewhere" }),
    [
      LOST,
      "scope-widening: The client `elsewhere` is granted 1 scope on the Management API: `a`; until now the grant was of `Writer` on the Management API.",
    ],
  ],
])("%s", (_, before, after, told) => {
  const snapshots = snapshotsWith(
    kept("auth0_client.writer", { id: "writer", name: "Writer" }),
    kept("auth0_client.reader", { id: "reader", name: "Reader" }),
    resource("auth0_client_grant.one", before, after),
  );

  expect(textsOf(scopeFindings(scopeChanges(snapshots)))).toEqual(told);
});

test.each<[string, string, number]>([
  ["that stays as it is no change", "cgr_1", 0],
  ["that is made anew with the same scopes is one", "cgr_2", 1],
])("a grant %s", (_, id, changes) => {
  const snapshots = snapshotsWith(resource("auth0_client_grant.one", grant(["a"]), grant(["a"], { id, note: "x" })));

  expect(scopeChanges(snapshots)).toHaveLength(changes);
});

test("scopes that are known only after the apply are said to be", () => {
  const after = { after_unknown: { scopes: true } };
  const snapshots = snapshotsWith(resource("auth0_client_grant.one", grant(["a"]), grant(null), after));

  expect(textsOf(scopeFindings(scopeChanges(snapshots)))).toEqual([
    "unknown: The client `writer`: which scopes it is granted can not be known before the apply.",
  ]);
});

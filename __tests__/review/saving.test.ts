import type { ResourceChange } from "../../review/plan/plan";
import { savingFindings } from "../../review/resources/saving";
import { kept, resource, snapshotsWith, textsOf } from "../support/planned-resources";

const MANAGEMENT = "https://example.auth0.com/api/v2/";
const GRANT = "auth0_client_grant.writer";
const CLIENT = kept("auth0_client.writer", { id: "writer", name: "Writer" });
const CONNECTION = { id: "ac_1", name: "One", setup: { client_id: "writer" } };
const CONNECTED = kept("auth0_flow_vault_connection.one", CONNECTION);

/** A flow that writes users as often as this is given, each with what it does where that fails. */
function flow(name: string, ...lettingIn: readonly boolean[]): ResourceChange {
  const actions = lettingIn.map((allow_failure) => ({
    type: "AUTH0",
    action: "UPDATE_USER",
    allow_failure,
    params: { connection_id: "ac_1", user_id: "{{context.user.user_id}}", changes: {} },
  }));
  return kept(`auth0_flow.${name}`, { id: `af_${name}`, name, actions: JSON.stringify(actions) });
}

function grant(scopes: readonly string[], others: object = {}): object {
  return { id: "cgr_1", client_id: "writer", audience: MANAGEMENT, scopes, ...others };
}

const [CAN, CAN_NOT] = [grant(["read:users", "update:users"]), grant(["read:users"])];
const LOST = resource(GRANT, CAN, CAN_NOT);

function refused(name: string, end = "Nobody gets past the form"): string {
  return `stuck: The flow \`${name}\` can not save answers any more: it writes as the client \`Writer\` (Vault connection \`One\`), which is not granted \`update:users\`. ${end}.`;
}

test.each<[string, readonly ResourceChange[], readonly string[]]>([
  ["its client loses the scope", [flow("save", false), CONNECTED, CLIENT, LOST], [refused("save")]],
  [
    "its client loses the grant",
    [flow("save", false), CONNECTED, CLIENT, resource(GRANT, CAN, undefined)],
    [refused("save")],
  ],
  [
    "the grant goes to another API",
    [
      flow("save", false),
      CONNECTED,
      CLIENT,
      resource(GRANT, CAN, grant(["update:users"], { audience: "https://other/" })),
    ],
    [refused("save")],
  ],
  [
    "its connection is new, and the client has no such scope",
    [
      flow("save", false),
      resource("auth0_flow_vault_connection.one", undefined, CONNECTION),
      CLIENT,
      kept(GRANT, CAN_NOT),
    ],
    [refused("save")],
  ],
  [
    "every action of it lets people in all the same",
    [flow("save", true, true), CONNECTED, CLIENT, LOST],
    [refused("save", "People get in, are asked at every login, and nothing is kept")],
  ],
  ["one action of it lets nobody in", [flow("save", true, false), CONNECTED, CLIENT, LOST], [refused("save")]],
  [
    "there are several, by address",
    [flow("two", false), flow("one", false), CONNECTED, CLIENT, LOST],
    [refused("one"), refused("two")],
  ],
])("it is told that a flow can not save any more where %s", (_, changes, findings) => {
  expect(textsOf(savingFindings(snapshotsWith(...changes)))).toEqual(findings);
});

test.each<[string, readonly ResourceChange[]]>([
  ["its client keeps the scope", [resource(GRANT, CAN, grant(["update:users"]))]],
  ["its client is granted all scopes instead", [resource(GRANT, CAN, grant([], { allow_all_scopes: true }))]],
  ["its client had it not before either", [resource(GRANT, CAN_NOT, grant([]))]],
  ["another grant of its client has it", [LOST, kept("auth0_client_grant.other", CAN)]],
  [
    "another client loses it",
    [kept(GRANT, CAN), resource("auth0_client_grant.other", CAN, grant([], { client_id: "other" }))],
  ],
  [
    "which scopes there will be is known only after the apply",
    [resource(GRANT, CAN, grant([]), { after_unknown: { scopes: true } })],
  ],
])("nothing is told of a flow where %s", (_, changes) => {
  const findings = savingFindings(snapshotsWith(flow("save", false), CONNECTED, CLIENT, ...changes));

  expect(findings).toEqual([]);
});

test("nothing is told of a flow that writes through another connection, or no users", () => {
  const others = kept("auth0_flow_vault_connection.one", { ...CONNECTION, id: "ac_2" });

  expect(savingFindings(snapshotsWith(flow("save", false), others, CLIENT, LOST))).toEqual([]);
  expect(savingFindings(snapshotsWith(flow("save"), CONNECTED, CLIENT, LOST))).toEqual([]);
});

test("nothing is told where a grant goes of whose client nothing else is in the plan", () => {
  expect(savingFindings(snapshotsWith(flow("save", false), CONNECTED, resource(GRANT, CAN, undefined)))).toEqual([]);
});

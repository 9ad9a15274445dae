import { parseState } from "../../verify/state";
import { IDS, RESOURCES, shown, stateOf } from "../support/compared";

test("resources are read from all modules, with the keys of their instances", () => {
  expect(stateOf().resources.map(({ address }) => address)).toEqual(Object.keys(RESOURCES));
  expect(stateOf().resources.map(({ type }) => type)).toEqual([
    "auth0_client",
    "auth0_client_grant",
    "auth0_flow_vault_connection",
    "auth0_flow",
    "auth0_form",
    "auth0_action",
    "auth0_trigger_action",
  ]);
});

test("secrets are what the provider marks, but for what of a set-up is none", () => {
  expect(stateOf().secrets).toEqual(["the-secret-of-the-writer", "the-value-of-the-key"]);
});

test("what is read only, and what is to be destroyed, is known by its id and nothing else", () => {
  const resources = [
    { address: "auth0_client.a", mode: "managed", type: "auth0_client", values: { id: "new" } },
    { address: "auth0_client.a", mode: "managed", type: "auth0_client", values: { id: "old" }, deposed_key: "1" },
    { address: "data.auth0_client.b", mode: "data", type: "auth0_client", values: { id: "read" } },
    { address: "random_id.c", mode: "managed", type: "random_id", values: { id: "other" } },
    { address: "auth0_client.none", mode: "managed", type: "auth0_client" },
  ];
  const { resources: managed, ids } = parseState(
    JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }),
    "login",
    "terraform",
  );

  expect(managed.map(({ address, id }) => [address, id])).toEqual([
    ["auth0_client.a", "new"],
    ["auth0_client.none", ""],
  ]);
  expect([...ids]).toEqual(["new", "old", "read", ""]);
});

test("a state that nothing was applied to has no resources", () => {
  expect(parseState('{"format_version":"1.0"}', "login", "terraform").resources).toEqual([]);
});

test("the tenant is known by what the Management API is called", () => {
  expect([...stateOf().hosts]).toEqual(["example.eu.auth0.com"]);
});

test.each([
  ["no JSON", "PK", "[login] is no JSON (SyntaxError)"],
  [
    "a plan",
    '{"format_version":"1.2","resource_changes":[]}',
    "[login] is a plan, and says nothing of what was applied",
  ],
  ["a state file", '{"version":4,"lineage":"x"}', "[login] is a state file as it lies in its backend"],
  ["something else", "{}", "[login] is no state"],
  ["nothing", "null", "[login] is no state"],
  [
    "one whose resources are none",
    '{"format_version":"1.0","values":{"root_module":{"resources":5}}}',
    "[login] is no state",
  ],
  [
    "one with a resource that is none, in a module",
    '{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[null]}]}}}',
    "[login] is no state",
  ],
])("fails when it is %s", (_, text, message) => {
  expect(() => parseState(text, "login", "terraform")).toThrow(
    `${message}; give what \`terraform show -json\` prints of a state`,
  );
  expect(shown()).toContain(IDS.form);
});

import type { FormNode } from "auth0-forms";
import type { Inventory } from "../../adopt/inventory";
import { listingOf } from "../../adopt/listing";

const EMPTY = {
  domain: "example.eu.auth0.com",
  flows: [],
  connections: [],
  actions: [],
  bindings: [],
  clients: [],
  grants: [],
};

const step = (id: string) => ({ id, type: "STEP", config: { components: [] } }) as unknown as FormNode;

test.each([
  [["a"], "1 step that asks nothing"],
  [["a", "b"], "2 steps that ask nothing"],
])("a form of the steps %j is told as %s", (steps, says) => {
  const document = { name: "Welcome", nodes: steps.map(step) };
  const inventory: Inventory = { ...EMPTY, forms: [{ id: "ap_1", document, flows: [] }] };

  expect(listingOf(inventory).Forms?.[0]?.says[0]).toBe(says);
});

import type { JsonObject } from "../../review/json-value";
import type { Plan, ResourceChange } from "../../review/plan/plan";
import { Secrets } from "../../review/plan/secrets";
import { reviewResources } from "../../review/resources/resources";
import { kept, planOf, resource } from "../support/planned-resources";

const FORM = "auth0_form.team";

/** A plan of that one change, with what is configured of the form. */
function configured(change: ResourceChange, team: JsonObject = {}): Plan {
  return { ...planOf(change), synthesised: { resource: { auth0_form: { team } } } };
}

test.each<[string, ResourceChange, readonly string[]]>([
  ["those that differ", resource(FORM, { a: 1, b: 1, c: [1] }, { a: 1, b: 2, c: [1, 2], d: 1 }), ["b", "c", "d"]],
  [
    "those that are known only after the apply, where they are configured",
    resource(FORM, { nodes: "a", version: "1" }, {}, { after_unknown: { nodes: true, version: true } }),
    ["nodes"],
  ],
  [
    "those that the provider fills in, where there is no other",
    resource(FORM, { version: "1" }, {}, { after_unknown: { version: true } }),
    ["version"],
  ],
  [
    "those because of which it is made anew",
    resource(
      FORM,
      { a: 1 },
      { a: 2 },
      {
        actions: ["delete", "create"],
        replace_paths: [["nodes"], ["languages", 0, "primary"], ["languages", 0, "default"]],
      },
    ),
    ["languages", "nodes"],
  ],
  ["none of what is new", resource(FORM, undefined, { a: 1 }), []],
  ["none of what is destroyed", resource(FORM, { a: 1 }, undefined), []],
])("the attributes that are named of a resource are %s", (_, change, attributes) => {
  const [reviewed] = reviewResources(configured(change, { nodes: "${jsonencode([])}" }), undefined, new Secrets());

  expect(reviewed?.attributes).toEqual(attributes);
});

test("a resource is known by its name in the tenant, where this library defines its kind, also by the old one", () => {
  const changes = [
    resource(FORM, { name: "Team" }, { name: "Profile" }),
    resource("auth0_flow.save", { name: "Save" }, undefined),
    resource("auth0_connection.users", { name: "Users" }, { name: "Users" }),
  ];
  const reviewed = reviewResources(planOf(...changes), undefined, new Secrets());

  expect(reviewed.map(({ name }) => name)).toEqual(["Profile", "Save", undefined]);
});

test("an address says what it is of: one that is left over, one that was elsewhere", () => {
  const changes = [
    { ...resource(FORM, { a: 1 }, undefined), deposed: "1a2b3c4d" },
    { ...kept("auth0_form.new", { a: 1 }), previous_address: "auth0_form.old" },
    { ...kept("auth0_form.same", { a: 1 }), previous_address: "auth0_form.same" },
  ];
  const reviewed = reviewResources(planOf(...changes), undefined, new Secrets());

  expect(reviewed.map(({ address, previousAddress }) => [address, previousAddress])).toEqual([
    ["auth0_form.team (deposed)", undefined],
    ["auth0_form.new", "auth0_form.old"],
    ["auth0_form.same", undefined],
  ]);
});

test("what is only read is told where the apply reads it, and not where the plan has", () => {
  const data = (action: string) => ({
    ...resource("data.auth0_tenant.one", undefined, {}, { actions: [action] }),
    mode: "data",
  });
  const addressesOf = (change: ResourceChange) =>
    reviewResources(planOf(change), undefined, new Secrets()).map(({ address }) => address);

  expect(addressesOf(data("read"))).toEqual(["data.auth0_tenant.one"]);
  expect(addressesOf(data("no-op"))).toEqual([]);
});

const UPDATE = resource(FORM, { a: 1 }, { a: 2 });
const AFTERWARDS = resource(FORM, { nodes: "a" }, {}, { after_unknown: { nodes: true } });

test.each<[string, Plan, Plan, "all" | "partly" | "not"]>([
  ["it has the very same", configured(UPDATE), configured(UPDATE), "all"],
  [
    "it has the same from another state of the tenant",
    configured(UPDATE),
    configured(resource(FORM, { a: 0 }, { a: 2 })),
    "all",
  ],
  ["it has another one", configured(UPDATE), configured(resource(FORM, { a: 1 }, { a: 3 })), "partly"],
  ["it does something else with it", configured(UPDATE), configured(resource(FORM, { a: 1 }, undefined)), "partly"],
  ["it leaves the resource", configured(UPDATE), configured(kept(FORM, { a: 1 })), "not"],
  ["it changes another", configured(UPDATE), planOf(resource("auth0_form.other", { a: 1 }, { a: 2 })), "not"],
  ["only it changes the resource", configured(kept(FORM, { a: 1 })), configured(UPDATE), "not"],
  [
    "what is known only afterwards is configured the same",
    configured(AFTERWARDS, { nodes: "${auth0_flow.one.id}" }),
    configured(AFTERWARDS, { nodes: "${auth0_flow.one.id}" }),
    "all",
  ],
  [
    "what is known only afterwards is configured otherwise",
    configured(AFTERWARDS, { nodes: "${auth0_flow.one.id}" }),
    configured(AFTERWARDS, { nodes: "${auth0_flow.two.id}" }),
    "partly",
  ],
])("how much of a change is the base's is told where %s", (_, plan, base, much) => {
  expect(reviewResources(plan, base, new Secrets())).toMatchObject([
    { isForeign: much === "all", isPartlyForeign: much === "partly" },
  ]);
});

test.each<[string, ResourceChange, boolean]>([
  ["to what it was", resource(FORM, { a: 2, b: 1 }, { a: 1, b: 1 }), true],
  ["to something else", resource(FORM, { a: 2, b: 1 }, { a: 3, b: 1 }), false],
  ["to what it was, and something else besides", resource(FORM, { a: 2, b: 1 }, { a: 1, b: 2 }), false],
  ["to what is known only afterwards", resource(FORM, { a: 2, b: 1 }, { b: 1 }, { after_unknown: { a: true } }), false],
  ["by making it anew", resource(FORM, { a: 2 }, { a: 1 }, { actions: ["delete", "create"] }), false],
])(
  "whether a change takes back what was done outside Terraform is told where it changes %s",
  (_, change, isTakingBack) => {
    const drift = [resource(FORM, { a: 1, b: 1 }, { a: 2, b: 1 })];

    expect(reviewResources({ ...planOf(change), drift }, undefined, new Secrets())).toMatchObject([{ isTakingBack }]);
    expect(reviewResources(planOf(change), undefined, new Secrets())).toMatchObject([{ isTakingBack: false }]);
  },
);

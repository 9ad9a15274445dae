import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../review/json-value";
import { type Attributes, planThatChanges } from "../support/hostile-plan";
import { told } from "../support/stored-plans";

const ADDRESS = "auth0_client.app";
const REFERENCE = { references: ["terraform_data.address.output", "terraform_data.address"] };

/** A plan that makes a resource, or changes it, of which something is known only after the apply. */
function planOfOne(
  address: string,
  after: Attributes[string],
  unknown: object,
  { before, expressions }: { readonly before?: Attributes[string]; readonly expressions?: JsonObject } = {},
) {
  const plan = planThatChanges({}, {}, { [address]: after });
  const change = plan.resource_changes.at(-1)?.change ?? {};
  Object.assign(change, { after_unknown: unknown, before: before ?? null });
  Object.assign(change, { actions: [before === undefined ? "create" : "update"] });
  const [type, name] = address.split(".");
  const resources = expressions && [{ address, mode: "managed", type, name, expressions }];
  return { ...plan, configuration: { root_module: { resources } } };
}

const APP = { id: "1", name: "Sample", callbacks: ["https://app.example/cb"] };
const LEADS = "`callbacks` of the client `Sample` is known only after the apply: where it leads can not be told.";

test.each<[string, ReturnType<typeof planOfOne>, string]>([
  [
    "all callbacks",
    planOfOne(ADDRESS, { name: "Sample" }, { callbacks: true }, { before: APP, expressions: { callbacks: REFERENCE } }),
    LEADS,
  ],
  [
    "one of the callbacks",
    planOfOne(ADDRESS, { name: "Sample", callbacks: [null] }, { callbacks: [true] }, { before: APP }),
    LEADS,
  ],
  ["the callbacks of a new client", planOfOne(ADDRESS, { name: "Sample" }, { callbacks: true }), LEADS],
  [
    "callbacks of which the configuration says only where they come from",
    planOfOne(
      ADDRESS,
      { name: "Sample", callbacks: [null] },
      { callbacks: [true] },
      { before: APP, expressions: { callbacks: { constant_value: ["https://${terraform_data.address.output}/cb"] } } },
    ),
    LEADS,
  ],
  [
    "an address in a block",
    planOfOne(ADDRESS, { name: "Sample", addons: [{ samlp: [{}] }] }, { addons: [{ samlp: [{ callback: true }] }] }),
    "`addons.samlp.callback` of the client `Sample` is known only after the apply: where it leads can not be told.",
  ],
  [
    "two attributes",
    planOfOne(ADDRESS, { name: "Sample" }, { callbacks: true, initiate_login_uri: true }),
    "`callbacks`, `initiate_login_uri` of the client `Sample` are known only after the apply: where it leads can not be told.",
  ],
  [
    "a page",
    planOfOne(ADDRESS, { name: "Sample" }, { custom_login_page: true }),
    "`custom_login_page` of the client `Sample` is known only after the apply: where it leads can not be told.",
  ],
  [
    "a script",
    planOfOne("auth0_connection.users", { options: [{}] }, { options: [{ custom_scripts: { login: true } }] }),
    "`options.custom_scripts.login` of `auth0_connection.users` is known only after the apply: what Auth0 runs for it can not be told.",
  ],
  [
    "how a client gets tokens",
    planOfOne(ADDRESS, { name: "Sample" }, { grant_types: true }, { expressions: { grant_types: REFERENCE } }),
    "`grant_types` of the client `Sample` is known only after the apply: who is let in, and by what means or for what, can not be told.",
  ],
  [
    "an Action in a list",
    planOfOne(
      "auth0_trigger_actions.all",
      { trigger: "post-login", actions: [{ display_name: "Other" }] },
      { actions: [{ id: true }] },
    ),
    "`actions.id` of `auth0_trigger_actions.all` is known only after the apply: which Action is run can not be told.",
  ],
])("that it is known only after the apply is told of %s", (_, plan, sentence) => {
  expect(told(plan).findings.filter((one) => one.startsWith("unknown:") && one.includes("known only after"))).toEqual([
    `unknown: ${sentence}`,
  ]);
});

test.each<[string, ReturnType<typeof planOfOne>]>([
  [
    "what the provider fills in",
    planOfOne(
      ADDRESS,
      { name: "Sample" },
      { id: true, client_id: true, grant_types: true, logo_uri: true, signing_keys: true },
      { expressions: { name: { constant_value: "Sample" } } },
    ),
  ],
  [
    "ids and secrets",
    planOfOne("auth0_client_credentials.app", {}, { client_id: true, client_secret: true, id: true }),
  ],
  [
    "what the configuration says",
    planOfOne(
      ADDRESS,
      { name: "Sample" },
      { callbacks: true },
      {
        before: APP,
        expressions: { callbacks: { constant_value: ["https://app.example/${terraform_data.path.id}"] } },
      },
    ),
  ],
])("nothing is told of %s", (_, plan) => {
  expect(told(plan).findings).toEqual([]);
});

test("what is configured of one of several addresses is read, though the plan does not hold it", () => {
  const expressions = { callbacks: { constant_value: ["https://evil.example/${terraform_data.path.id}"] } };
  const plan = planOfOne(
    ADDRESS,
    { name: "Sample", callbacks: [null] },
    { callbacks: [true] },
    { before: APP, expressions },
  );

  expect(told(plan).findings).toEqual([
    "leads-away: The client `Sample` leads people to another address, loads from it or sends to it: `evil.example` (`callbacks`).",
  ]);
});

test("of the plans whose review was read, imports, one with -target and the first list of a trigger alone are unknown", () => {
  const folder = join(__dirname, "golden");
  const unknown = readdirSync(folder).filter((file) =>
    /\*\*unknown\*\*/.test(readFileSync(join(folder, file), "utf8")),
  );

  expect(unknown.sort()).toEqual([
    "stored-destroyed-in-part.md",
    "stored-import-of-all.md",
    "stored-import-with-changes.md",
    "stored-trigger-list-added.md",
  ]);
});

import type { ResourceChange } from "../../review/plan/plan";
import { Secrets } from "../../review/plan/secrets";
import { snapshotsOf } from "../../review/plan/snapshot";
import { destroyedFindings } from "../../review/resources/destroyed";
import { reviewResources } from "../../review/resources/resources";
import { kept, planOf, resource, textsOf } from "../support/planned-resources";
import { type PlanJson, storedPlan, told } from "../support/stored-plans";

const FLOW = { id: "af_1", name: "Save", actions: JSON.stringify([{ params: { connection_id: "ac_1" } }]) };
const CONNECTION = { id: "ac_1", name: "One", setup: { client_id: "writer" } };
const CLIENT = { id: "writer", client_id: "writer", name: "Writer" };
const GRANT = { id: "cgr_1", client_id: "writer" };
const CREDENTIALS = { id: "writer", client_id: "writer" };
const nodes = JSON.stringify([{ id: "save", type: "FLOW", config: { flow_id: "af_1" } }]);
const ending = JSON.stringify({ after_submit: { flow_id: "af_1" } });

const gone = (address: string, values: object) => resource(address, values, undefined);

function findingsOf(...changes: readonly ResourceChange[]): readonly string[] {
  const [plan, secrets] = [planOf(...changes), new Secrets()];
  return textsOf(destroyedFindings(reviewResources(plan, undefined, secrets), [], snapshotsOf(plan, secrets)));
}

test.each<[string, readonly ResourceChange[], string]>([
  [
    "a flow that a node of a form leads to",
    [gone("auth0_flow.save", FLOW), kept("auth0_form.team", { name: "Team", nodes })],
    "The flow `Save` is destroyed: the form `Team` needs it, and can not save answers any more.",
  ],
  [
    "a flow that the ending of a form runs",
    [gone("auth0_flow.save", FLOW), kept("auth0_form.team", { name: "Team", ending })],
    "The flow `Save` is destroyed: the form `Team` needs it, and can not save answers any more.",
  ],
  [
    "a Vault connection through which a flow writes",
    [gone("auth0_flow_vault_connection.one", CONNECTION), kept("auth0_flow.save", FLOW)],
    "The Vault connection `One` is destroyed: the flow `Save` needs it, and can not save answers any more.",
  ],
  [
    "a client as which a Vault connection writes",
    [gone("auth0_client.writer", CLIENT), kept("auth0_flow_vault_connection.one", CONNECTION)],
    "The client `Writer` is destroyed: the Vault connection `One` needs it, and can not save answers any more.",
  ],
  [
    "the grant of a client as which a Vault connection writes",
    [gone("auth0_client_grant.writer", GRANT), kept("auth0_flow_vault_connection.one", CONNECTION)],
    "`auth0_client_grant.writer` is destroyed: its client may not use the API any more; the Vault connection `One` needs it, and can not save answers any more.",
  ],
  [
    "the grant of another client",
    [
      gone("auth0_client_grant.other", { ...GRANT, client_id: "other" }),
      kept("auth0_flow_vault_connection.one", CONNECTION),
    ],
    "`auth0_client_grant.other` is destroyed: its client may not use the API any more.",
  ],
  [
    "the credentials of a client, which goes on with others",
    [gone("auth0_client_credentials.writer", CREDENTIALS), kept("auth0_flow_vault_connection.one", CONNECTION)],
    "`auth0_client_credentials.writer` is destroyed: Auth0 keeps the application, with the authentication method that it has by default.",
  ],
  [
    "a flow that no form leads to",
    [gone("auth0_flow.save", FLOW), kept("auth0_form.team", { name: "Team", nodes: "[]", ending: "{}" })],
    "The flow `Save` is destroyed: nothing that this plan leaves uses it.",
  ],
])("it is told what it means to destroy %s", (_, changes, told) => {
  expect(findingsOf(...changes)).toEqual([`destroy: ${told}`]);
});

test("what is in the state only is not said to be destroyed", () => {
  const types = ["terraform_data", "null_resource", "random_password", "time_rotating"];

  expect(findingsOf(...types.map((type) => gone(`${type}.one`, { id: "1" })))).toEqual([]);
});

test("of a client that is made anew its grants and credentials are not told besides", () => {
  const replaced = (address: string, values: object) =>
    resource(address, values, values, { actions: ["delete", "create"] });

  expect(
    findingsOf(
      replaced("auth0_client.writer", CLIENT),
      replaced("auth0_client_credentials.writer", CREDENTIALS),
      replaced("auth0_client_grant.writer", GRANT),
      replaced("auth0_flow.save", FLOW),
    ),
  ).toEqual([
    "replace: The client `Writer` is destroyed and made anew: its client ID and secret change, and its grants are made anew; between the two, answers are not saved, and whoever else uses the old ones is locked out.",
    "replace: The flow `Save` is destroyed and made anew: its id changes; between the two, answers are not saved.",
  ]);
});

test("what is forgotten is told by its name where it is one, and counted where it is more", () => {
  const [one, two] = ["one", "two"].map((name) =>
    resource(`auth0_form.${name}`, { id: name, name }, undefined, { actions: ["forget"] }),
  ) as [ResourceChange, ResourceChange];

  expect(findingsOf(one)).toEqual([
    "forget: The form `one` is forgotten: it stays in the tenant as it is, and Terraform looks after it no more.",
  ]);
  expect(findingsOf(one, two)).toEqual([
    "forget: 2 resources are forgotten: they stay in the tenant as they are, and Terraform looks after them no more.",
  ]);
});

describe("of a form that is destroyed", () => {
  const STOPPED =
    "stops-writing: `role` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.";

  /** The plan, with everything in it destroyed because it is no more configured. */
  function destroyed(...others: readonly ResourceChange[]): PlanJson {
    const plan = storedPlan("link-only");
    const changes = plan.resource_changes.map(({ change, ...one }) => ({
      ...one,
      action_reason: "delete_because_no_resource_config",
      change: { ...change, actions: ["delete"], after: null, after_unknown: {}, after_sensitive: false },
    }));
    return { ...plan, resource_changes: [...changes, ...others] as PlanJson["resource_changes"] };
  }

  test("all goes with it that it is made of, each counted once and told of no more", () => {
    expect(told(destroyed())).toMatchObject({
      verdict: "everything is destroyed: no login asks anything any more · 8 resources destroyed",
      findings: [
        "destroy: The form `Team F` is destroyed with 7 more resources of it: no login asks its questions any more. Answers that were given stay in `user_metadata`.",
        STOPPED,
      ],
    });
  });

  test("what something else still uses is told by itself", () => {
    const [{ change }] = storedPlan("link-only").resource_changes.filter(({ type }) => type === "auth0_flow") as [
      PlanJson["resource_changes"][number],
    ];
    const other = kept("auth0_flow.other", { ...change.after, id: "af_other", name: "Other" });

    expect(told(destroyed(other)).findings).toEqual([
      "destroy: The form `Team F` is destroyed with 6 more resources of it: no login asks its questions any more. Answers that were given stay in `user_metadata`.",
      "destroy: The Vault connection `Team V` is destroyed: the flow `Other` needs it, and can not save answers any more.",
      STOPPED,
    ]);
  });

  test("it is one form that is made anew, where everything of it goes to another address", () => {
    const plan = storedPlan("link-only");
    const moved = plan.resource_changes.flatMap(({ address, change: { before }, ...one }) => {
      const change = { after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
      return [
        { ...one, address, change: { ...change, actions: ["delete"], before, after: null } },
        {
          ...one,
          address: address.replace("profiling_", "login_"),
          change: { ...change, actions: ["create"], before: null, after: before },
        },
      ];
    });

    expect(told({ ...plan, resource_changes: moved })).toMatchObject({
      verdict: "1 form destroyed and made anew under another address · 8 resources added, 8 destroyed",
      findings: [
        "scope-widening: The client `Team C` is granted 6 scopes on the Management API: `read:users`, `update:users`, `create:users`, `read:users_app_metadata`, `update:users_app_metadata`, `create:users_app_metadata`.",
        "replace: The form `Team F` is destroyed and made anew under another address, and 7 more resources with it: `auth0_form.profiling_Form_BB7502E1` → `auth0_form.login_Form_BB7502E1`. Its id changes; answers that were given stay in `user_metadata`. With a `moved` block for each of them nothing is destroyed.",
        "action-code: The Action `Team A` is new, and logins run it; its code is not this library's own.",
      ],
    });
    const [beside, same] = ["Other", "Team C"].map((name) => ({
      ...gone("auth0_client.other", { ...CLIENT, id: "other", name }),
      name: "other",
    }));
    const others = (...changes: readonly unknown[]) =>
      told({ ...plan, resource_changes: [...moved, ...changes] }).findings.filter((one) => one.startsWith("destroy"));

    expect(others(beside)).toEqual([
      "destroy: The client `Other` is destroyed: nothing that this plan leaves uses it.",
    ]);
    expect(others(same)).toHaveLength(1);
  });
});

import { flowSections } from "../../review/markdown/resource-sections";
import type { Plan, ResourceChange } from "../../review/plan/plan";
import { Secrets } from "../../review/plan/secrets";
import { snapshotsOf } from "../../review/plan/snapshot";
import { destroyedFindings } from "../../review/resources/destroyed";
import { flowChanges, flowFindings } from "../../review/resources/flow-code";
import { reviewResources } from "../../review/resources/resources";
import { connectionFindings } from "../../review/resources/vault-connections";
import { planOf, snapshotsWith, textsOf } from "../support/planned-resources";

const CONNECTION = `ac_${"c".repeat(22)}`;
const OTHER_CONNECTION = `ac_${"o".repeat(22)}`;
const ANSWERS = { job_title: "{{fields.job_title}}", phone: "{{fields.phone.international_number}}" };

describe("A reviewer of a flow is told", () => {
  test("nothing of the answers that it writes: the form's tables have them", () => {
    expect(
      findingsOf([update()], [update({ user_metadata: { team: "{{fields.team ?? fields.job_title}}" } })]),
    ).toEqual([]);
    expect(findingsOf(undefined, [update()])).toEqual([]);
  });

  test("what else of the user it sets", () => {
    const more = update({ user_metadata: { ...ANSWERS, plan: "pro" }, app_metadata: { role: "admin" } });

    expect(findingsOf([update()], [more])).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: it now sets `app_metadata.role` to `admin`, `user_metadata.plan` to `pro`.",
    ]);
    expect(differenceOf([update()], [more])).toContain('+          "plan": "pro"');
    expect(differenceOf([update()], [more])).not.toContain("job_title");
    expect(findingsOf(undefined, [more])).toEqual([
      `flow-code: The flow \`Save\` is new and does more than writing answers: it sets \`app_metadata.role\` to \`admin\`, \`user_metadata.plan\` to \`pro\`, uses the Vault connection \`${CONNECTION}\`.`,
    ]);
  });

  test("that it writes to another user", () => {
    expect(findingsOf([update()], [update(undefined, { user_id: "{{fields.job_title}}" })])).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: it now sets `user_metadata.job_title`, `user_metadata.phone` of the user `{{fields.job_title}}`.",
    ]);
  });

  test("of the user who logs in nothing, however that one is spelled", () => {
    const blocking = update({ blocked: true }, { user_id: " {{ context.user.user_id }} ", connection_id: undefined });

    expect(findingsOf(undefined, [blocking])).toEqual([
      "flow-code: The flow `Save` is new and does more than writing answers: it sets `blocked` to `true`.",
    ]);
  });

  test("where it sends what, but nothing that may be a credential", () => {
    const request = (headers: object) => ({
      type: "HTTP",
      action: "SEND_REQUEST",
      params: { url: "https://collect.example.com", headers, payload: { phone: ANSWERS.phone } },
    });
    const [none, one, two] = [[], [request({ key: "one" })], [request({ key: "two" })]].map((others) => [
      update(),
      ...others,
    ]);

    expect(findingsOf(none, one)).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: it now runs `HTTP/SEND_REQUEST` with `https://collect.example.com`.",
    ]);
    expect(differenceOf(none, one)).toContain('+      "headers": "(not shown)"');
    expect(differenceOf(none, one)).toContain('+        "phone": "{{fields.phone.international_number}}"');
    expect(findingsOf(one, two)).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: settings of its actions.",
    ]);
    expect(differenceOf(one, two)).toBe("");
    expect(findingsOf(one, none)).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: it no longer runs `HTTP/SEND_REQUEST` with `https://collect.example.com`.",
    ]);
  });

  test("what it does under a condition", () => {
    const condition = (...actions: readonly object[]) => {
      // An object with a `then` of its own is taken for a promise.
      const ways = [
        ["if", { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] }],
        ["then", actions],
      ];
      return { type: "FLOW", action: "BOOLEAN_CONDITION", params: Object.fromEntries(ways) };
    };

    expect(findingsOf([condition(update())], [condition(update({ blocked: true }))])).toEqual([
      "flow-code: The flow `Save` changes in more than the answers that it writes: it now sets `blocked` to `true`.",
    ]);
    expect(findingsOf([condition(update())], [condition(update({ user_metadata: { a: ANSWERS.phone } }))])).toEqual([]);
  });

  test("through which Vault connection it writes, by its address where the plan has it", () => {
    const plan = planOf(flow([update()], [update(undefined, { connection_id: OTHER_CONNECTION })]), connection());

    expect(findingsOfPlan(plan)).toEqual([
      `flow-code: The flow \`Save\` changes in more than the answers that it writes: it now uses the Vault connection \`${OTHER_CONNECTION}\`; it no longer uses the Vault connection \`auth0_flow_vault_connection.one\`.`,
    ]);
  });

  test("what it did before or does then, where that is known only after the apply", () => {
    const unknown = { ...flow([update()], undefined), address: "auth0_flow.save" };

    expect(findingsOfPlan(planOf(unknown))).toEqual([
      "unknown: The flow `Save`: what it does can not be known before the apply.",
    ]);
  });
});

describe("A reviewer of a Vault connection is told", () => {
  test("where it leads to and as whom, and no secret of it", () => {
    const after = { domain: "other.example.com", client_id: "other", client_secret: "planted-secret-two" };

    expect(textsOf(connectionFindings(snapshotsWith(connection(after))))).toEqual([
      "flow-code: The Vault connection `One`, through which flows write, is set up otherwise: `client_id` `writer` → `other`, `domain` `example.auth0.com` → `other.example.com`.",
    ]);
  });

  test("nothing where only the secret is another", () => {
    const snapshots = snapshotsWith(connection({ client_secret: "planted-secret-two" }));

    expect(connectionFindings(snapshots)).toEqual([]);
  });

  test("which flow can not write any more where it is destroyed, and only of one that still uses it", () => {
    const gone = { ...connection(), change: { ...connection().change, actions: ["delete"], after: null } };
    const destroyed = (after: object) => {
      const plan = planOf(flow([update()], [after]), gone);
      const secrets = new Secrets();
      return textsOf(destroyedFindings(reviewResources(plan, undefined, secrets), [], snapshotsOf(plan, secrets)));
    };

    expect(destroyed(update())).toEqual([
      "destroy: The Vault connection `One` is destroyed: the flow `Save` needs it, and can not save answers any more.",
    ]);
    expect(destroyed(update(undefined, { connection_id: OTHER_CONNECTION }))).toEqual([
      "destroy: The Vault connection `One` is destroyed: nothing that this plan leaves uses it.",
    ]);
  });
});

function update(changes: object = { user_metadata: ANSWERS }, params: object = {}): object {
  return {
    type: "AUTH0",
    action: "UPDATE_USER",
    params: { connection_id: CONNECTION, user_id: "{{context.user.user_id}}", changes, ...params },
  };
}

function flow(before: readonly object[] | undefined, after: readonly object[] | undefined): ResourceChange {
  const side = (actions: readonly object[] | undefined) => ({
    name: "Save",
    id: "af_1",
    actions: JSON.stringify(actions),
  });
  return {
    address: "auth0_flow.save",
    mode: "managed",
    type: "auth0_flow",
    change: {
      actions: before === undefined ? ["create"] : ["update"],
      before: before === undefined ? null : side(before),
      after: side(after),
      after_unknown: after === undefined ? { actions: true } : {},
    },
  };
}

function connection(after: object = {}): ResourceChange {
  const setup = { domain: "example.auth0.com", client_id: "writer", client_secret: "planted-secret-one" };
  return {
    address: "auth0_flow_vault_connection.one",
    mode: "managed",
    type: "auth0_flow_vault_connection",
    change: {
      actions: ["update"],
      before: { id: CONNECTION, name: "One", setup },
      before_sensitive: { setup: true },
      after: { id: CONNECTION, name: "One", setup: { ...setup, ...after } },
      after_sensitive: { setup: true },
    },
  };
}

function findingsOf(before: readonly object[] | undefined, after: readonly object[] | undefined): readonly string[] {
  return findingsOfPlan(planOf(flow(before, after)));
}

function findingsOfPlan(plan: Plan): readonly string[] {
  const snapshots = snapshotsOf(plan, new Secrets());
  return textsOf(flowFindings(flowChanges(snapshots), snapshots.planned));
}

function differenceOf(before: readonly object[] | undefined, after: readonly object[] | undefined): string {
  const sections = flowSections(flowChanges(snapshotsWith(flow(before, after))));
  return sections.map(({ body }) => body).join("\n");
}

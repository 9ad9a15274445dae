import { expectGolden } from "../support/reviewed-plans";
import { type PlanJson, STORED_PLANS, storedPlan, told } from "../support/stored-plans";

type Change = PlanJson["resource_changes"][number];

/** The plan, where what these change stays as it is. */
function leaving(plan: PlanJson, isLeft: (change: Change) => boolean): PlanJson {
  const copy = structuredClone(plan);
  for (const one of copy.resource_changes.filter(isLeft)) {
    one.change.actions = ["no-op"];
    one.change.after = one.change.before;
  }
  return copy;
}

/** The plan, with another text in what it makes of the forms, the flows or whatever is of that type. */
function saying(plan: PlanJson, type: string, from: string, to: string): PlanJson {
  const copy = structuredClone(plan);
  for (const { change } of copy.resource_changes.filter((one) => one.type === type)) {
    const [before, after] = [change.after, JSON.parse(JSON.stringify(change.after).replaceAll(from, to))];
    expect(after).not.toEqual(before);
    change.after = after;
    change.actions = ["update"];
  }
  return copy;
}

test.each(STORED_PLANS)("the review of the plan %s is as it was read", (name) => {
  expectGolden(`stored-${name}.md`, told(storedPlan(name)).markdown);
});

const BY_BASE = storedPlan("two-forms-same-change");
const LINK = storedPlan("link-only");

test.each<[string, PlanJson, PlanJson]>([
  ["all", storedPlan("merged-stages"), storedPlan("merged-stages")],
  ["all-of-many", storedPlan("secret-in-url"), storedPlan("secret-in-url")],
  ["one-form-of-two", BY_BASE, leaving(BY_BASE, ({ address }) => address.startsWith("auth0_form.two"))],
  ["nothing", BY_BASE, leaving(BY_BASE, () => true)],
  ["a-part-of-the-form", saying(LINK, "auth0_form", "Continue", "Go on"), LINK],
  [
    "another-part-of-the-form",
    LINK,
    saying(
      leaving(LINK, () => true),
      "auth0_form",
      "Continue",
      "Go on",
    ),
  ],
  [
    "the-flow-of-the-form",
    saying(LINK, "auth0_flow", "Team W", "Team X"),
    saying(
      leaving(LINK, () => true),
      "auth0_flow",
      "Team W",
      "Team X",
    ),
  ],
])("the review of a plan is as it was read where the base has pending: %s", (name, plan, base) => {
  expectGolden(`pending-${name}.md`, told(plan, 0, undefined, base).markdown);
});

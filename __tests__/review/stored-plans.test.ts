import { lostValues } from "../support/lost-values";
import { STORED_PLANS, storedPlan, told } from "../support/stored-plans";

test.each(STORED_PLANS)("nothing that the plan %s changes is missing from its review", (name) => {
  const plan = storedPlan(name);

  expect(lostValues(JSON.stringify(plan), told(plan).markdown)).toEqual([]);
});

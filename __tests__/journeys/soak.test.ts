import { soak } from "../../bench/soak";

// The long form is run by hand: `npx tsx bench/soak.ts --logins 100000 --write`.
test("people log in with forms for a while, and a tenant that is killed on the way loses none of their answers", async () => {
  const { logins, left, answers, lost, unaccounted, failures, memory } = await soak({ seconds: 25, people: 6 });

  expect({ lost, unaccounted, failures }).toEqual({ lost: [], unaccounted: [], failures: [] });
  expect(logins).toBeGreaterThan(20);
  expect(left).toBeGreaterThan(0);
  expect(answers).toBeGreaterThan(logins / 2);
  // a young process still takes what it needs; a leak of what a login makes shows in the long form
  expect(memory.last).toBeLessThan(memory.first * 1.6);
}, 120_000);

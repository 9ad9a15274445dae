import { scheduledAction } from "../support/library-action";
import { LOGIN, ofUser, type Props } from "../support/scheduled-login";

describe("a share of people", () => {
  const people = Array.from({ length: 2000 }, (_, index) => `auth0|${(0x65a1b2c3d4 + index * 7919).toString(16)}`);

  /** Those who are asked: the Action is loaded once for all. */
  async function asked(props: Props, formId?: string): Promise<string[]> {
    const action = scheduledAction(props, formId);
    const found: string[] = [];
    for (const user_id of people) {
      const render = () => found.push(user_id);
      await action.onExecutePostLogin({ ...LOGIN, ...ofUser({ user_id }) }, { prompt: { render } });
    }
    return found;
  }

  const ofForm = (share: number) => asked({ stages: [{ id: "profile" }], ask: { share } });
  const ofStage = (id: string, share: number) => asked({ stages: [{ id, ask: { share } }] });

  test("is about as large as it is said to be, stays the same, and grows", async () => {
    const shares = [1, 10, 20, 50, 90];
    const groups = await Promise.all(shares.map(ofForm));

    for (const [index, share] of shares.entries()) {
      const group = groups[index] ?? [];
      expect(Math.abs(group.length / people.length - share / 100)).toBeLessThan(0.03);
      expect(await ofForm(share)).toEqual(group);
      const larger = new Set(groups[index + 1] ?? people);
      expect(group.filter((id) => !larger.has(id))).toEqual([]);
    }
  });

  test("is of the same people in every release", async () => {
    const [form, stage] = [await ofForm(50), await ofStage("profile", 50)];

    expect(people.slice(0, 8).map((id) => [id, form.includes(id), stage.includes(id)])).toEqual([
      ["auth0|65a1b2c3d4", false, false],
      ["auth0|65a1b2e2c3", false, false],
      ["auth0|65a1b301b2", true, false],
      ["auth0|65a1b320a1", true, true],
      ["auth0|65a1b33f90", false, false],
      ["auth0|65a1b35e7f", true, false],
      ["auth0|65a1b37d6e", true, false],
      ["auth0|65a1b39c5d", true, true],
    ]);
  });

  test.each([
    ["stage", () => ofStage("company", 50)],
    ["form", () => asked({ stages: [{ id: "profile", ask: { share: 50 } }] }, "ap_2")],
  ])("is of others for another %s", async (_, ofAnother) => {
    const profile = await ofStage("profile", 50);
    const other = new Set(await ofAnother());
    const both = profile.filter((id) => other.has(id));

    expect(Math.abs(both.length / people.length - 0.25)).toBeLessThan(0.04);
  });
});

import { nextButton, text } from "../../lib";
import { Stage } from "../../lib/form/stage";
import { reviewForm } from "../../review/form/form-review";
import { changeOf, profilingOf, withDocument } from "../support/reviewed-form";
import { BEFORE, bodyOf, COMPANY, findingsOf, loginsOf, PROFILE, sectionsOf, TEAM } from "../support/reviewed-stages";

describe("Who is asked what, login by login", () => {
  test("is told of a form that is new", () => {
    expect(loginsOf(undefined, BEFORE)).toEqual([
      "| nothing answered | 1. `Missing Profile Data`, 2. `Missing Company Data`, 3. nothing |",
    ]);
  });

  test("is told before and after, of users with no answer and of those who answered everything", () => {
    expect(loginsOf(BEFORE, profilingOf([PROFILE, COMPANY, TEAM]))).toEqual([
      "| nothing answered | 1. `Missing Profile Data`, 2. `Missing Company Data`, 3. nothing | 1. `Missing Profile Data`, 2. `Missing Company Data`, 3. `Missing team`, 4. nothing |",
      "| every answer that was asked before, or only the required ones | nothing | 1. `Missing team`, 2. nothing |",
    ]);
  });

  test("names those in between where their next logins are others", () => {
    expect(loginsOf(BEFORE, profilingOf([TEAM, PROFILE, COMPANY]))).toContain(
      "| answers to `Missing Profile Data` | 1. `Missing Company Data`, 2. nothing | 1. `Missing team`, 2. `Missing Company Data`, 3. nothing |",
    );
  });

  test("follows the router's order, and not that of the nodes", () => {
    const { start, nodes, ending } = BEFORE.form;
    const [router, ...others] = nodes as [{ config: { rules: object[]; fallback: string } }, ...object[]];
    const turned = { ...router, config: { ...router.config, rules: router.config.rules.toReversed() } };
    const after = withDocument(BEFORE, { start, nodes: [...others, turned], ending });

    expect(loginsOf(BEFORE, after)).toEqual([
      "| nothing answered | 1. `Missing Profile Data`, 2. `Missing Company Data`, 3. nothing | 1. `Missing Company Data`, 2. `Missing Profile Data`, 3. nothing |",
    ]);
    expect(sectionsOf(BEFORE, after)).toEqual(expect.arrayContaining(["Another order"]));
    expect(reviewForm(changeOf(BEFORE, after)).order).toEqual({
      before: ["step_job_title", "step_company_name"],
      after: ["step_company_name", "step_job_title"],
    });
  });

  test("is nothing once nothing shows the form", () => {
    const unbound = profilingOf([PROFILE, COMPANY], { isBound: false });

    expect(loginsOf(BEFORE, unbound)[0]).toMatch(/\| nothing \|$/);
    expect(loginsOf(BEFORE, undefined)[0]).toMatch(/\| nothing \|$/);
    expect(findingsOf(BEFORE, unbound)).toEqual([
      "unbound: The Action `Progressive Profiling` is not bound to the post-login trigger: unless something else binds it, no login asks anything.",
    ]);
  });

  test("is not told again where only the wording changes", () => {
    const reworded = Stage.untilAnswered("job_title", {
      alias: "Another alias",
      components: [...PROFILE.components.slice(0, 3), nextButton("Go on")],
    });

    expect(bodyOf("Who is asked what, login by login", BEFORE, profilingOf([reworded, COMPANY]))).toMatch(
      /^As before\. A user with nothing answered: /,
    );
  });

  test("stays readable with ten stages in another order", () => {
    const stages = Array.from({ length: 10 }, (_, index) =>
      Stage.untilAnswered(`key_${index}`, {
        alias: `Stage ${index} with a name that is rather long for a table`,
        components: [text(`key_${index}`, { label: "?", required: true }), nextButton()],
      }),
    );
    const rows = loginsOf(profilingOf(stages), profilingOf(stages.toReversed()));

    expect(rows.length).toBeLessThan(11);
    expect(rows.join("\n").length).toBeLessThan(12_000);
  });
});

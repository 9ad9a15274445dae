import { dropdown, nextButton, phone, raw, text } from "../../lib";
import { articleStages } from "../../lib/form/article-stages";
import { Stage } from "../../lib/form/stage";
import { reviewForm } from "../../review/form/form-review";
import { newQuestions } from "../../review/form/questions";
import { withRemadeForms } from "../../review/form/remade-forms";
import type { Profiling } from "../../review/profiling";
import {
  changeOf,
  findingsOf as findings,
  profilingOf,
  sectionsOf as sections,
  withDocument,
} from "../support/reviewed-form";
import {
  BEFORE,
  bodyOf,
  COMPANY,
  findingsOf,
  kindsOf,
  loginsOf,
  PROFILE,
  sectionsOf,
  stageOf,
  TEAM,
  withCondition,
  without,
  writing,
  writtenBy,
} from "../support/reviewed-stages";

describe("A reviewer is told", () => {
  test("that all existing users are asked, once, and that nobody can say how many", () => {
    expect(findingsOf(undefined, BEFORE)).toEqual([
      "asked-of-everyone: Every existing user without `job_title`, `company_name` in `user_metadata` is asked at the next logins, one after the other: `Missing Profile Data`, `Missing Company Data`. How many logins that makes, no plan can tell.",
    ]);
    expect(findingsOf(BEFORE, profilingOf([PROFILE, COMPANY, TEAM]))).toEqual([
      "asked-of-everyone: Every existing user without `team` in `user_metadata` is asked at the next login: `Missing team`. How many logins that makes, no plan can tell.",
    ]);
  });

  test("that those are asked who left a field empty as long as it was optional", () => {
    const asked = Stage.untilAnswered("phone_number", {
      alias: "Missing phone",
      components: [phone("phone_number", { label: "Phone", required: true }), nextButton()],
    });
    const asStage = profilingOf([without(PROFILE, "phone_number"), COMPANY, asked]);

    expect(findingsOf(BEFORE, asStage)).toEqual([
      "asked-of-everyone: Every existing user without `phone_number` in `user_metadata` is asked at the next login: `Missing phone`. How many logins that makes, no plan can tell.",
    ]);
    expect(loginsOf(BEFORE, asStage)).toContain(
      "| only the required answers that were asked before | nothing | 1. `Missing phone`, 2. nothing |",
    );
    expect(newQuestions(changeOf(BEFORE, asStage))).toBe(0);
    expect(newQuestions(changeOf(BEFORE, asStage), "required fields")).toBe(1);
  });

  test("that the ending of the form leads elsewhere, and that the login is left behind", () => {
    const target = "https://elsewhere.example.com/";
    const withEnding = (ending: object): Profiling => withDocument(BEFORE, { ending });
    const [leaving, resuming] = [{}, { resume_flow: true }].map((rest) =>
      withEnding({ redirection: { target }, ...rest }),
    );

    expect(findingsOf(BEFORE, leaving)).toEqual([
      "stuck: Nobody gets past the form: the ending of the form does not resume the login.",
      "leads-away: The ending of the form leads people to `https://elsewhere.example.com/`.",
    ]);
    expect(findingsOf(BEFORE, resuming)).toEqual([
      "leads-away: The ending of the form leads people to `https://elsewhere.example.com/`.",
    ]);
    expect(findingsOf(resuming, withEnding({ redirection: { target: "/done" }, resume_flow: true }))).toEqual([
      "leads-away: The ending of the form leads people to `/done`, no longer to `https://elsewhere.example.com/`.",
    ]);
    expect(findingsOf(resuming, resuming)).toEqual([]);
  });

  test("nothing lost where another form of the stack writes the same keys", () => {
    const other = profilingOf([PROFILE, COMPANY], { form: { address: "auth0_form.other" } });
    const unbound = profilingOf([PROFILE, COMPANY], { isBound: false });

    expect(reviewForm({ ...changeOf(BEFORE, undefined), others: [other] }).findings).toEqual([]);
    expect(reviewForm({ ...changeOf(BEFORE, undefined), others: [unbound] }).findings).toMatchObject([
      { kind: "stops-writing" },
    ]);
  });

  test("of one form where it is made anew under another address", () => {
    const at = (address: string, stages: readonly Stage[] = [PROFILE, COMPANY], name = "Progressive Profiling") =>
      profilingOf(stages, { form: { address, name } });
    const [gone, made] = [at("auth0_form.one"), at("auth0_form.two", [PROFILE, COMPANY, TEAM])];
    const paired = (...changes: readonly [Profiling | undefined, Profiling | undefined][]) =>
      withRemadeForms(changes.map(([before, after]) => changeOf(before, after))).map(
        ({ before, after }) => `${before?.form.address} → ${after?.form.address}`,
      );

    expect(paired([gone, undefined], [undefined, made])).toEqual(["auth0_form.one → auth0_form.two"]);
    // Another name, other steps, or two that could be meant.
    for (const others of [
      [at("auth0_form.two", [PROFILE], "Other")],
      [at("auth0_form.two", [TEAM])],
      [made, at("auth0_form.three")],
    ]) {
      const all = others.map((after): [undefined, Profiling] => [undefined, after]);
      expect(paired([gone, undefined], ...all)).toContain("auth0_form.one → undefined");
    }
  });

  test("nothing where nothing changes", () => {
    const change = changeOf(BEFORE, profilingOf(articleStages()));
    const { changedSteps, isTold } = reviewForm(change);

    expect([findings(change), sections(change), changedSteps, isTold]).toEqual([[], [], [], false]);
  });

  test("nothing of a flow whose id is known only after the apply", () => {
    const after = profilingOf(articleStages(), { flowId: "(auth0_flow.profiling.id)" });

    expect(sectionsOf(BEFORE, after)).toEqual([]);
  });

  test("which keys stop being written", () => {
    const withoutPhone = profilingOf([without(PROFILE, "phone_number"), COMPANY]);

    expect(findingsOf(BEFORE, withoutPhone)).toEqual([
      "stops-writing: `phone_number` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
    ]);
    expect(findingsOf(BEFORE, undefined)).toEqual([
      "stops-writing: `company_name`, `company_size`, `job_title`, `phone_number` are no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
    ]);
  });

  test("that a field is required now, and who is not asked for it", () => {
    const after = profilingOf([
      stageOf(
        PROFILE,
        text("job_title", { label: "Job title", required: true }),
        phone("phone_number", { label: "Phone", required: true }),
      ),
      COMPANY,
    ]);

    expect(findingsOf(BEFORE, after)).toEqual([
      "required: `Phone` (`phone_number`) in stage `Missing Profile Data` is required now: nobody gets past it without an answer.",
    ]);
    expect(bodyOf("~ Stage `Missing Profile Data` changed", BEFORE, after)).toContain(
      "Who has answered this stage before is not asked for `phone_number`.",
    );
  });

  test("that everybody is asked again where a field is written to another key", () => {
    const renamed = Stage.untilAnswered("role", {
      id: "job_title",
      alias: "Missing Profile Data",
      components: PROFILE.components.map(({ answer, ...component }) => ({
        ...component,
        answer: component.id === "job_title" ? { metadataKey: "role", value: "{{fields.job_title}}" } : answer,
      })),
    });

    expect(findingsOf(BEFORE, profilingOf([renamed, COMPANY]))).toEqual([
      "stops-writing: `job_title` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
      "renamed: `job_title` in stage `Missing Profile Data` is written to `role`, no longer to `job_title`: answers that were given stay under the old key, existing users are asked again.",
      "asked-of-everyone: Every existing user without `role` in `user_metadata` is asked at the next login: `Missing Profile Data`. How many logins that makes, no plan can tell.",
    ]);
  });

  test("which options can no longer be chosen", () => {
    const after = profilingOf([
      PROFILE,
      stageOf(
        COMPANY,
        text("company_name", { label: "Company name", required: true }),
        dropdown("company_size", {
          label: "Company size",
          required: true,
          options: ["1", "2-5", "6-10", "11-50", "51-100", "101-250", { value: "251-500", label: "some" }, "501+"],
        }),
      ),
    ]);

    expect(findingsOf(BEFORE, after)).toEqual([
      "option-removed: `company_size` in stage `Missing Company Data` can no longer be answered with `501-1,000`, `1,001-10,000`, `10,001+`: answers that were given stay as they are.",
    ]);
    expect(bodyOf("~ Stage `Missing Company Data` changed", BEFORE, after)).toContain(
      "| ~ | `Company size`<br>`company_size` | options added: `501+`<br>options removed: `501-1,000`, `1,001-10,000`, `10,001+`<br>option `251-500`: `251-500` → `some` |",
    );
  });

  test("that a stage waits for a key that nothing writes, and is asked for ever", () => {
    const after = profilingOf([PROFILE, COMPANY], { metadataKeys: ["job_title", "company_name"] });
    const { company_name: _, ...kept } = writtenBy(after);

    const broken = writing(after, kept);

    expect(kindsOf(BEFORE, broken)).toEqual(["loop", "not-written", "stops-writing"]);
    expect(findingsOf(BEFORE, broken)[0]).toBe(
      "loop: Stage `Missing Company Data` is asked at every login, for ever: it waits for `company_name`, which nothing behind it writes.",
    );
    expect(loginsOf(BEFORE, broken)[0]).toContain("2. `Missing Company Data`, **and so at every login**");
  });

  test("that the Action does not look for what a stage waits for", () => {
    const one = profilingOf([PROFILE, COMPANY], { metadataKeys: ["job_title"] });

    expect(findingsOf(BEFORE, one)).toEqual([
      "never-asked: No login gets to stage `Missing Company Data`: it waits for `company_name`, which the Action does not look for.",
    ]);
  });

  test("that the Action opens the form for a key that no stage waits for", () => {
    const after = profilingOf([PROFILE, COMPANY], { metadataKeys: ["job_title", "company_name", "phone_number"] });

    expect(findingsOf(BEFORE, after)).toEqual([
      "never-asked: The Action opens the form at every login as long as `phone_number` is missing, and no stage waits for that: who has answered the rest is asked nothing there.",
    ]);
  });

  test("that two stages write the same key", () => {
    const again = Stage.untilAnswered("again", {
      components: [
        text("again", { label: "Again", required: true }),
        text("title", { label: "Job title", metadataKey: "role" }),
        nextButton(),
      ],
    });
    const after = writing(profilingOf([PROFILE, COMPANY, again]), {
      ...writtenBy(profilingOf([PROFILE, COMPANY, again])),
      role: undefined,
      job_title: "{{fields.title ?? fields.job_title}}",
    });

    expect(findingsOf(BEFORE, after)).toContain(
      "written-twice: Stages `Missing Profile Data` and `again` write the same key `job_title`: the later answer replaces the earlier.",
    );
  });

  test("that an answer is kept nowhere", () => {
    const after = profilingOf([
      stageOf(
        PROFILE,
        ...PROFILE.components.slice(1, 3),
        raw({ id: "site", category: "FIELD", type: "URL", label: "Site" }),
      ),
      COMPANY,
    ]);

    expect(findingsOf(BEFORE, after)).toEqual([
      "not-written: `site` in stage `Missing Profile Data` is asked, and no flow writes it: only an Action that reads the form's answers could keep it.",
    ]);
  });

  test("that who leaves everything empty loses all answers", () => {
    const after = profilingOf([
      stageOf(PROFILE, text("job_title", { label: "Job title" }), phone("phone_number", { label: "Phone (optional)" })),
      COMPANY,
    ]);

    expect(findingsOf(BEFORE, after)).toEqual([
      "erases: Who leaves the fields of stage `Missing Profile Data` empty loses all of `user_metadata`: the flow then sends none of it, which Auth0 takes for erasing it. Make a field that is written required.",
    ]);
  });

  test("that who leaves the field empty that a stage waits for is asked again and again", () => {
    const after = profilingOf([
      stageOf(
        PROFILE,
        text("job_title", { label: "Job title" }),
        phone("phone_number", { label: "Phone (optional)", required: true }),
      ),
      COMPANY,
    ]);

    expect(kindsOf(BEFORE, after)).toEqual(["asked-again", "required"]);
  });

  test("that a stage is shown under another condition", () => {
    const after = withCondition(BEFORE, {
      operator: "OR",
      operands: [
        { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.job_title}}"] },
        { operator: "EQ", operands: ["{{context.user.user_metadata.job_title}}", "unknown"] },
      ],
    });

    expect(findingsOf(BEFORE, after)).toContain(
      "condition: Stage `Missing Profile Data` is shown while `job_title` has no value or `job_title` is `unknown`; before: while `job_title` has no value.",
    );
    expect(loginsOf(BEFORE, after)[0]).toContain("2. depends on whether `job_title` is `unknown`");
  });

  test("nothing anew of what was wrong before", () => {
    const wrong = profilingOf([PROFILE, COMPANY], { metadataKeys: ["job_title"] });
    const reworded = profilingOf([stageOf(PROFILE, ...PROFILE.components.slice(1, 3)), COMPANY], {
      metadataKeys: ["job_title"],
    });

    expect(findingsOf(wrong, reworded)).toEqual([]);
  });

  test("what can not be told before the apply", () => {
    const after = withDocument(BEFORE, { nodes: undefined });

    expect(findingsOf(undefined, after)).toEqual([
      "unknown: The nodes of the form `Progressive Profiling` are known only after the apply, and the synthesised configuration was not given: who is asked what can not be told.",
    ]);
    expect(sectionsOf(undefined, after)).toEqual(["The form"]);
  });
});

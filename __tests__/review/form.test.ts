import { dropdown, nextButton, phone, raw, richText, text } from "../../lib";
import { articleStages, Stage } from "../../lib/form/stage";
import type { FindingKind } from "../../review/finding";
import { reviewForm } from "../../review/form/form-review";
import { newQuestions } from "../../review/form/questions";
import { withRemadeForms } from "../../review/form/remade-forms";
import type { Profiling, ProfilingChange } from "../../review/profiling";
import {
  changeOf,
  findingsOf as findings,
  profilingOf,
  sectionsOf as sections,
  withDocument,
} from "../support/reviewed-form";

const [PROFILE, COMPANY] = articleStages() as [Stage, Stage];
const BEFORE = profilingOf([PROFILE, COMPANY]);
const TEAM = Stage.untilAnswered("team", {
  alias: "Missing team",
  components: [text("team", { label: "Team", required: true }), nextButton()],
});

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
      "condition: Stage `Missing Profile Data` is shown while `job_title` has no value or `job_title` is `unknown`; before: `job_title` has no value.",
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

describe("The table of a stage", () => {
  test("tells of each field what it is, when the stage is new", () => {
    expect(bodyOf("+ Stage `Missing Profile Data` added", undefined, BEFORE)).toBe(
      [
        "|  | field | what it is |",
        "| --- | --- | --- |",
        "| + | `job_title_rich_text` | `RICH_TEXT`<br>`Tell us about your work⏎Two questions, and you are in.` |",
        "| + | `Job title`<br>`job_title` | `TEXT`, **required**<br>writes `job_title` |",
        "| + | `Phone (optional)`<br>`phone_number` | `TEL`, optional<br>writes `phone_number` |",
        "| + | `job_title_next_button` | `NEXT_BUTTON`<br>`Continue` |",
        "",
        "Shown while `job_title` has no value.",
      ].join("\n"),
    );
  });

  test("tells of each change before and after, in words", () => {
    const after = profilingOf([
      stageOf(
        PROFILE,
        richText("<h2>Tell us about your <b>work</b></h2><p>Three questions, and you are in.</p>", {
          id: "job_title_rich_text",
        }),
        text("job_title", {
          label: "Your job",
          hint: "As on your card",
          required: true,
          maxLength: 60,
          sensitive: true,
        }),
        text("phone_number", { label: "Phone (optional)" }),
      ),
      COMPANY,
    ]);

    expect(bodyOf("~ Stage `Missing Profile Data` changed", BEFORE, after).split("\n").slice(2)).toEqual([
      "| ~ | `job_title_rich_text` | text: `Tell us about your work⏎Two questions, and you are in.` → `Tell us about your work⏎Three questions, and you are in.` |",
      "| ~ | `Your job`<br>`job_title` | label: `Job title` → `Your job`<br>hint: `As on your card`<br>masked in Auth0's executions now<br>most characters: `60` |",
      "| ~ | `Phone (optional)`<br>`phone_number` | `TEL` → `TEXT`<br>no country picker any more (`yes`)<br>several lines: `no` |",
    ]);
  });

  test("says where only the markup of a text changes", () => {
    const after = profilingOf([
      stageOf(
        PROFILE,
        richText("<h3>Tell us about your work</h3><p>Two <em>questions</em>, and you are in.</p>", {
          id: "job_title_rich_text",
        }),
        ...PROFILE.components.slice(1, 3),
      ),
      COMPANY,
    ]);

    expect(bodyOf("~ Stage `Missing Profile Data` changed", BEFORE, after)).toContain(
      "| ~ | `job_title_rich_text` | only the markup of the text: `<h2>Tell us about your work</h2><p>Two questions, and you are in.</p>` → `<h3>Tell us about your work</h3><p>Two <em>questions</em>, and you are in.</p>` |",
    );
  });

  test("shows of a long text the part that differs", () => {
    const long = (end: string) =>
      profilingOf([
        stageOf(
          PROFILE,
          richText(`<p>${"word ".repeat(200)}${end}</p>`, { id: "long" }),
          ...PROFILE.components.slice(1, 3),
        ),
      ]);

    expect(bodyOf("~ Stage `Missing Profile Data` changed", long("old ending"), long("new ending"))).toContain(
      "| ~ | `long` | text: `…word word word word old ending` → `…word word word word new ending` |",
    );
  });

  test("names a setting that may hold a credential, and never shows it", () => {
    const withMap = (key: string) =>
      profilingOf([
        stageOf(
          PROFILE,
          ...PROFILE.components.slice(0, 3),
          raw({ id: "place", category: "WIDGET", type: "GMAPS_ADDRESS", label: "Place", config: { api_key: key } }),
        ),
      ]);
    const shown = JSON.stringify(sections(changeOf(withMap("AIza-planted-one"), withMap("AIza-planted-two"))));

    expect(shown).not.toContain("planted");
    expect(shown).toContain("`api_key` changed");
  });

  test("is left out where only its name in the dashboard changes", () => {
    const renamed = Stage.untilAnswered("job_title", { alias: "Your work", components: PROFILE.components });
    const after = profilingOf([renamed, COMPANY]);

    expect(bodyOf("Rest of the form", BEFORE, after).split("\n")).toEqual([
      "- step `step_job_title`: called `Missing Profile Data` → `Your work` in the dashboard",
      "- router `Check missing data`: rules are called otherwise in the dashboard",
    ]);
    expect(reviewForm(changeOf(BEFORE, after)).changedSteps).toEqual([]);
  });
});

describe("The rest of the form", () => {
  test("is named where it changes", () => {
    const after = profilingOf([PROFILE, COMPANY], {
      form: {
        name: "Your profile",
        languages: { primary: "en", default: "ja" },
        style: { css: "h2 { color: red }" },
        translations: { ja: { components: { job_title: { label: "役職" } } } },
        messages: { custom: { hello: "Hello" } },
        start: { next_node: "router", hidden_fields: [{ key: "state" }] },
      },
    });

    expect(bodyOf("Rest of the form", BEFORE, after).split("\n")).toEqual([
      "- name: `Progressive Profiling` → `Your profile`",
      "- default language: `ja`",
      "- hidden field `state` added",
      "- translation `ja` added",
      "- message `hello`: `Hello`",
      "- style: the CSS changes",
    ]);
  });

  test("is one quiet line where nodes only stand elsewhere", () => {
    const nodes = (BEFORE.form.nodes as { coordinates: object }[]).map((node) => ({
      ...node,
      coordinates: { x: 1, y: 2 },
    }));

    const after = withDocument(BEFORE, { nodes });

    expect(bodyOf("Rest of the form", BEFORE, after)).toBe("- 4 nodes stand elsewhere in the dashboard's editor");
  });

  test("says loudly that the ending does not go on with the login any more", () => {
    const after = withDocument(BEFORE, { ending: {} });

    expect(bodyOf("Rest of the form", BEFORE, after)).toBe("- **ending: the login does not go on any more**");
    expect(findingsOf(BEFORE, after)).toContain(
      "stuck: Nobody gets past the form: the ending of the form does not resume the login.",
    );
  });
});

test("The same change is always the same review", () => {
  const change = changeOf(BEFORE, profilingOf([TEAM, COMPANY]));

  const said = (one: ProfilingChange) => JSON.stringify([findings(one), sections(one)]);
  expect(said(change)).toBe(said(structuredClone(change)));
});

function findingsOf(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  return findings(changeOf(before, after));
}

function kindsOf(before: Profiling | undefined, after: Profiling | undefined): readonly FindingKind[] {
  return reviewForm(changeOf(before, after)).findings.map(({ kind }) => kind);
}

function sectionsOf(before: Profiling | undefined, after: Profiling | undefined): readonly (string | undefined)[] {
  return sections(changeOf(before, after)).map(({ heading }) => heading);
}

function bodyOf(heading: string, before: Profiling | undefined, after: Profiling | undefined): string {
  const all = sections(changeOf(before, after));
  const found = all.find((section) => section.heading === heading);
  if (found === undefined) {
    throw new Error(`no ${heading}, only ${all.map((section) => section.heading).join(", ")}`);
  }
  return found.body;
}

/** The rows of the table, without its head. */
function loginsOf(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  const lines = bodyOf("Who is asked what, login by login", before, after).split("\n");
  return lines.filter((line) => line.startsWith("|")).slice(2);
}

function without({ id, alias, metadataKey, components }: Stage, field: string): Stage {
  return Stage.untilAnswered(metadataKey ?? "", {
    id,
    alias,
    components: components.filter((part) => part.id !== field),
  });
}

/** The stage with other components above its button. */
function stageOf(
  { id, alias, metadataKey, components }: Stage,
  ...others: Stage["components"][number][] | object[]
): Stage {
  return Stage.untilAnswered(metadataKey ?? "", {
    id,
    alias,
    components: [
      ...components.filter(
        ({ type }) => type === "RICH_TEXT" && !others.some((part) => "type" in part && part.type === "RICH_TEXT"),
      ),
      ...(others as Stage["components"]),
      ...components.filter(({ type }) => type === "NEXT_BUTTON"),
    ],
  });
}

function writtenBy(profiling: Profiling): Record<string, unknown> {
  const [action] = [...profiling.flows.values()].flatMap(({ actions }) => actions) as [
    { params: { changes: { user_metadata: Record<string, unknown> } } },
  ];
  return action.params.changes.user_metadata;
}

function writing(profiling: Profiling, metadata: Record<string, unknown>): Profiling {
  const flows = [...profiling.flows].map(([id, flow]) => {
    const [action] = flow.actions as [{ params: object }];
    const kept = JSON.parse(JSON.stringify(metadata)) as object;
    const actions = [{ ...action, params: { ...action.params, changes: { user_metadata: kept } } }];
    return [id, { ...flow, actions }] as const;
  });
  return { ...profiling, flows: new Map(flows) };
}

/** Of the first rule. */
function withCondition(profiling: Profiling, condition: object): Profiling {
  const [router, ...others] = profiling.form.nodes as [{ config: { rules: object[] } }, ...object[]];
  const [rule, ...rules] = router.config.rules;
  const changed = { ...router, config: { ...router.config, rules: [{ ...rule, condition }, ...rules] } };
  return withDocument(profiling, { nodes: [changed, ...others] });
}

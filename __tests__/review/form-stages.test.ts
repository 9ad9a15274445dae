import { raw, richText, text } from "../../lib";
import { Stage } from "../../lib/form/stage";
import { reviewForm } from "../../review/form/form-review";
import type { ProfilingChange } from "../../review/profiling";
import {
  changeOf,
  findingsOf as findings,
  profilingOf,
  sectionsOf as sections,
  withDocument,
} from "../support/reviewed-form";
import { BEFORE, bodyOf, COMPANY, findingsOf, PROFILE, stageOf, TEAM } from "../support/reviewed-stages";

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

  test("tells of its name in the dashboard where more than that changes, and of one that stays nowhere", () => {
    const components = [text("job_title", { label: "Your job", required: true }), ...PROFILE.components.slice(2)];
    const changed = (alias: string) => profilingOf([Stage.untilAnswered("job_title", { alias, components }), COMPANY]);
    const [renamed, same] = [changed("Your work"), changed(PROFILE.alias)];

    expect(bodyOf("~ Stage `Your work` changed", BEFORE, renamed)).toMatch(
      /\n\nCalled `Missing Profile Data` → `Your work` in the dashboard\.$/,
    );
    expect(reviewForm(changeOf(BEFORE, renamed)).settings).toEqual([
      { what: "rules-called", node: { type: "ROUTER", alias: "Check missing data" } },
    ]);
    expect(reviewForm(changeOf(BEFORE, same)).settings).toEqual([]);
    expect(reviewForm(changeOf(BEFORE, same)).stages.map(({ notes }) => notes)).toEqual([[]]);
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

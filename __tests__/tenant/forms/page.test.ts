import type { FormComponent } from "auth0-forms";
import { formAsset } from "../../../tenant/forms/assets";
import { renderEnding } from "../../../tenant/forms/ending-page";
import { previewJourney } from "../../../tenant/forms/entrances";
import { formStylesheet } from "../../../tenant/forms/form-stylesheet";
import type { Journey } from "../../../tenant/forms/journey";
import { CONTENT_SECURITY_POLICY } from "../../../tenant/forms/layout";
import { block, CONTEXT, field, formOf, NOW, OPTIONS, rendered } from "../../support/rendered-step";

const JUMP = { next_node: "$ending", text: "Skip" };
const EVERY_COMPONENT: readonly FormComponent[] = [
  block("RICH_TEXT", { content: "<h2>Hello</h2>" }, "b1"),
  block("HTML", { content: "<table><tr><td>1</td></tr></table>" }, "b2"),
  block("IMAGE", { src: "https://example.com/logo.png", position: "CENTER", height: 40 }, "b3"),
  block("DIVIDER", {}, "b4"),
  block("JUMP_BUTTON", { ...JUMP, style: { background_color: "#fc0" } }, "b5"),
  block("PREVIOUS_BUTTON", { text: "Back" }, "b6"),
  block(
    "RESEND_BUTTON",
    { active_text: "No code?", button_text: "Again", waiting_text: "{{remaining_seconds}} s", flow_id: "af_1" },
    "b7",
  ),
  block("NEXT_BUTTON", { text: "Continue" }, "b8"),
  ...[
    "TEXT",
    "EMAIL",
    "URL",
    "NUMBER",
    "DATE",
    "BOOLEAN",
    "CHOICE",
    "CARDS",
    "DROPDOWN",
    "LEGAL",
    "PASSWORD",
    "TEL",
  ].map((type, index) =>
    field(type, { id: `f${index}`, required: true, hint: "Hint", config: { options: OPTIONS, text: "I agree" } }),
  ),
  field("TEL", { id: "picker", config: { country_picker: true } }),
];

describe("a page", () => {
  const page = rendered(formOf(EVERY_COMPONENT));

  test("works under its Content-Security-Policy: nothing inline, nothing from elsewhere but pictures", () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*/);
    expect(page).not.toMatch(/ (style|on[a-z]+)=/);
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/form.js" defer>']);
    expect(page.match(/<link[^>]*>/g)).toEqual([
      '<link rel="icon" href="data:,">',
      '<link rel="stylesheet" href="/assets/form.css">',
      '<link rel="stylesheet" href="/style/ap_1.css">',
    ]);
    expect(page).not.toContain("<style");
  });

  test("loads files that are there, and that load no others", () => {
    expect(formAsset("form.css")).toMatchObject({ contentType: "text/css; charset=utf-8" });
    expect(formAsset("form.js")).toMatchObject({ contentType: "text/javascript; charset=utf-8" });
    expect(formAsset("form.css")?.body).not.toMatch(/url\(|@import/);
    expect(formAsset("../page.ts")).toBeUndefined();
  });

  test("gives every input a label, a place for its error and its hint", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/ for="([^"]+)"/g)) {
      expect(ids).toContain(target);
    }
    for (const [, list] of page.matchAll(/ aria-describedby="([^"]+)"/g)) {
      for (const id of list?.split(" ") ?? []) {
        expect(ids).toContain(id);
      }
    }
    for (const { id, category } of EVERY_COMPONENT) {
      expect(page).toContain(`af-componentId-${id}`);
      if (category === "FIELD") {
        expect(page).toContain(`name="field.${id}"`);
      }
    }
  });

  test("posts to where it is told, with what it is told", () => {
    expect(page).toContain('method="post" action="/u/custom-prompt/ap_1?state=a&amp;b" novalidate');
    expect(page).toContain('<input type="hidden" name="state" value="s&lt;1&gt;">');
  });

  test("has the CSS hooks of Auth0's forms", () => {
    const hooks = [
      "custom-form-container",
      "component",
      "field",
      "field-label",
      "fieldLabel-text",
      "stringField-input",
    ];
    const more = ["passwordField-input", "choiceField-option", "choiceFieldOption-radio", "button", "nextButton"];
    for (const hook of [...hooks, ...more]) {
      expect(page).toMatch(new RegExp(`class="([^"]* )?af-${hook}[ "]`));
    }
  });

  test("has one first heading: that of the form's texts, else the form's name", () => {
    const heading = '<h1 class="af-visuallyHidden">Profile</h1>';

    expect(page).toContain(heading);
    expect(rendered(formOf([block("RICH_TEXT", { content: "<h1>Hello</h1>" })]))).not.toContain(heading);
  });

  test("goes on when Enter is pressed, though a button that skips stands first", () => {
    const [first] = page.match(/<button[^>]*>/g) ?? [];

    expect(first).toMatch(/name="action" value="next" .*aria-hidden="true"/);
    expect(rendered(formOf([block("NEXT_BUTTON", { text: "Go" }), block("JUMP_BUTTON", JUMP, "skip")]))).not.toContain(
      "aria-hidden",
    );
  });
});

describe("what is given by people", () => {
  test("is text wherever it stands", () => {
    const written = "{{context.user.name}}";
    const page = rendered(
      formOf([
        block("RICH_TEXT", { content: `<p title='${written}'>${written}</p>` }, "b1"),
        field("TEXT", {
          id: "f1",
          label: written,
          hint: written,
          config: { placeholder: written, default_value: written },
        }),
        field("TEXT", { id: "f2", config: { multiline: true, default_value: `</textarea>${written}` } }),
        field("DROPDOWN", { id: "f3", config: { options: [{ value: written, label: written }] } }),
        field("LEGAL", { id: "f4", config: { text: written } }),
        block("NEXT_BUTTON", { text: written }, "b2"),
      ]),
      { error: { said: { text: CONTEXT.user.name }, cause: CONTEXT.user.name } },
    );

    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
    // A quotation mark may stand in a text, never in an attribute.
    expect(page).not.toContain('="Ana "');
  });

  test.each([
    ["<script>alert(1)</script>", ""],
    ['<img src="x" onerror="alert(1)">', '<img src="x" />'],
    ['<a href="javascript:alert(1)">a</a>', '<a target="_blank" rel="noopener noreferrer">a</a>'],
    [
      '<a href="https://example.com">a</a>',
      '<a href="https://example.com" target="_blank" rel="noopener noreferrer">a</a>',
    ],
    ['<iframe src="https://example.com"></iframe>', ""],
    ['<form action="/x"><input name="field.a"><button>b</button></form>', "b"],
    ["<style>p{color:red}</style><p>a</p>", "<p>a</p>"],
    ['<p style="text-align:center;position:fixed">a</p>', '<p class="af-align-center">a</p>'],
    ["<div><p>never closed", "<div><p>never closed</p></div>"],
    ["</div></form></main>", ""],
    ['<meta http-equiv="refresh" content="0;url=https://example.com">', ""],
  ])("HTML keeps only what formats: %s", (content, expected) => {
    const richText = rendered(formOf([block("RICH_TEXT", { content })]));

    expect(richText).toContain(`<div class="af-richText">${expected}</div></div>`);
  });

  test("is text in HTML too, where the form's own tags are tags", () => {
    const form = formOf([block("RICH_TEXT", { content: "<p>{{fields.answer}}</p>" })]);

    expect(rendered(form, { fields: { answer: "<b>Ana</b>" } })).toContain("<p>&lt;b&gt;Ana&lt;/b&gt;</p>");
  });

  test("expressions in HTML may be written with entities", () => {
    const form = formOf([block("RICH_TEXT", { content: "<p>{{t(&#39;hi&#39;)&nbsp;??&nbsp;&quot;&quot;}}</p>" })], {
      messages: { custom: { hi: "Hi & bye" } },
    });

    expect(rendered(form)).toContain("<p>Hi &amp; bye</p>");
  });
});

describe("a field shows", () => {
  const text = field("TEXT", { config: { default_value: "{{context.user.user_id}}" } });

  test.each<[string, Partial<Journey>, string]>([
    ["its default value", {}, "auth0|1"],
    ["what was answered or filled in", { fields: { answer: "CTO" } }, "CTO"],
    ["what was typed last", { fields: { answer: "CTO" }, entered: { answer: { "": ["half"] } } }, "half"],
    ["nothing where that was emptied", { fields: { answer: "CTO" }, entered: { answer: { "": [""] } } }, ""],
  ])("%s", (_, journey, value) => {
    expect(rendered(formOf([text]), journey)).toContain(`<input type="text" value="${value}" id="af-answer"`);
  });

  test("a line break at the start of its text", () => {
    const page = rendered(formOf([field("TEXT", { config: { multiline: true } })]), { fields: { answer: "\nA" } });

    expect(page).toMatch(/<textarea[^>]*>\n\nA<\/textarea>/);
  });

  test("never a password", () => {
    const page = rendered(formOf([field("PASSWORD", { config: {} })]), { fields: { answer: "hunter2" } });

    expect(page).not.toContain("hunter2");
  });

  test("the boxes that were unticked as such", () => {
    const choice = field("CHOICE", { config: { multiple: true, options: OPTIONS, default_value: ["s"] } });

    expect(rendered(formOf([choice]))).toMatch(/value="s"[^>]* checked/);
    expect(rendered(formOf([choice]), { entered: { answer: {} } })).not.toContain(" checked");
  });

  test("the country of its number, else that of the browser's language", () => {
    const phone = field("TEL", { config: { country_picker: true } });
    const number = { international_number: "+447400123456" };

    expect(rendered(formOf([phone]), { fields: { answer: number } })).toContain('<option value="GB" selected');
    expect(rendered(formOf([phone]), { locales: ["ja"] })).toContain('<option value="JP" selected');
    expect(rendered(formOf([phone]))).toContain('<option value="US" selected');
  });
});

test.each(["constructor", "toString", "valueOf", "hasOwnProperty"])("a component may be called %s", (id) => {
  const resend = { active_text: "No code?", button_text: "Again", waiting_text: "Wait", flow_id: "af_1" };
  const answer = field("TEXT", { id });
  const error = { said: { key: "ERR_INVALID_INPUT" }, problems: {} } as const;
  const page = rendered(formOf([answer]), { error });

  expect(page).toContain(`value="" id="af-${id}"`);
  expect(rendered(formOf([answer]), { fields: { [id]: "CTO" } })).toContain(`value="CTO" id="af-${id}"`);
  expect(page).not.toContain("af-field-invalid");
  expect(page).not.toContain("<li>");
  expect(rendered(formOf([block("RESEND_BUTTON", { ...resend, waiting_time: 30 }, id)]))).toContain(
    'data-remaining="0"',
  );
});

describe("a wrong answer", () => {
  const form = formOf([field("TEXT", { required: true, hint: "In short", config: { min_length: 3 } })]);
  const tooShort = { key: "ERR_TOO_SHORT_STRING", details: { minLength: 3 } } as const;
  const page = rendered(form, { error: { said: { key: "ERR_INVALID_INPUT" }, problems: { answer: tooShort } } });
  const message = "Please enter at least 3 characters.";

  test("is told of above the fields, with a link to the field, and in the title", () => {
    expect(page).toContain("<title>Error: Profile</title>");
    expect(page).toContain(`<li><a href="#af-answer">Answer: ${message}</a></li>`);
    expect(page).toMatch(/id="af-error" class="af-scenarioMessage af-scenarioMessage-error" role="alert"/);
  });

  test("is told of at the field, by the words that the page's script says too", () => {
    expect(page).toMatch(/class="af-component af-componentId-answer af-field af-textField af-field-invalid"/);
    expect(page).toMatch(
      /<input type="text"[^>]* aria-invalid="true" aria-describedby="af-answer-hint af-answer-error"/,
    );
    expect(page).toContain(`<p id="af-answer-error" class="af-field-error">${message}</p>`);
    const checks = /data-checks="([^"]*)"/.exec(page)?.[1]?.replaceAll("&quot;", '"') ?? "";
    expect(JSON.parse(checks)).toEqual([
      { kind: "required", message: "Please fill in this field." },
      { kind: "min_length", limit: 3, message },
    ]);
  });
});

test("a failed flow is told of with its cause and where to look", () => {
  const page = rendered(formOf([field("TEXT")]), {
    error: { said: { key: "ERR_GENERIC_ERROR" }, cause: "403", execution: { flowId: "af_1", id: "e1" } },
  });

  expect(page).toContain("Something went wrong, and your answers are not saved yet.");
  expect(page).toContain('Shown by the local tenant only: 403 (<a href="/_tenant/flows/af_1/e1">the execution</a>)');
});

test.each([
  ["FIELD", "PAYMENT"],
  ["FIELD", "FILE"],
  ["FIELD", "SOCIAL"],
  ["WIDGET", "RECAPTCHA"],
] as const)("a %s of type %s has a box in its place", (category, type) => {
  // Its config is no place for expressions.
  const page = rendered(formOf([field(type, { category, required: true, config: { secret_key: "{{ a b }}" } })]));

  expect(page).toContain(`Answer in place of ${type} &quot;Answer&quot;, which the local tenant does not have`);
  expect(page).toContain('name="field.answer"');
  expect(page).not.toContain("a b");
});

test("a button that sends again waits, is there, or is used up", () => {
  const config = {
    active_text: "No code?",
    button_text: "Again",
    waiting_text: "Wait {{remaining_seconds}} s",
    flow_id: "af_1",
    waiting_time: 30,
    max_attempts: 2,
  };
  const form = formOf([block("RESEND_BUTTON", config)]);

  expect(rendered(form)).toMatch(/waiting" hidden>.*active">No code\?/s);
  expect(rendered(form, { resends: { block: { count: 1, at: NOW } } })).toMatch(
    /waiting">Wait 30 s<.*active" hidden>/s,
  );
  expect(rendered(form, { resends: { block: { count: 2, at: NOW } } })).not.toContain("Again");
});

test("the stylesheet of a form has its own rules behind the colours of its buttons", () => {
  const jump = (id: string, colour: string) =>
    block("JUMP_BUTTON", { ...JUMP, style: { background_color: colour } }, id);
  const form = formOf([jump("light", "#fc0"), jump("dark", "#112233")], { style: { css: "h2 { color: teal }" } });

  expect(formStylesheet(form).split("\n")).toEqual([
    ".af-componentId-light .af-jumpButton { background: #fc0; color: #000; }",
    ".af-componentId-dark .af-jumpButton { background: #112233; color: #fff; }",
    "h2 { color: teal }",
  ]);
});

describe("the page of an ending that does not go on with the login", () => {
  const form = formOf([]);
  const ended = (redirection?: { target: string; delay: number }): Journey => ({
    ...previewJourney(form, "one"),
    position: { at: "ended", resumes: false, ...(redirection !== undefined && { redirection }) },
  });

  test("thanks", () => {
    expect(renderEnding({ form, journey: ended(), assets: "/assets" })).toContain(
      "Thank you. You can close this page now.",
    );
  });

  test("leads to another page after the seconds that it says, or at once by a link", () => {
    const page = renderEnding({
      form,
      journey: ended({ target: "https://example.com/?a=1&b", delay: 3 }),
      assets: "/assets",
    });

    expect(page).toContain('<meta http-equiv="refresh" content="3;url=https://example.com/?a=1&amp;b">');
    expect(page).toContain('<a href="https://example.com/?a=1&amp;b">You are being taken to example.com.</a>');
  });
});

test("a journey that stands on no step has no page", () => {
  const form = formOf([]);

  expect(() => rendered(form, { position: { at: "failed", message: "" } })).toThrow(
    "the journey stands on no step of form ap_1",
  );
});

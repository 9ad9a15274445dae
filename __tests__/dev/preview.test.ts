import { frameFile, framePath, isChanged } from "../../dev/preview/frames";
import { html } from "../../dev/preview/html";
import { previewPage } from "../../dev/preview/page";
import { NEW_PERSON } from "../../dev/preview/person";
import { type GoodState, NOTHING_YET, type ShownState, withGood, withProblems } from "../../dev/preview/shown-state";

/** A form of steps, each with a text that says its label. */
function good(labels: Readonly<Record<string, string>>): GoodState {
  const nodes = Object.entries(labels).map(([id, label]) => ({
    id,
    type: "STEP",
    alias: `Step ${id}`,
    config: { components: [{ id: `field_${id}`, category: "FIELD", type: "TEXT", label, config: {} }] },
  }));
  return { forms: [{ id: "ap_1", name: "About you", languages: { primary: "en" }, nodes }], flows: new Map() };
}

function shown(state: ShownState): string {
  return previewPage({
    state,
    view: { locale: "", scheme: "", size: "" },
    person: NEW_PERSON,
    metadata: undefined,
    typedProblem: undefined,
    isAnswered: false,
    tenantPages: "http://localhost:9444",
  });
}

const headings = (page: string) =>
  [...page.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, text = ""]) => text.replace(/<[^>]*>/g, ""));

test("what changed since the last good state is marked, and what did not is not", () => {
  const first = withGood(NOTHING_YET, good({ a: "Title", b: "Phone", c: "Team" }));
  const second = withGood(first, good({ a: "Position", b: "Phone", d: "Size" }));

  expect(headings(shown(first))).toEqual(["Step a en", "Step b en", "Step c en"]);
  expect(headings(shown(second))).toEqual(["Step a en changed", "Step b en", "Step c en removed", "Step d en new"]);
  expect(["a", "b"].map((step) => isChanged(second, "ap_1", step, "en"))).toEqual([true, false]);
});

test("a state that is good and the same keeps what was before it", () => {
  const second = withGood(withGood(NOTHING_YET, good({ a: "Title" })), good({ a: "Position" }));

  expect(withGood(second, good({ a: "Position" })).before).toEqual(good({ a: "Title" }));
});

test("a problem keeps the last good state, and the next good state takes it away", () => {
  const first = withGood(NOTHING_YET, good({ a: "Title" }));
  const broken = withProblems(first, [{ path: "demo", what: "<b> is wrong", remedy: "mend it", place: "main.ts:3" }]);
  const page = shown(broken);

  expect(page).toContain("What was saved last is not here: 1 problem. Below is the last good state.");
  expect(page).toContain('<code>demo</code>\n<p class="what">&lt;b&gt; is wrong</p>');
  expect(headings(page)).toEqual(["Step a en"]);
  expect(withGood(broken, good({ a: "Title" })).problems).toEqual([]);
  expect([first.version, broken.version]).toEqual([1, 2]);
});

test("what a parser draws keeps its columns", () => {
  const what = "Expected ','\n 22 | a b\n    :   ^";

  expect(shown(withProblems(NOTHING_YET, [{ path: "main.ts", what }]))).toContain(
    "<code>main.ts</code>\n<pre>Expected ','\n 22 | a b\n    :   ^</pre>",
  );
});

test("a form that is gone is said to be", () => {
  const state = withGood(withGood(NOTHING_YET, good({ a: "Title" })), { forms: [], flows: new Map() });

  expect(shown(state)).toContain("<h2>About you</h2><p>This form is gone.</p>");
});

test("a frame has the step in its scheme, whatever the browser prefers, as it was and as it is", () => {
  const state = withGood(withGood(NOTHING_YET, good({ a: "Title" })), good({ a: "Position" }));
  const frame = { form: "ap_1", step: "a", locale: "en", scheme: "dark", moment: "after" } as const;
  const path = framePath(state.version, frame);

  expect(frameFile(state, path, undefined)?.body).toContain("Position");
  expect(frameFile(state, framePath(1, { ...frame, moment: "before" }), undefined)?.body).toContain("Title");
  const style = (scheme: "light" | "dark") =>
    frameFile(state, `${framePath(1, { ...frame, scheme })}assets/form.css`, undefined)?.body ?? "";
  expect(style("dark")).toContain("@media all {");
  expect(style("light")).toContain("@media not all {");
  expect(style("light")).not.toContain("prefers-color-scheme");
  expect(frameFile(state, `${path}nothing`, undefined)).toBeUndefined();
});

test("a frame shows what the form says of somebody with this metadata", () => {
  const state = withGood(NOTHING_YET, good({ a: "You are {{context.user.user_metadata.title}}" }));
  const path = framePath(1, { form: "ap_1", step: "a", locale: "en", scheme: "light", moment: "after" });

  expect(frameFile(state, path, { title: "Engineer" })?.body).toContain("You are Engineer");
});

test("a step that can not be evaluated says why in its place", () => {
  const state = withGood(NOTHING_YET, good({ a: "{{ nothing( }}" }));
  const path = framePath(1, { form: "ap_1", step: "a", locale: "en", scheme: "light", moment: "after" });

  expect(frameFile(state, path, undefined)).toMatchObject({
    contentType: "text/plain; charset=utf-8",
    body: expect.stringMatching(/^This step can not be shown: /),
  });
});

test("texts in a template are shown as they are", () => {
  expect(String(html`<p title="${'"'}">${["<", html`<br>`]}${undefined}${1}</p>`)).toBe(
    '<p title="&quot;">&lt;<br>1</p>',
  );
});

import type { Profiling } from "../../review/profiling";
import { field, stepOf } from "../support/form-nodes";
import { formOf } from "../support/form-of-steps";
import { changeOf, findingsOf, type ProfilingOptions } from "../support/reviewed-form";

const A = stepOf("a", [field("a")]);
const ONE = formOf([A]);

function block(type: string, config: object): object {
  return { id: "it", category: "BLOCK", type, config };
}

function told(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  return findingsOf(changeOf(before, after));
}

describe("what the form makes browsers do", () => {
  const shows = (...components: readonly object[]) => formOf([stepOf("a", [field("a"), ...components])]);
  const html = (content: string) => shows(block("HTML", { content }));
  const custom = (config: object) => shows(field("it", { type: "CUSTOM", config }));
  const form = (own: ProfilingOptions["form"]) => formOf([A], { form: own });
  const hidden = (value: string) => formOf([A], { start: { hidden_fields: [{ key: "k", value }] } });

  test.each<[string, Profiling | undefined, Profiling, readonly string[]]>([
    ["nothing new", html('<a href="https://a.b/x">x</a>'), html('<a href="https://a.b/y">y</a>'), []],
    [
      "leads to another host",
      html('<a href="https://a.b">x</a>'),
      html('<a href="https://c.d">x</a>'),
      [
        "leads-away: The form leads people to another address, or loads from it: `c.d` (link in `it` of stage `a`); no longer `a.b`.",
      ],
    ],
    [
      "loads an image from another host",
      shows(block("IMAGE", { src: "https://a.b/c.png" })),
      shows(block("IMAGE", { src: "https://c.d/c.png" })),
      [
        "leads-away: The form leads people to another address, or loads from it: `c.d` (image in `it` of stage `a`); no longer `a.b`.",
      ],
    ],
    [
      "uses a known host for something dangerous",
      html('<a href="https://a.b">x</a>'),
      html('<a href="https://a.b">x</a><form action="https://a.b/x"></form>'),
      [
        "leads-away: The form leads people to another address, or loads from it: `a.b` (where a form is sent to in `it` of stage `a`).",
      ],
    ],
    [
      "uses it for nothing more",
      html('<form action="https://a.b/x"></form>'),
      html('<form action="https://a.b/y"></form><a href="https://a.b">x</a>'),
      [],
    ],
    [
      "leads elsewhere by a label, a hint, messages, hidden values and translations",
      ONE,
      formOf(
        [stepOf("a", [field("a", { label: '<a href="https://l.l">A</a>', hint: '<a href="https://h.h">H</a>' })])],
        {
          start: { hidden_fields: [{ key: "k", value: "https://v.v" }] },
          form: {
            messages: { custom: { m: '<a href="https://m.m">M</a>' } },
            translations: { de: { components: { a: { label: '<a href="https://t.t">T</a>' } }, x: "https://x.x" } },
          },
        },
      ),
      [
        "leads-away: The form leads people to another address, or loads from it: `l.l` (link in `a` of stage `a`); `h.h` (link in `a` of stage `a`); `t.t` (link in the translation `de` of `a`); `x.x` (address in the translation `de`); `m.m` (link in its messages); `v.v` (address in its hidden fields).",
        'translation: People read other texts in other languages: `label` nothing → `<a href="https://t.t">T</a>` in the translation `de` of `a`; `x` nothing → `https://x.x` in the translation `de`.',
        "hidden-data: What goes with the form unseen is another: `k` nothing → `https://v.v` in its hidden fields.",
      ],
    ],
    [
      "runs other code",
      custom({ code: "one()" }),
      custom({ code: "two()" }),
      [
        "runs-code: The form runs other code in people's browsers than before: `two()` in `it` of stage `a`. It can read what they enter, and send it anywhere.",
      ],
    ],
    [
      "runs code by its texts",
      html("<b>x</b>"),
      html('<b onclick="go()">x</b>'),
      [
        `runs-code: The form runs other code in people's browsers than before: \`<b onclick="go()">\` in \`it\` of stage \`a\`. It can read what they enter, and send it anywhere.`,
      ],
    ],
    [
      "has other CSS of a component, and of the form",
      form({ style: { css: "a {}" } }),
      form({ style: { css: "b {}" } }),
      [
        "style: The CSS changes, which can hide, move or cover what people see: `a {}` → `b {}` in the CSS of the form.",
      ],
    ],
    [
      "has CSS no more",
      custom({ code: "x", css: "a {}" }),
      custom({ code: "x" }),
      ["style: The CSS changes, which can hide, move or cover what people see: `a {}` → nothing in `it` of stage `a`."],
    ],
    [
      "has CSS now, by its texts",
      html("<b>x</b>"),
      html("<style>b {}</style><b>x</b>"),
      ["style: The CSS changes, which can hide, move or cover what people see: nothing → `b {}` in `it` of stage `a`."],
    ],
    [
      "is read in another language",
      form({ languages: { primary: "en" } }),
      form({ languages: { primary: "de" } }),
      ["translation: People read other texts in other languages: primary language `en` → `de`."],
    ],
    [
      "is translated otherwise",
      form({ translations: { de: { components: { a: { label: "A" } } }, fr: {} } }),
      form({ translations: { de: { components: { a: { label: "B" } } }, fr: {} } }),
      ["translation: People read other texts in other languages: `label` `A` → `B` in the translation `de` of `a`."],
    ],
    [
      "sends other hidden values",
      hidden("1"),
      hidden("2"),
      ['hidden-data: What goes with the form unseen is another: `k` `"1"` → `"2"` in its hidden fields.'],
    ],
    [
      "hands other parameters to code",
      custom({ code: "x", params: { p: "1" } }),
      custom({ code: "x", params: { p: "2" } }),
      ['hidden-data: What goes with the form unseen is another: `p` `"1"` → `"2"` in `it` of stage `a`.'],
    ],
  ])("%s", (_, before, after, findings) => {
    const known = told(before, after).filter((one) => !/^(?:not-written|required|meaning|erases)/.test(one));
    expect(known).toEqual(findings);
  });

  test("all that a new form does, but nothing that only changes", () => {
    const after = formOf(
      [stepOf("a", [field("a"), block("HTML", { content: '<a href="https://a.b">x</a><b onclick="go()">' })])],
      {
        form: { style: { css: "a {}" }, translations: { de: {} } },
      },
    );

    expect(told(undefined, after).filter((one) => !one.startsWith("asked"))).toEqual([
      "leads-away: The form leads people to another address, or loads from it: `a.b` (link in `it` of stage `a`).",
      `runs-code: The form runs code in people's browsers: \`<b onclick="go()">\` in \`it\` of stage \`a\`. It can read what they enter, and send it anywhere.`,
    ]);
  });
});

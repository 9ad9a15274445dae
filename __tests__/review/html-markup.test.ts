import { type Contact, contactsIn, markupIn, type Use } from "../../review/html-markup";
import { processorTime } from "../support/processor-time";

const EVIL = "evil.example";

/** What a browser would lead to or load from, however it is written. */
test.each<[string, string, Use]>([
  ["a link", '<a href="https://evil.example/x">x</a>', "link"],
  ["a link without quotes", "<a href=https://evil.example/x>x</a>", "link"],
  ["a link in single quotes", "<a href='https://evil.example/x'>x</a>", "link"],
  ["a link in capitals", "<A HREF=HTTPS://EVIL.EXAMPLE/X>x</A>", "link"],
  ["a link without a scheme", "<a href=//evil.example>x</a>", "link"],
  ["a link with backslashes", String.raw`<a href="\\evil.example\x">x</a>`, "link"],
  ["a link with a slash too many", '<a href="https:///evil.example">x</a>', "link"],
  ["a link with white space in it", '<a href=" ht\ntps://ev\til.example">x</a>', "link"],
  ["a link after a slash", "<a/href=https://evil.example>x</a>", "link"],
  ["a link behind other attributes", "<a title='>' x=\"<\" href=//evil.example>x</a>", "link"],
  ["a link whose tag does not end", '<p>x<a href="https://evil.example/', "address"],
  ["a link with entities", '<a href="&#104;ttps&colon;&sol;&sol;evil&period;example">x</a>', "link"],
  ["a link with entities that do not end", '<a href="&#104ttps://&#x65vil.example">x</a>', "link"],
  ["a link with entities of white space", '<a href="ht&Tab;tps:&NewLine;//evil.example">x</a>', "link"],
  ["a link with a user who looks like a host", '<a href="https://example.com@evil.example/">x</a>', "link"],
  ["an area of a map", '<map><area href="//evil.example"></map>', "link"],
  ["a link in an SVG", '<svg><a xlink:href="//evil.example"><text>x</text></a></svg>', "link"],
  ["an image", "<img src=//evil.example/a.png>", "image"],
  ["an image that browsers still know", "<image src=//evil.example/a.png>", "image"],
  ["an image of a set", '<img srcset="a.png 1x, //evil.example/b.png 2x">', "image"],
  ["an image of a picture", '<picture><source srcset="//evil.example/b.png"></picture>', "image"],
  ["an image of an SVG", '<svg><image href="//evil.example/a.png"></svg>', "image"],
  ["an image of an SVG in the old way", '<svg><image xlink:href="//evil.example/a.png"></svg>', "image"],
  ["an image of a filter", '<svg><filter><feImage href="//evil.example/a.png"></filter></svg>', "image"],
  ["an image of a button", "<input type=image src=//evil.example/a.png>", "image"],
  ["the poster of a video", "<video poster=//evil.example/a.png></video>", "image"],
  ["a background in the old way", "<table background=//evil.example/a.png></table>", "image"],
  ["an image in a table without one", "<tr><td><img src=//evil.example/a.png>", "image"],
  ["an image behind a column", "<col><img src=//evil.example/a.png>", "image"],
  ["an image in a choice", "<select><img src=//evil.example/a.png></select>", "image"],
  ["an image in a template", "<template><img src=//evil.example/a.png></template>", "image"],
  ["an image where scripts do not run", "<noscript><img src=//evil.example/a.png></noscript>", "image"],
  ["an image in a frame's own page", '<iframe srcdoc="&lt;img src=//evil.example/a.png&gt;"></iframe>', "image"],
  ["the background of a page", "<body background=//evil.example/a.png>", "image"],
  ["a form", "<form action=//evil.example></form>", "form"],
  ["a button of a form", "<button formaction=//evil.example>x</button>", "form"],
  ["a script", "<script src=//evil.example/x.js></script>", "script"],
  ["a script of an SVG", "<svg><script xlink:href=//evil.example/x.js /></svg>", "script"],
  ["a frame", "<iframe src=//evil.example></iframe>", "frame"],
  ["a frame of a page", "<frameset><frame src=//evil.example></frameset>", "frame"],
  ["an object", "<object data=//evil.example></object>", "frame"],
  ["what is embedded", "<embed src=//evil.example>", "frame"],
  ["the base of all addresses", "<base href=//evil.example>", "base"],
  ["a redirection", '<meta http-equiv="refresh" content="0; URL=//evil.example">', "redirection"],
  ["a redirection in quotes", `<meta http-equiv=Refresh content="3;url='https://evil.example/'">`, "redirection"],
  ["a redirection without a name", '<meta http-equiv=refresh content="0;//evil.example">', "redirection"],
  ["a style sheet", "<link rel=stylesheet href=//evil.example/x.css>", "address"],
  ["a connection that is made early", "<link rel=preconnect href=//evil.example>", "address"],
  ["who is told of a click", '<a href="/x" ping="/y //evil.example">x</a>', "address"],
  ["CSS of an element", '<p style="background:url(//evil.example/a.png)">x</p>', "address"],
  ["CSS with escapes", String.raw`<p style="background:url(\2f\2f evil.example/a.png)">x</p>`, "address"],
  ["CSS with one digit less", String.raw`<style>p{background:url("\2F/\65vil.example")}</style>`, "address"],
  ["CSS that breaks its lines", '<style>p{background:url("//evil.\\\nexample")}</style>', "address"],
  ["CSS that imports", '<style>@import "//evil.example/x.css";</style>', "address"],
  ["an attribute of an SVG", '<svg><rect fill="url(//evil.example/a.svg#x)"/></svg>', "address"],
  ["what a comment hides", "<!-- https://evil.example/ -->", "address"],
  ["an address that is only read", "Go to https://evil.example/ now", "address"],
])("%s is found", (_, html, use) => {
  expect(markupIn(html).contacts).toContainEqual({ use, host: EVIL });
});

test.each<[string, string, string]>([
  ["a letter", "mailto:me@evil.example?subject=x", "evil.example"],
  ["a letter with an escape", "mailto:me%40evil.example", "evil.example"],
  ["a call", "tel:+49900123", "tel:+49900123"],
  ["a message", "sms:+49900123", "sms:+49900123"],
  ["another program", "intent://evil.example/#Intent;end", "intent://evil.example"],
  ["a host in other letters", "https://еvil.example/", "xn--vil-qdd.example"],
])("a link that leads to %s is found", (_, href, host) => {
  expect(markupIn(`<a href="${href}">x</a>`).contacts).toEqual([{ use: "link", host }]);
});

test.each<[string, string, string]>([
  ["an expression is all of it", "{{fields.url}}", "{{fields.url}}"],
  ["an expression is the host", "https://{{ vars.host }}/x", "{{ vars.host }}"],
  ["an expression is a part of the host", "https://example.com{{vars.rest}}/x", "example.com{{vars.rest}}"],
  ["an expression may begin with a slash", "/{{vars.rest}}", "{{vars.rest}}"],
  ["Liquid writes the host", "//{% if vars.a %}evil{% endif %}.example", "{% if vars.a %}evil{% endif %}.example"],
  ["an expression has no end", "{{fields.url", "{{fields.url"],
  ["its port is its own", "https://example.com:8443/", "example.com:8443"],
  ["it is not encrypted", "http://example.com/", "http://example.com"],
  ["a secret stands in it", "https://‹redacted1›.example/", "‹redacted1›.example"],
])("a link where %s is a host of its own", (_, href, host) => {
  expect(markupIn(`<a href="${href}">x</a>`).contacts).toContainEqual({ use: "link", host });
});

test.each(["/privacy", "privacy/{{vars.page}}", "?page={{vars.page}}", "#{{vars.page}}"])(
  "%s leads nowhere else",
  (href) => {
    expect(markupIn(`<a href="${href}">x</a>`).contacts).toEqual([]);
  },
);

test("what an address takes along is told beside its host", () => {
  const address = "https://example.com/{{fields.a}}?mail={{context.user.email}}&again={{fields.a}}";

  expect(markupIn(`<img src="${address}">`).contacts).toEqual([
    { use: "image", host: "example.com" },
    { use: "image", host: "example.com/…{{fields.a}}{{context.user.email}}" },
  ]);
});

test.each<[string, string, string]>([
  ["a script", "<script>steal()</script>", "<script>steal()</script>"],
  ["a script that does not end", "<p>x<script>steal()", "<script>steal()</script>"],
  ["a script in capitals", "<SCRIPT type=module>steal()</SCRIPT >", '<script type="module">steal()</script>'],
  ["a script of an SVG", "<svg><script>steal()</script></svg>", "<script>steal()</script>"],
  ["a script in a template", "<template><script>steal()</script></template>", "<script>steal()</script>"],
  ["an event handler", '<p onclick="steal()">x</p>', '<p onclick="steal()">'],
  ["an event handler without quotes", "<img src=x onerror=steal()>", '<img onerror="steal()">'],
  ["an event handler after a slash", "<svg/onload=steal()>", '<svg onload="steal()">'],
  ["an event handler of a page", "<body onload=steal()>", '<body onload="steal()">'],
  ["an event handler in a choice", "<select><img src=x onerror=steal()>", '<img onerror="steal()">'],
  ["an event handler with entities", '<p onclick="&#115;teal&lpar;&rpar;">x</p>', '<p onclick="steal()">'],
  ["a link that is code", '<a href="javascript:steal()">x</a>', '<a href="javascript:steal()">'],
  ["a link that is code in capitals", "<a href=JavaScript:steal()>x</a>", '<a href="JavaScript:steal()">'],
  ["code behind entities", '<a href="&#106avascript&colon;steal()">x</a>', '<a href="javascript:steal()">'],
  ["code behind white space", '<a href=" java\nscript:steal()">x</a>', '<a href=" java\nscript:steal()">'],
  ["code behind control characters", '<a href="\u0001javascript:steal()">x</a>', '<a href="\u0001javascript:steal()">'],
  ["a form that is code", "<form action=javascript:steal()>", '<form action="javascript:steal()">'],
  ["a frame that is code", "<iframe src=javascript:steal()>", '<iframe src="javascript:steal()">'],
  ["a link of an SVG that is code", '<svg><a xlink:href="javascript:steal()">', '<a xlink:href="javascript:steal()">'],
  [
    "an animation that makes code of a link",
    '<svg><a><animate attributeName=href values="#;javascript:steal()">',
    '<animate values="#;javascript:steal()">',
  ],
  [
    "a redirection to code",
    '<meta http-equiv=refresh content="0;url=javascript:steal()">',
    '<meta content="0;url=javascript:steal()">',
  ],
  [
    "a page in a link",
    '<a href="data:text/html,<script>x</script>">x</a>',
    '<a href="data:text/html,<script>x</script>">',
  ],
  ["a drawing that may hold scripts", '<embed src="data:image/svg+xml,x">', '<embed src="data:image/svg+xml,x">'],
  ["a page in a frame", '<iframe srcdoc="<b>x</b>"></iframe>', '<iframe srcdoc="<b>x</b>">'],
])("%s is code", (_, html, code) => {
  expect(markupIn(html).code).toContain(code);
});

test.each<[string, string, readonly string[]]>([
  ["a style sheet", "<style>p { color: red }</style>", ["p { color: red }"]],
  ["a style sheet that does not end", "<style>p { color: red }", ["p { color: red }"]],
  ["a style sheet of an SVG", "<svg><style>p { color: red }</style></svg>", ["p { color: red }"]],
  ["the style of an element", "<p style=color:red>x</p>", ["color:red"]],
  ["a class", '<p class="hidden">x</p>', ["hidden"]],
  ["what is hidden", "<button hidden>x</button>", [""]],
])("%s is CSS", (_, html, css) => {
  expect(markupIn(html).css).toEqual(css);
});

test.each<[string, string]>([
  ["plain text", "1 < 2 and a / b"],
  ["usual rich text", '<h2>Hi</h2><p>See <a href="/privacy">privacy</a> and <img src="a.png" alt="x // y"></p>'],
  ["an image that is in the text", '<img src="data:image/png;base64,iVBORw0KGgo=">'],
  ["a template of Forms", "<p>Hi {{context.user.name}}</p>"],
  ["no text at all", ""],
])("of %s there is nothing to tell", (_, html) => {
  expect(markupIn(html)).toEqual({ contacts: [], code: [], css: [] });
});

test("each host is told once for each use, in the order of the text", () => {
  const contacts: readonly Contact[] = markupIn(
    '<a href="//a.example">x</a><a href="//b.example">x</a><a href="//a.example/2">x</a><img src="//a.example/3">',
  ).contacts;

  expect(contacts).toEqual([
    { use: "link", host: "a.example" },
    { use: "link", host: "b.example" },
    { use: "image", host: "a.example" },
  ]);
});

test("CSS alone is read with its escapes", () => {
  expect(contactsIn(String.raw`p { background: url(\2f\2f evil.example/x.png) } /* a // b */`)).toEqual([
    { use: "address", host: EVIL },
  ]);
});

test.each([
  ["elements", "<div>"],
  ["emphasis", "<b><p>"],
  ["links", "<a href=#>"],
  ["tables", "<table><td>"],
  ["frames", "<iframe srcdoc='"],
])("%s nested in each other without end are read to the end", (_, tag) => {
  const nested = `${tag.repeat(4000)}<img src=//evil.example>`;

  expect(markupIn(nested).contacts).toContainEqual(expect.objectContaining({ host: EVIL }));
});

test.each<[string, string]>([
  ["a word that could be a scheme in each letter", "a-".repeat(50_000)],
  ["a word of points", "a.".repeat(50_000)],
])("%s is read once, however long it is", (_, word) => {
  const took = processorTime(() => {
    expect(contactsIn(`${word} http://${EVIL}/x`)).toEqual([{ use: "address", host: `http://${EVIL}` }]);
  });
  expect(took).toBeLessThan(2_000);
});

test.each<[string, string, string]>([
  ["a scheme that no browser knows", "our-app://evil.example/x", "our-app://evil.example"],
  ["a scheme behind a point", "...http://evil.example/x", "http://evil.example"],
  ["the scheme of a mail with slashes", "x.mailto://evil.example/x", "x.mailto://evil.example"],
  ["a scheme without a host", "our-app:///x", "our-app:"],
])("%s is told with its host", (_, text, host) => {
  expect(contactsIn(text)).toEqual([{ use: "address", host }]);
});

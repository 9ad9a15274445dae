import { divider, html, image, jumpButton, previousButton, resendButton, richText } from "../../../../lib";
import { LONG, long, type Row, untyped } from "./row";

const RESEND = { activeText: "Nothing came?", buttonText: "Again", waitingText: "Wait" };
const FLOW = `af_${"1".repeat(22)}`;

export const BLOCKS: readonly Row[] = [
  [
    richText("<p>a</p><script>alert(1)</script>"),
    'RICH_TEXT "a_rich_text": content holds "<script", which formats no text; leave it out, or put it into html()',
  ],
  [
    richText('<a onclick="go()">a</a>'),
    'RICH_TEXT "a_rich_text": content holds "onclick", which formats no text; leave it out, or put it into html()',
  ],
  [
    richText('<a href="javascript:go()">a</a>'),
    'RICH_TEXT "a_rich_text": content holds "javascript:", which formats no text; leave it out, or put it into html()',
  ],
  [
    richText("<form><input></form>"),
    'RICH_TEXT "a_rich_text": content holds "<form", which formats no text; leave it out, or put it into html()',
  ],
  [
    richText("Hello {{contxt.user.email}}"),
    'RICH_TEXT "a_rich_text": content holds "{{contxt.user.email}}", but there is no contxt; did you mean "context"?',
  ],
  [
    richText("Hello {{fields.nope}}"),
    'RICH_TEXT "a_rich_text": content holds "{{fields.nope}}", but there is no fields.nope; there is a',
  ],
  [
    richText("Hello {{fields.a"),
    'RICH_TEXT "a_rich_text": content holds "{{fields.a", which has no "}}" behind it; close it, or leave it out',
  ],
  [richText(untyped([])), 'RICH_TEXT "a_rich_text": content must be a text, got a list of 0'],
  [html(long(10_001)), `HTML "a_html": content must have 0 to 10000 characters, got 10001 in ${LONG}; give fewer`],
  [
    html("{{functions.nope(1)}}"),
    /^HTML "a_html": content holds "\{\{functions\.nope\(1\)\}\}", but there is no functions\.nope; there is toArray, /,
  ],
  [image(long(501)), `IMAGE "a_image": src must have 0 to 500 characters, got 501 in ${LONG}; give fewer`],
  [
    image("https://a.b", untyped({ position: "TOP" })),
    'IMAGE "a_image": position must be one of "LEFT", "CENTER", "RIGHT", got "TOP"',
  ],
  [
    image("https://a.b", untyped({ position: "CENTRE" })),
    'IMAGE "a_image": position must be one of "LEFT", "CENTER", "RIGHT", got "CENTRE"; did you mean "CENTER"?',
  ],
  [
    image("https://a.b", { height: 501 }),
    'IMAGE "a_image": height must be a number of 1 to 500, got 501; lower it or leave it out',
  ],
  [
    image("https://a.b", untyped({ width: 5 })),
    'IMAGE "a_image" has no option "width"; its options are id, position, height',
  ],
  [image(untyped({})), 'IMAGE "a_image": src must be a text, got an object'],
  [divider(long(51)), `DIVIDER "a_divider": text must have 0 to 50 characters, got 51 in "${long(51)}"; give fewer`],
  [
    divider("{{fields.x}}"),
    'DIVIDER "a_divider": text holds "{{fields.x}}", but there is no fields.x; did you mean "a"?',
  ],
  [
    previousButton(long(151)),
    `PREVIOUS_BUTTON "a_previous_button": text must have 0 to 150 characters, got 151 in ${LONG}; give fewer`,
  ],
  [
    previousButton("Back", { id: "1" }),
    'PREVIOUS_BUTTON "1": id must be letters, digits and "_", a letter first, got "1"; choose another one',
  ],
  [
    jumpButton("Skip", "$ending", { backgroundColor: "red" }),
    'JUMP_BUTTON "a_jump_button": backgroundColor must be a colour, e.g. "#1a2b3c", got "red"',
  ],
  [
    jumpButton("Skip", "step b"),
    'JUMP_BUTTON "a_jump_button": nextNode must be the id of a node, or "$ending", got "step b"',
  ],
  [jumpButton("Skip", untyped(undefined as never)), 'JUMP_BUTTON "a_jump_button": nextNode is missing; give it'],
  [
    resendButton("flow", RESEND),
    'RESEND_BUTTON "a_resend_button": flowId must be the id of a flow, "af_" and 22 letters and digits, got "flow"',
  ],
  [
    resendButton(FLOW, { ...RESEND, maxAttempts: 11 }),
    'RESEND_BUTTON "a_resend_button": maxAttempts must be a number of 1 to 10, got 11; lower it or leave it out',
  ],
  [
    resendButton(FLOW, { ...RESEND, waitingTime: 61 }),
    'RESEND_BUTTON "a_resend_button": waitingTime must be a number of 1 to 60, got 61; lower it or leave it out',
  ],
  [
    resendButton(FLOW, { ...RESEND, waitingTime: 0 }),
    'RESEND_BUTTON "a_resend_button": waitingTime must be a number of 1 to 60, got 0; raise it or leave it out',
  ],
  [
    resendButton(FLOW, { ...RESEND, buttonText: "" }),
    'RESEND_BUTTON "a_resend_button": buttonText must have 1 to 255 characters, got 0 in ""; give more',
  ],
  [
    resendButton(FLOW, untyped({})),
    'RESEND_BUTTON "a_resend_button": activeText is missing; give it',
    'RESEND_BUTTON "a_resend_button": buttonText is missing; give it',
    'RESEND_BUTTON "a_resend_button": waitingText is missing; give it',
  ],
  [
    resendButton(FLOW, { ...RESEND, waitingText: "{{remaining_secnds}}" }),
    'RESEND_BUTTON "a_resend_button": waitingText holds "{{remaining_secnds}}", but there is no remaining_secnds; did you mean "remaining_seconds"?',
  ],
];

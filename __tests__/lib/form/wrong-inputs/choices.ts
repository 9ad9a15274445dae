import { boolean, cards, choice, dropdown, legal } from "../../../../lib";
import { LABEL, long, type Row, untyped } from "./row";

const card = (value: string, imageUrl = "https://a.b/c.png") => ({ value, label: value, imageUrl });

export const CHOICES: readonly Row[] = [
  [dropdown("b", { ...LABEL, options: [] }), 'DROPDOWN "b" has no options; give at least one'],
  [choice("b", { ...LABEL, options: [] }), 'CHOICE "b" has no options; give at least one'],
  [cards("b", untyped(LABEL)), 'CARDS "b" has no options; give at least one'],
  [choice("b", { ...LABEL, options: ["x", "x"] }), 'CHOICE "b": option "x" is there more than once; leave one out'],
  [
    cards("b", { ...LABEL, options: [card("x"), card("x")] }),
    'CARDS "b": option "x" is there more than once; leave one out',
  ],
  [
    choice("b", { ...LABEL, options: ["x"], defaultValue: "y" }),
    'CHOICE "b": defaultValue must be one of "x", got "y"',
  ],
  [
    cards("b", { ...LABEL, options: [card("x")], defaultValue: ["y"] }),
    'CARDS "b": defaultValue must be one of "x", got "y"',
  ],
  [
    choice("b", { ...LABEL, options: ["x", "y"], defaultValue: ["x", "y"] }),
    'CHOICE "b": defaultValue has 2 values, but only one can be chosen; set multiple',
  ],
  [
    cards("b", { ...LABEL, options: [card("x", "http://a.b/c.png")] }),
    'CARDS "b": options[0].imageUrl must be an address that begins with "https://", got "http://a.b/c.png"',
  ],
  [cards("b", untyped({ ...LABEL, options: ["x"] })), 'CARDS "b": options[0].imageUrl is missing; give it'],
  [
    cards("b", untyped({ ...LABEL, options: [{ ...card("x"), imageURL: "a" }] })),
    'CARDS "b": options[0] has no key "imageURL"; did you mean "imageUrl"?',
  ],
  [
    cards("b", untyped({ ...LABEL, options: [card("x")], hideLabels: 1 })),
    'CARDS "b": hideLabels must be true or false, got 1',
  ],
  [choice("b", untyped({ ...LABEL, options: "x" })), 'CHOICE "b": options must be a list, got "x"'],
  [choice("b", untyped({ ...LABEL, options: [1] })), 'CHOICE "b": options[0] must be an object, got 1'],
  [choice("b", untyped({ ...LABEL, options: [{ value: "x" }] })), 'CHOICE "b": options[0].label is missing; give it'],
  [
    choice("b", { ...LABEL, options: ["x"], allowOther: { label: "" } }),
    'CHOICE "b": allowOther.label must have 1 or more characters, got 0 in ""; give more',
  ],
  [
    choice("b", untyped({ ...LABEL, options: ["x"], allowOther: { lable: "x" } })),
    'CHOICE "b": allowOther has no key "lable"; did you mean "label"?',
  ],
  [
    choice("b", untyped({ ...LABEL, options: ["x"], allowOther: "yes" })),
    'CHOICE "b": allowOther must be an object, got "yes"',
  ],
  [
    choice("b", { ...LABEL, options: [{ value: "x", label: "{{fields.c}}" }] }),
    'CHOICE "b": options[0].label holds "{{fields.c}}", but there is no fields.c; did you mean "a"?',
  ],
  [
    dropdown("b", untyped({ ...LABEL, options: ["x"], multiple: "no" })),
    'DROPDOWN "b": multiple must be true or false, got "no"',
  ],
  [
    boolean("b", untyped({ ...LABEL, defaultValue: "true" })),
    'BOOLEAN "b": defaultValue must be true or false, got "true"',
  ],
  [
    boolean("b", { ...LABEL, options: { true: long(51) } }),
    `BOOLEAN "b": options.true must have 1 to 50 characters, got 51 in "${long(51)}"; give fewer`,
  ],
  [
    boolean("b", untyped({ ...LABEL, options: { yes: "Yes" } })),
    'BOOLEAN "b": options has no key "yes"; its keys are true, false',
  ],
  [legal("b", { text: "" }), 'LEGAL "b": text must have 1 to 10000 characters, got 0 in ""; give more'],
  [
    legal("b", { text: '<iframe src="https://a.b">' }),
    'LEGAL "b": text holds "<iframe", which formats no text; leave it out, or put it into html()',
  ],
  [legal("b", { label: "" }), 'LEGAL "b": label must have 1 or more characters, got 0 in ""; give more'],
];

import { doubt } from "../../review/form/doubt";
import {
  ANSWER,
  atNextLogin,
  isMissing,
  ofLongStanding,
  stateText,
  type UserState,
  userWith,
  type Value,
  valueAt,
} from "../../review/form/user-state";

const literal = (json: unknown): Value => ({ kind: "literal", json });
const OPEN = doubt({ what: "flow-writes", flow: "Save" });
const USER: UserState = {
  ...userWith(["answer"]),
  metadata: new Map([
    ["answer", ANSWER],
    ["text", literal("x")],
    ["object", { kind: "object", members: new Map([["part", literal(1)]]) }],
    ["open", OPEN],
    ["user.name", literal("Ann")],
  ]),
};
const inside = (key: string) => doubt({ what: "inside-answer", key });

test.each<[readonly string[], Value | undefined]>([
  [["answer"], ANSWER],
  [["answer", "part"], inside("answer")],
  [["text"], literal("x")],
  [["text", "part"], undefined],
  [["object", "part"], literal(1)],
  [["object", "other"], undefined],
  [["object", "part", "deeper"], undefined],
  [["object", "other", "deeper"], undefined],
  [["open"], OPEN],
  [["open", "part"], OPEN],
  [["none"], undefined],
  [["none", "part"], undefined],
  [["user.email"], doubt({ what: "value", expression: "context.user.email" })],
  [["user.identities", "0"], doubt({ what: "value", expression: "context.user.identities" })],
  [["user.name"], literal("Ann")],
  [["user.given_name"], undefined],
  [[], undefined],
])("under %j there is %j", (path, value) => {
  expect(valueAt(USER, path)).toEqual(value);
});

test("anything else may be there of somebody of whom that can not be told", () => {
  expect(valueAt({ ...USER, otherKeys: OPEN }, ["none", "part"])).toEqual(OPEN);
  expect(valueAt({ ...USER, otherKeys: OPEN }, ["text"])).toEqual(literal("x"));
});

test.each<[Value | undefined, unknown]>([
  [undefined, true],
  [literal(null), true],
  [literal(""), true],
  [literal(0), false],
  [literal(false), false],
  [literal("x"), false],
  [ANSWER, false],
  [{ kind: "object", members: new Map() }, false],
  [OPEN, OPEN],
])("that %j is missing is %j", (value, missing) => {
  expect(isMissing(value)).toEqual(missing);
});

test("of users of whom a form knows the same the text is the same", () => {
  const one: UserState = { ...userWith(["a", "b"]), answered: new Set(["x", "y"]), written: new Set(["k", "l"]) };
  const turned = { ...userWith(["b", "a"]), answered: new Set(["y", "x"]), written: new Set(["l", "k"]) };
  const others: UserState[] = [
    { ...one, metadata: new Map([["a", ANSWER]]) },
    { ...one, metadata: new Map([...one.metadata, ["a", literal("x")]]) },
    { ...one, otherKeys: OPEN },
    { ...one, answered: new Set(["x"]) },
    { ...one, written: new Set(["k"]) },
  ];

  expect(stateText(turned)).toBe(stateText(one));
  expect(stateText(ofLongStanding(one))).toBe(stateText(one));
  expect(new Set([one, ...others].map(stateText)).size).toBe(6);
  expect(
    stateText({ ...one, metadata: new Map([["a", { kind: "object", members: new Map([["b", ANSWER]]) }]]) }),
  ).not.toBe(stateText({ ...one, metadata: new Map([["a", { kind: "object", members: new Map() }]]) }));
});

test("at the next login there is what was there, and nothing is answered or written yet", () => {
  const past = { logins: 2, minutes: 3, asked: new Map([["a", 1]]) };
  const user = { ...userWith(["a"]), past, otherKeys: OPEN, answered: new Set(["x"]), written: new Set(["a"]) };

  expect(atNextLogin(user)).toEqual({
    metadata: user.metadata,
    otherKeys: OPEN,
    past,
    answered: new Set(),
    written: new Set(),
  });
});

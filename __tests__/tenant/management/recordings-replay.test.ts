import type { Interaction } from "../../support/recordings";
import { type Replayed, replay } from "../../support/recordings-replay";
import { rowsOf } from "../../support/recordings-report";

const RECORDED_ID = "ap_1wkRT6inFvWDLwiTKSAQJT";
const OUR_ID = "ap_0000000000000000000000";
const OTHER_ID = "ap_1111111111111111111111";

function interaction(
  number: number,
  method: string,
  path: string,
  request: object | undefined,
  response: object,
): Interaction {
  return {
    number,
    method,
    url: new URL(`https://recorded.eu.auth0.com/api/v2${path}`),
    requestBody: request === undefined ? "" : JSON.stringify(request),
    status: 200,
    responseBody: JSON.stringify(response),
  };
}

/** A tenant that gives these answers, one after the other, and keeps what it was asked. */
function tenant(...answers: object[]): Replayed & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    domain: "localhost:9443",
    asked,
    request: async (...request) => {
      asked.push(request);
      return { status: 200, body: answers[asked.length - 1] };
    },
  };
}

/** What differs when the one is recorded and the other is answered. */
async function differences(recorded: object, here: object): Promise<readonly string[]> {
  const [comparison] = await replay([interaction(0, "GET", "/x", undefined, recorded)], tenant(here));
  return comparison?.differences ?? [];
}

test("what was recorded under one id is asked for by ours, in paths and bodies", async () => {
  const asked = tenant({ id: OUR_ID }, {});

  await replay(
    [
      interaction(0, "POST", "/forms", {}, { id: RECORDED_ID }),
      interaction(
        1,
        "PATCH",
        `/forms/${RECORDED_ID}?audience=https://recorded.eu.auth0.com/`,
        { flow: RECORDED_ID },
        {},
      ),
    ],
    asked,
  );

  expect(asked.asked[1]).toEqual([
    "PATCH",
    `/api/v2/forms/${OUR_ID}?audience=https://localhost:9443/`,
    { flow: OUR_ID },
  ]);
});

test.each<[string, object, object]>([
  ["times of one precision", { at: "2024-10-08T05:42:46.439Z" }, { at: "2026-01-01T00:00:00.000Z" }],
  ["ids of one form, twice the same", { a: RECORDED_ID, b: RECORDED_ID }, { a: OUR_ID, b: OUR_ID }],
  ["the domain of each", { url: "https://recorded.eu.auth0.com/api/v2/" }, { url: "https://localhost:9443/api/v2/" }],
  ["a build that is under way and one that is done", { status: "building" }, { status: "built" }],
  ["a secret that the recorder hid", { client_secret: "[REDACTED]" }, { client_secret: "x" }],
  ["signing keys that the recorder made up", { signing_keys: [{ cert: "[REDACTED]" }] }, {}],
  ["keys in another order", { a: 1, b: [{}] }, { b: [{}], a: 1 }],
])("%s agree", async (_what, recorded, here) => {
  expect(await differences(recorded, here)).toEqual([]);
});

test.each<[string, object, object, string]>([
  ["a value", { a: { b: 1 } }, { a: { b: 2 } }, "`a.b`: recorded 1, here 2"],
  ["null and nothing", { a: null }, {}, "`a`: only recorded"],
  ["a key more", {}, { a: 1 }, "`a`: only here"],
  ["a list's length", { a: [1] }, { a: [] }, "`a`: recorded 1 items, here 0"],
  ["an item", { a: [{ b: true }] }, { a: [{ b: false }] }, "`a[].b`: recorded true, here false"],
  [
    "the precision of a time",
    { at: "2024-10-08T05:42:46.439Z" },
    { at: "2024-10-08T05:42:46.439000000Z" },
    '`at`: recorded "2024-10-08T05:42:46.439Z", here "2024-10-08T05:42:46.439000000Z"',
  ],
  [
    "a build that failed and one that did not",
    { status: "failed" },
    { status: "built" },
    '`status`: recorded "failed", here "built"',
  ],
  ["an id and a word", { id: RECORDED_ID }, { id: "form" }, `\`id\`: recorded "${RECORDED_ID}", here "form"`],
  [
    "one id for two",
    { a: RECORDED_ID, b: "ap_aqrKV2MgbgLRwP1W19JPdM" },
    { a: OUR_ID, b: OUR_ID },
    `\`b\`: recorded "ap_aqrKV2MgbgLRwP1W19JPdM", here "${OUR_ID}"`,
  ],
  [
    "two ids for one",
    { a: RECORDED_ID, b: RECORDED_ID },
    { a: OUR_ID, b: OTHER_ID },
    `\`b\`: recorded "${RECORDED_ID}", here "${OTHER_ID}"`,
  ],
])("%s differ", async (_what, recorded, here, difference) => {
  expect(await differences(recorded, here)).toEqual([difference]);
});

test("a status that differs hides what the bodies differ in", async () => {
  const refusing = { ...tenant(), request: async () => ({ status: 404, body: { message: "Not Found" } }) };

  expect(await replay([interaction(7, "GET", "/x", undefined, {})], refusing)).toEqual([
    { number: 7, differences: ["status: recorded 200, here 404"] },
  ]);
});

test("one difference is one row, however many interactions show it", () => {
  const comparisons = [0, 1, 2, 3, 5].map((number) => ({
    number,
    differences: number === 2 ? [] : ["`a`: only here"],
  }));

  expect(rowsOf("TestAccForm", comparisons)).toEqual([
    { recording: "TestAccForm", interactions: "0–1, 3, 5", difference: "`a`: only here" },
  ]);
});

import { type Call, callsOf, type Login, NOW, ofUser, type Props } from "../support/scheduled-login";

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
});

afterEach(() => {
  jest.useRealTimers();
});

function callsAfter(props: Props, login: Login): Promise<Call[]> {
  return callsOf("onContinuePostLogin", props, login);
}

const NOTHING: Call[] = [];

describe("the Action saves", () => {
  const stages = [{ id: "profile" }, { id: "terms" }, { id: "notice" }];
  const saves: NonNullable<Props["saves"]> = [
    { field: "job_title", to: ["user_metadata", "job_title"], stage: "profile" },
    { field: "phone", path: ["international_number"], to: ["user_metadata", "contact", "phone"], stage: "profile" },
    { field: "fax", to: ["user_metadata", "contact", "fax"], stage: "profile" },
    { field: "accepted", to: ["app_metadata", "terms", "accepted"], stage: "terms" },
    { value: "2026-11", to: ["app_metadata", "terms", "version"], stage: "terms", with: "accepted" },
    { value: "{{functions.now()}}", to: ["app_metadata", "terms", "at"], stage: "terms", with: "accepted" },
    { value: true, to: ["user_metadata", "seen"], stage: "notice" },
    { value: null, to: ["user_metadata", "is_new"], stage: "notice" },
  ];

  test.each<[string, string | undefined, object | undefined, Call[], object?]>([
    [
      "the answers of the stage that was shown",
      "profile",
      { job_title: "CTO", accepted: true },
      [["setUserMetadata", "job_title", "CTO"]],
    ],
    [
      "a part of an answer, into an object, which keeps what else is in it",
      "profile",
      { phone: { international_number: "+15550100", country: "us" } },
      [["setUserMetadata", "contact", { city: "Rome", phone: "+15550100" }]],
      { user_metadata: { contact: { city: "Rome", phone: "1" }, job_title: "CTO" } },
    ],
    [
      "several answers into one object",
      "profile",
      { phone: { international_number: "+1" }, fax: "+2" },
      [["setUserMetadata", "contact", { phone: "+1", fax: "+2" }]],
    ],
    [
      "into an object in the place of what is none",
      "profile",
      { fax: "+2" },
      [["setUserMetadata", "contact", { fax: "+2" }]],
      { user_metadata: { contact: "none" } },
    ],
    [
      "answers of 0 and false",
      "profile",
      { job_title: 0, fax: false },
      [
        ["setUserMetadata", "job_title", 0],
        ["setUserMetadata", "contact", { fax: false }],
      ],
    ],
    ["no answer that is empty", "profile", { job_title: "", fax: null, phone: {} }, NOTHING],
    ["nothing where there are no answers", "profile", undefined, NOTHING],
    [
      "constants and the time beside an answer",
      "terms",
      { accepted: true },
      [["setAppMetadata", "terms", { version: "2026-11", by: "Ada", accepted: true, at: NOW }]],
      { app_metadata: { terms: { version: "2026-10", by: "Ada" } } },
    ],
    ["no constant of who has put the stage off", "terms", {}, NOTHING],
    [
      "constants of a stage that asks nothing",
      "notice",
      {},
      [
        ["setUserMetadata", "seen", true],
        ["setUserMetadata", "is_new", null],
      ],
    ],
    ["nothing of a stage that it does not know", "other", { job_title: "CTO" }, NOTHING],
    ["nothing where it is not told the stage", undefined, { job_title: "CTO" }, NOTHING],
  ])("%s", async (_, stage, fields, expected, more = {}) => {
    const prompt = { id: "ap_1", fields, vars: stage && { stage } };

    expect(await callsAfter({ stages, saves, tellsStage: true }, { ...ofUser(more), prompt })).toEqual(expected);
  });

  test("the answers of all stages that were shown one after the other, and of no other", async () => {
    const fields = { job_title: "CTO", accepted: true };
    const savedAfter = (vars: object) =>
      callsAfter({ stages, saves, tellsStage: true }, { prompt: { id: "ap_1", fields, vars } });
    const title: Call = ["setUserMetadata", "job_title", "CTO"];
    const terms: Call = ["setAppMetadata", "terms", { accepted: true, version: "2026-11", at: NOW }];

    expect(await savedAfter({ stage: "profile", after_profile: "terms" })).toEqual([title, terms]);
    expect(await savedAfter({ stage: "terms", after_profile: "notice" })).toEqual([terms]);
    expect(await savedAfter({ stage: "terms", after_terms: "profile", after_profile: "terms" })).toEqual([
      title,
      terms,
    ]);
  });

  test("the answers of the only stage, which nobody has to tell it", async () => {
    const props = { stages: stages.slice(0, 1), saves: saves.slice(0, 1) };

    expect(await callsAfter(props, { prompt: { id: "ap_1", fields: { job_title: "CTO" } } })).toEqual([
      ["setUserMetadata", "job_title", "CTO"],
    ]);
  });
});

describe("the Action remembers when it asked", () => {
  const week = { atMostEvery: { days: 7 } };
  const prompt = (stage: string) => ({ prompt: { id: "ap_1", vars: { stage } } });
  const two = [{ id: "profile" }, { id: "company", ask: week }];

  test.each<[string, Props, Login, object | undefined]>([
    ["not where nothing needs it", { stages: [{ id: "profile" }] }, {}, undefined],
    ["not of a stage whose moment does not", { stages: two, tellsStage: true }, prompt("profile"), undefined],
    [
      "of the stage whose moment needs it",
      { stages: two, tellsStage: true },
      prompt("company"),
      { ap_1: { asked_at: NOW, stages: { company: NOW } } },
    ],
    [
      "of every stage where the form's moment needs it",
      { stages: two, tellsStage: true, ask: week },
      prompt("profile"),
      { ap_1: { asked_at: NOW, stages: { profile: NOW } } },
    ],
    [
      "of the form alone where its router has chosen the stage",
      { stages: [{ id: "profile" }, { id: "company" }], ask: week },
      {},
      { ap_1: { asked_at: NOW } },
    ],
    [
      "beside what other forms and stages remember",
      { stages: two, tellsStage: true },
      {
        ...prompt("company"),
        ...ofUser({
          app_metadata: {
            plan: "pro",
            progressive_profiling: { ap_1: { asked_at: "1", stages: { profile: "2" } }, ap_2: { asked_at: "3" } },
          },
        }),
      },
      { ap_1: { asked_at: NOW, stages: { profile: "2", company: NOW } }, ap_2: { asked_at: "3" } },
    ],
    [
      "in the place of what is damaged",
      { stages: [{ id: "profile", ask: week }] },
      ofUser({ app_metadata: { progressive_profiling: "yesterday" } }),
      { ap_1: { asked_at: NOW, stages: { profile: NOW } } },
    ],
  ])("%s", async (_, props, login, memory) => {
    expect(await callsAfter(props, login)).toEqual(
      memory === undefined ? NOTHING : [["setAppMetadata", "progressive_profiling", memory]],
    );
  });
});

import { formIdIn, isLibraryCode, metadataKeysIn, scheduleIn } from "../../review/plan/library-code";
import { deployedCode } from "../support/library-action";

const isMissing = (path: string) => ({ operator: "HAS_NO_VALUE", operands: [`{{context.user.${path}}}`] }) as const;
const all = (...operands: object[]) => ({ operator: "AND", operands }) as never;

const KEYS = deployedCode({ formId: "ap_1", metadataKeys: ["role", "team"] });
const scheduled = (...conditions: (object | undefined)[]) =>
  deployedCode({
    formId: "ap_1",
    stages: conditions.map((condition, index) => ({
      id: `s${index}`,
      condition: condition as never,
      ask: { fromLogin: 3 },
    })),
    ask: { atMostEvery: { days: 7 } },
    saves: [{ field: "role", to: ["user_metadata", "role"], stage: "s0" }],
    tellsStage: true,
    stagesPerLogin: 2,
  });
const STAGES = scheduled(all(isMissing("user_metadata.role")), all(isMissing("user_metadata.team"), isMissing("name")));

test.each([
  ["that looks for keys", KEYS, ["role", "team"]],
  ["that chooses from stages", STAGES, undefined],
])("the library's Action %s is known as such, and tells its form", (_, code, keys) => {
  expect(isLibraryCode(code)).toBe(true);
  expect(formIdIn(code)).toBe("ap_1");
  expect(metadataKeysIn(code)).toEqual(keys);
});

test.each([
  ["is changed", STAGES.replace("if (stages.length > 0) {", "if (true) {")],
  ["has one of the values computed", STAGES.replace("const TELLS_STAGE = true;", "const TELLS_STAGE = run(\n);")],
])("an Action that %s is not the library's", (_, code) => {
  expect(code).not.toBe(STAGES);
  expect(isLibraryCode(code)).toBe(false);
});

test("the library's Action tells which stage is asked when, and what it saves", () => {
  const { stages, ...rest } = scheduleIn(STAGES, new Map()) ?? {};

  expect(stages?.map(({ id, moment }) => ({ id, moment }))).toEqual([
    { id: "s0", moment: { fromLogin: 3 } },
    { id: "s1", moment: { fromLogin: 3 } },
  ]);
  expect(rest).toEqual({
    moment: { atMostEvery: { days: 7 } },
    saves: [{ stage: "s0", to: ["role"], field: "role", value: undefined, with: undefined }],
    tellsStage: true,
    stagesPerLogin: 2,
  });
});

test("an Action of one's own tells it by its secrets", () => {
  const secrets = new Map([
    ["STAGES", JSON.stringify([{ id: "s0" }])],
    ["ASK", JSON.stringify({ share: 10, later: true })],
  ]);

  expect(scheduleIn("exports.onExecutePostLogin = async () => {};", secrets)).toEqual({
    moment: { share: 10 },
    stages: [{ id: "s0", condition: undefined, moment: {} }],
    saves: [],
    tellsStage: false,
    stagesPerLogin: 1,
  });
});

test.each([
  ["tells it by its secrets", "3", "true", 3],
  ["has it in no number", '"3"', "true", 1],
  ["tells the form no stage", "3", "false", 1],
])("how many stages one login shows is known where an Action %s", (_, stagesPerLogin, tellsStage, expected) => {
  const secrets = new Map([
    ["STAGES", JSON.stringify([{ id: "s0" }])],
    ["TELLS_STAGE", tellsStage],
    ["STAGES_PER_LOGIN", stagesPerLogin],
  ]);

  expect(scheduleIn("", secrets)?.stagesPerLogin).toBe(expected);
});

test.each([
  ["code stands in place of the stages", STAGES.replace(/^const STAGES = .*$/m, "const STAGES = [run()];")],
  ["code stands in place of what is saved", STAGES.replace(/^const SAVES = .*$/m, "const SAVES = run();")],
  ["code stands among the keys", KEYS.replace(/^const METADATA_KEYS = .*$/m, 'const METADATA_KEYS = ["role", run()];')],
  ["code stands in the form's id", KEYS.replace(/^const FORM_ID = .*$/m, "const FORM_ID = `${run()}`;")],
])("where %s the Action is not the library's", (_, code) => {
  expect(code).toContain("run()");
  expect(isLibraryCode(code)).toBe(false);
});

test("where the stages can not be read nothing is told of them", () => {
  expect(scheduleIn(STAGES.replace(/^const STAGES = .*$/m, "const STAGES = [unknown];"), new Map())).toBeUndefined();
});

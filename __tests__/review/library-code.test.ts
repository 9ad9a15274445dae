import { formIdIn, isLibraryCode, metadataKeysIn } from "../../review/plan/library-code";
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
  });
const STAGES = scheduled(all(isMissing("user_metadata.role")), all(isMissing("user_metadata.team"), isMissing("name")));

test.each([
  ["that looks for keys", KEYS],
  ["that chooses from stages", STAGES],
])("the library's Action %s is known as such, and tells form and keys", (_, code) => {
  expect(isLibraryCode(code)).toBe(true);
  expect(formIdIn(code)).toBe("ap_1");
  expect(metadataKeysIn(code)).toEqual(["role", "team"]);
});

test.each([
  ["is changed", STAGES.replace("if (stage !== undefined) {", "if (true) {")],
  ["has one of the values computed", STAGES.replace("const TELLS_STAGE = true;", "const TELLS_STAGE = run(\n);")],
])("an Action that %s is not the library's", (_, code) => {
  expect(code).not.toBe(STAGES);
  expect(isLibraryCode(code)).toBe(false);
});

test.each([
  ["waits for nothing", scheduled(all(isMissing("user_metadata.role")), undefined)],
  ["waits for something that is no answer", scheduled(all(isMissing("app_metadata.plan")))],
  ["can not be read", STAGES.replace(/^const STAGES = .*$/m, "const STAGES = [unknown];")],
])("whom it asks is not told by keys where a stage %s", (_, code) => {
  expect(isLibraryCode(code)).toBe(true);
  expect(metadataKeysIn(code)).toBeUndefined();
});

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Mutant, type Report, ROOMS, score, tally, tallyText, unnoticed } from "../../bench/mutants";

const ROOT = join(__dirname, "..", "..");

test.each(Object.entries(ROOMS))("what %s mutates is there, and so are its tests", (_name, { mutated, tests }) => {
  const places = [...mutated.map((pattern) => pattern.replace(/(\/\*\*)?\/\*\.\w+$/, "")), ...tests.map(inTests)];
  expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
});

function inTests(folder: string): string {
  return join("__tests__", folder);
}

const SOURCE = `const isAsked = true;
const text = [
  "a",
].join("");
`;
const AT_TRUE = { start: { line: 1, column: 17 }, end: { line: 1, column: 21 } };
const AT_LIST = { start: { line: 2, column: 14 }, end: { line: 4, column: 2 } };

function mutant(status: Mutant["status"], given: Partial<Mutant> = {}): Mutant {
  return { mutatorName: "BooleanLiteral", replacement: "false", status, location: AT_TRUE, ...given };
}

const REPORT: Report = {
  files: {
    "lib/a.ts": {
      source: SOURCE,
      mutants: [
        mutant("Killed"),
        mutant("Killed"),
        mutant("Killed"),
        mutant("Survived"),
        mutant("CompileError"),
        mutant("Ignored"),
      ],
    },
    "lib/b.ts": {
      source: SOURCE,
      mutants: [
        mutant("Timeout"),
        mutant("RuntimeError"),
        mutant("NoCoverage", { mutatorName: "ArrayDeclaration", replacement: "[]", location: AT_LIST }),
      ],
    },
  },
};

test("the mutants of a sample are counted by how they ended, in all files", () => {
  expect(tally(REPORT)).toEqual({ all: 9, killed: 3, timeouts: 1, survived: 1, uncovered: 1, broken: 1 });
});

test("the score is the share of those that a test noticed, without those that no test could judge", () => {
  expect(score(tally(REPORT))).toBeCloseTo((100 * 4) / 6);
});

test("a tally is told without what there is none of", () => {
  expect(tallyText(tally(REPORT))).toBe(
    "of 9 changes 3 killed, 1 timed out, 1 survived, 1 without coverage, 1 not loaded",
  );
  expect(tallyText({ all: 50, killed: 10, timeouts: 0, survived: 0, uncovered: 0, broken: 0 })).toBe(
    "of 50 changes 10 killed",
  );
});

test("what no test has noticed is told with its place, what stood there, and what was put there", () => {
  expect(unnoticed(REPORT)).toEqual([
    "lib/a.ts:1:17 BooleanLiteral: true → false",
    'lib/b.ts:2:14 ArrayDeclaration, without coverage: [ "a", ] → []',
  ]);
});

// @ts-nocheck: it imports from where its copy lies, and so do its types
/**
 * What `mutation.ts` adds to Stryker, beside which it lays a copy of this file: a sample instead of all mutants, and a way through
 * the tests that ends with the first file that fails.
 *
 * @see https://stryker-mutator.io/docs/stryker-js/guides/create-a-plugin/
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strykerPlugins as jestPlugins } from "@stryker-mutator/jest-runner";

/** Lets one in `oneIn` mutants pass, which ones the seed says; the others are none, as if they did not compile. */
function sample({ sample: { seed, oneIn } }) {
  const isIn = ({ fileName, location, mutatorName, replacement }) => {
    const file = fileName.slice(process.cwd().length);
    const text = JSON.stringify([seed, file, location, mutatorName, replacement]);
    return createHash("sha256").update(text).digest().readUInt32BE() % oneIn === 0;
  };
  return {
    init: async () => {},
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          isIn(mutant) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" },
        ]),
      ),
    group: async (mutants) => [mutants.map(({ id }) => id)],
  };
}
sample.inject = ["options"];

/**
 * Jest loads every test file for each mutant, and runs on where a test has failed: here it is given a file at a time, those with the
 * most tests of the mutant first.
 */
class FileByFile {
  static inject = ["$injector", "options"];

  constructor(injector, { tempDirName }) {
    this.jest = injector.injectFunction(jestPlugins[0].factory);
    // The process that tries the mutants is not always that of the dry run.
    this.memory = join(tempDirName, "tests.json");
  }

  capabilities() {
    return this.jest.capabilities();
  }

  async init() {
    await this.jest.init();
    const { projects, ...config } = this.jest.jestConfig;
    const [fast] = projects;
    // node_modules is linked to the repository's, and would lead back to what is not mutated.
    const moduleNameMapper = {
      ...fast.moduleNameMapper,
      "^auth0-forms$": "<rootDir>/auth0-forms/index.ts",
      "^auth0-forms/(.*)$": "<rootDir>/auth0-forms/$1.ts",
    };
    // Set up once for each process, which tries many mutants; mutation.ts has given it a temporary folder of its own.
    this.config = { ...fast, ...config, moduleNameMapper, globalSetup: undefined, globalTeardown: undefined };
    this.jest.jestConfig = this.config;
  }

  /** What fails as soon as a source is prepared to be mutated is about its text, and left out; Stryker names it. */
  async dryRun(options) {
    const result = await this.jest.dryRun(options);
    if (result.status !== "complete") {
      return result;
    }
    const tests = result.tests.filter((test) => !isFailed(test));
    writeFileSync(this.memory, JSON.stringify(tests.map(({ id, fileName }) => ({ id, fileName }))));
    return { ...result, tests };
  }

  async mutantRun(options) {
    const wanted = options.testFilter && new Set(options.testFilter);
    const files = new Map();
    for (const { id, fileName } of JSON.parse(readFileSync(this.memory, "utf8"))) {
      if (wanted?.has(id) ?? true) {
        files.set(fileName, [...(files.get(fileName) ?? []), id]);
      }
    }
    let result;
    for (const [file, testFilter] of [...files].sort(([, left], [, right]) => right.length - left.length)) {
      this.jest.jestConfig = { ...this.config, testMatch: [file] };
      result = await this.jest.mutantRun({ ...options, testFilter });
      if (result.status !== "survived") {
        break;
      }
    }
    return result;
  }
}

/** As Stryker calls it: 1 is that of a test that has failed. */
function isFailed({ status }) {
  return status === 1;
}

export const strykerPlugins = [
  { kind: "Checker", name: "sample", factory: sample },
  { kind: "TestRunner", name: "file-by-file", injectableClass: FileByFile },
];

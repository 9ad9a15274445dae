const { availableParallelism } = require("node:os");

const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" }, module: { type: "commonjs", ignoreDynamic: true } }],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/tenant/dist"],
  // As tsconfig.json's paths: from source, without a build.
  moduleNameMapper: { "^auth0-local-tenant/(.*)$": "<rootDir>/tenant/$1" },
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "fast",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/journeys/", "\\.real\\.test\\.ts$"],
      setupFilesAfterEnv: ["<rootDir>/__tests__/support/fast-lane.ts"],
    },
    {
      ...shared,
      // with the real engine, provider or browser, a server or a process
      displayName: "real",
      testMatch: ["<rootDir>/__tests__/journeys/**/*.test.ts", "<rootDir>/__tests__/**/*.real.test.ts"],
      globalSetup: "<rootDir>/__tests__/support/toolchain.ts",
    },
  ],
  globalSetup: "<rootDir>/__tests__/support/temporary-folder.ts",
  globalTeardown: "<rootDir>/__tests__/support/remove-temporary-folder.ts",
  // Much of a real test's time is waiting: with one file for each processor, some stand idle.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: "<rootDir>/__tests__/support/longest-first.js",
  reporters: ["default", "<rootDir>/__tests__/support/totals-reporter.js"],
  // The first test of a file may wait for a tenant to start, on a machine that is busy with the others.
  testTimeout: 30_000,
};

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.tsx?$": ["ts-jest", { diagnostics: false }] },
  globalSetup: "<rootDir>/__tests__/support/toolchain.ts",
  reporters: ["default", "<rootDir>/__tests__/support/totals-reporter.js"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
};

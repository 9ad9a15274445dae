import { readSettings, SettingsError } from "../../sample-app/settings";

const ENVIRONMENT = { AUTH0_DOMAIN: "example.eu.auth0.com", SAMPLE_CLIENT_ID: "id", SAMPLE_CLIENT_SECRET: "secret" };

function problems(args: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings(args, environment);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    return error.problems;
  }
}

test("reads port and environment", () => {
  expect(readSettings(["--port", "3001"], ENVIRONMENT)).toEqual({
    port: 3001,
    issuerBaseUrl: "https://example.eu.auth0.com",
    clientId: "id",
    clientSecret: "secret",
  });
  expect(readSettings([], ENVIRONMENT)).toMatchObject({ port: 3000 });
  expect(readSettings(["--help"], {})).toBe("help");
});

test("an address goes before the domain", () => {
  const environment = { ...ENVIRONMENT, ISSUER_BASE_URL: "http://localhost:9444/" };

  expect(readSettings([], environment)).toMatchObject({ issuerBaseUrl: "http://localhost:9444" });
  expect(problems([], { ...environment, AUTH0_DOMAIN: "" })).toEqual([]);
});

test("tells all problems at once", () => {
  expect(problems(["--port", "0"], {})).toEqual([
    "AUTH0_DOMAIN is not set",
    '--port must be a whole number from 1 to 65535, got "0"',
    "SAMPLE_CLIENT_ID is not set",
    "SAMPLE_CLIENT_SECRET is not set",
  ]);
});

test.each(["http://", "ftp://localhost", "https://example.com/path", "localhost:9444"])(
  "refuses the address %s",
  (address) => {
    expect(problems([], { ...ENVIRONMENT, ISSUER_BASE_URL: address })).toEqual([
      `the tenant's address must be http(s)://host, got ${JSON.stringify(address)}`,
    ]);
  },
);

test.each([["--bogus"], ["--port"], ["more"]])("refuses the argument %s", (argument) => {
  expect(problems([argument], ENVIRONMENT)).toHaveLength(1);
});

import { tenantFromEnvironment } from "../../../lib";
import { readTenant } from "../../../lib/environments/tenant-environment";

const DOMAIN = { AUTH0_DOMAIN: "example.eu.auth0.com" };
const CLIENT = { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "planted-secret" };
const NO_CLIENT =
  "AUTH0_CLIENT_ID is missing: the client that deploys (or give AUTH0_API_TOKEN, or AUTH0_CLI_LOGIN=true)";
const NO_SECRET =
  "AUTH0_CLIENT_SECRET is missing: the secret of that client " +
  "(or give AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG)";
const NO_DOMAIN = "AUTH0_DOMAIN is missing: the tenant's domain, e.g. example.eu.auth0.com";
const half = (missing: string, given: string) =>
  `AUTH0_CLIENT_ASSERTION_${missing} is missing: it belongs to AUTH0_CLIENT_ASSERTION_${given}`;

test.each<[Record<string, string | undefined>, readonly string[]]>([
  [CLIENT, []],
  [{ AUTH0_API_TOKEN: "t" }, []],
  [{ AUTH0_CLI_LOGIN: "true" }, []],
  [{ AUTH0_CLI_LOGIN: "1" }, []],
  [{ AUTH0_CLI_LOGIN: "on" }, []],
  [{ AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "k", AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256" }, []],
  [{}, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_API_TOKEN: " ", AUTH0_CLI_LOGIN: "" }, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_CLI_LOGIN: "false" }, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_CLI_LOGIN: "trues" }, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_CLI_LOGIN: "11" }, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_CLI_LOGIN: "not on" }, [NO_CLIENT, NO_SECRET]],
  [{ AUTH0_CLIENT_ID: "id" }, [NO_SECRET]],
  [{ AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: " " }, [NO_SECRET]],
  [{ AUTH0_CLIENT_SECRET: "planted-secret" }, [NO_CLIENT]],
  [{ AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "k" }, [half("SIGNING_ALG", "PRIVATE_KEY")]],
  [{ AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256" }, [half("PRIVATE_KEY", "SIGNING_ALG")]],
  [{ ...CLIENT, AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256" }, [half("PRIVATE_KEY", "SIGNING_ALG")]],
])("of credentials, with %j there is wrong: %j", (variables, problems) => {
  expect(readTenant({ ...DOMAIN, ...variables })).toEqual({ domain: "example.eu.auth0.com", problems });
});

const noDomain = (got: string) => `AUTH0_DOMAIN must be a domain without a path, got ${got}`;

test.each<[string | undefined, string, readonly string[]]>([
  ["example.eu.auth0.com", "example.eu.auth0.com", []],
  [" HTTPS://Example.eu.auth0.com:443 ", "example.eu.auth0.com", []],
  ["http://127.0.0.1:9443", "localhost:9443", []],
  [undefined, "", [NO_DOMAIN]],
  ["  ", "", [NO_DOMAIN]],
  ["https://example.eu.auth0.com/", "", [noDomain('"https://example.eu.auth0.com/"')]],
  ["ftp://example.com", "", [noDomain('"ftp://example.com"')]],
  ["a.https://example.com", "", [noDomain('"a.https://example.com"')]],
  ["https://u:planted-secret@example.com", "", [noDomain("a text that may hold a password")]],
])("of AUTH0_DOMAIN=%s the tenant is %j, with these problems: %j", (domain, read, problems) => {
  expect(readTenant({ AUTH0_DOMAIN: domain, ...CLIENT })).toEqual({ domain: read, problems });
});

test("the tenant of a sound environment is its domain", () => {
  expect(tenantFromEnvironment({ AUTH0_DOMAIN: "Example.eu.auth0.com", ...CLIENT })).toEqual({
    domain: "example.eu.auth0.com",
  });
});

test("what is wrong with an environment is one error, which says what to do and not where in the code it was noticed", () => {
  let error = new Error();
  try {
    tenantFromEnvironment({});
  } catch (thrown) {
    error = thrown as Error;
  }

  expect(error.message).toBe(
    [
      "the environment does not say which tenant is meant, or how to enter it:",
      `  ${NO_DOMAIN}`,
      `  ${NO_CLIENT}`,
      `  ${NO_SECRET}`,
      "Of a tenant of Auth0 they are its domain, and an application of the type Machine to Machine that is authorized for the " +
        "Management API (dashboard: Applications).",
      "A local tenant, `npx auth0-local-tenant`, names a file that sets them all: source it in the shell.",
    ].join("\n"),
  );
  expect(error.stack).toBe(`Error: ${error.message}`);
});

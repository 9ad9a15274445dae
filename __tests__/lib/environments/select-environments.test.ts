import { type Environments, selectEnvironments } from "../../../lib";

const DEV = { domain: "example-dev.eu.auth0.com" };
const PROD = { domain: "example.eu.auth0.com" };
const CREDENTIALS = { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "planted-secret" };

const stackNames = (environments: Environments, variables: Record<string, string>) =>
  selectEnvironments(environments, variables).map(({ stackName }) => stackName);

describe("the environments of a run", () => {
  test("are all where AUTH0_DOMAIN is not set, without credentials", () => {
    const all = ["progressive-profiling-dev", "progressive-profiling-prod"];

    expect(stackNames({ dev: DEV, prod: PROD }, {})).toEqual(all);
    expect(stackNames({ dev: DEV, prod: PROD }, { AUTH0_DOMAIN: " " })).toEqual(all);
  });

  test.each([
    "example.eu.auth0.com",
    "https://example.eu.auth0.com",
    "Example.EU.auth0.com",
    "example.eu.auth0.com:443",
  ])("is the one of that tenant where AUTH0_DOMAIN is %s", (domain) => {
    const selected = selectEnvironments({ dev: DEV, prod: PROD }, { AUTH0_DOMAIN: domain, ...CREDENTIALS });

    expect(selected).toEqual([{ ...PROD, stackName: "progressive-profiling-prod" }]);
  });

  test("keep what they differ in, and have one spelling of the domain", () => {
    const differing = {
      domain: "Example.EU.auth0.com",
      profiling: { names: { form: "Profile" } },
      sampleApplication: false,
    };

    expect(selectEnvironments({ prod: differing } as Environments, {})).toEqual([
      { ...differing, domain: "example.eu.auth0.com", stackName: "progressive-profiling-prod" },
    ]);
  });

  test.each([
    ["localhost:9443", "localhost:9443", "localhost-9443"],
    ["localhost", "localhost", "localhost"],
    ["127.0.0.1:9443", "localhost:9443", "localhost-9443"],
  ])("is a stack of its own for the local tenant %s, which none of them is", (variable, domain, name) => {
    const selected = selectEnvironments({ dev: DEV }, { AUTH0_DOMAIN: variable, ...CREDENTIALS });

    expect(selected).toEqual([{ domain, stackName: `progressive-profiling-${name}` }]);
  });

  test("is the environment where the local tenant is one", () => {
    const variables = { AUTH0_DOMAIN: "localhost:9443", ...CREDENTIALS };

    expect(stackNames({ local: { domain: "localhost:9443" }, prod: PROD }, variables)).toEqual([
      "progressive-profiling-local",
    ]);
  });

  test("is the tenant of AUTH0_DOMAIN where there are no environments", () => {
    expect(selectEnvironments({}, { AUTH0_DOMAIN: "Example.eu.auth0.com", ...CREDENTIALS })).toEqual([
      { ...PROD, stackName: "progressive-profiling-example-eu-auth0-com" },
    ]);
  });

  test("fails when AUTH0_DOMAIN is of none of them, and names them", () => {
    expect(() => selectEnvironments({ dev: DEV, prod: PROD }, { AUTH0_DOMAIN: "other.eu.auth0.com" })).toThrow(
      'AUTH0_DOMAIN must be the domain of an environment, got "other.eu.auth0.com"; set it to one of theirs: ' +
        "dev (example-dev.eu.auth0.com), prod (example.eu.auth0.com)",
    );
  });

  test("fails when the credentials of that tenant are missing", () => {
    expect(() => selectEnvironments({ dev: DEV }, { AUTH0_DOMAIN: DEV.domain, AUTH0_CLIENT_ID: "id" })).toThrow(
      "AUTH0_CLIENT_SECRET is missing",
    );
  });

  test.each<Environments>([{}, { dev: DEV }])(
    "fails when AUTH0_DOMAIN holds a password, and does not print it: %j",
    (environments) => {
      const select = () => selectEnvironments(environments, { AUTH0_DOMAIN: "id:S3CRETx@t.auth0.com", ...CREDENTIALS });

      expect(select).toThrow("AUTH0_DOMAIN must be a domain without a path, got a text that may hold a password");
    },
  );

  test("fails when AUTH0_DOMAIN is an address", () => {
    expect(() => selectEnvironments({ dev: DEV }, { AUTH0_DOMAIN: `https://${DEV.domain}/`, ...CREDENTIALS })).toThrow(
      `AUTH0_DOMAIN must be a domain without a path, got "https://${DEV.domain}/"`,
    );
  });
});

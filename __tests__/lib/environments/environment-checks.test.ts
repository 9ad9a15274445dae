import { Token } from "cdktf";
import { type Environments, Stage, selectEnvironments, text } from "../../../lib";

const DEV = { domain: "example-dev.eu.auth0.com" };
const PROD = { domain: "example.eu.auth0.com" };
const CREDENTIALS = { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "planted-secret" };

/** What is wrong with environments that somebody wrote, be it without types. */
function problems(environments: unknown): readonly string[] {
  try {
    selectEnvironments(environments as Environments, {});
  } catch (error) {
    const { name, problems: found } = error as { name: string; problems: string[] };
    if (name === "ValidationError") {
      return found;
    }
    throw error;
  }
  return [];
}

describe("a bad configuration", () => {
  test("is one error with all problems of all environments", () => {
    const bad = {
      dev: { domain: "https://example-dev.eu.auth0.com/", backend: { type: "s3", bukket: "states" } },
      "Stage 1": DEV,
      prod: {
        domain: "example",
        backend: { type: "s4", bucket: "states" },
        profiling: { names: { from: "Profile" }, languages: { primary: "" }, stage: [] },
        sampleApplication: { url: "localhost" },
      },
      test: "example-test.eu.auth0.com",
      live: { clientSecret: "planted-secret", client_secret: "planted-secret", domian: "planted" },
    };

    expect(problems(bad)).toEqual([
      'environments.dev.domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "https://example-dev.eu.auth0.com/"',
      "environments.dev.backend.bucket is missing; give it",
      'environments.dev.backend has no field "bukket"; did you mean "bucket"?',
      'environments has the name "Stage 1"; the stack and its state are named after it, so choose 1 to 40 lower-case letters, digits and "-", a letter first and no "-" last',
      'environments.prod.domain must be the whole domain, e.g. "example.eu.auth0.com", got "example"',
      'environments.prod.backend.type is "s4", which is none; the types are local, s3, cloud, remote, pg, gcs, azurerm; did you mean "s3"?',
      'environments.prod.profiling has no field "stage"; did you mean "stages"?',
      'environments.prod.profiling: names has no field "from"; did you mean "form"?',
      'environments.prod.profiling: languages.primary must have 1 to 55 characters, got 0 in ""; give more',
      'environments.prod.sampleApplication: url must be an http(s) address without a slash at the end, got "localhost"',
      "environments.test must be an object, got a text",
      "environments.live.domain is missing; give it",
      "environments.live.clientSecret is a credential, which no file should hold; leave it out and set AUTH0_CLIENT_SECRET",
      "environments.live.client_secret is a credential, which no file should hold; leave it out and set AUTH0_CLIENT_SECRET",
      'environments.live has no field "domian"; did you mean "domain"?',
    ]);
  });

  test.each<[string, unknown, string]>([
    [
      "no object",
      undefined,
      'environments must be an object such as { dev: { domain: "example-dev.eu.auth0.com" } }, got undefined',
    ],
    [
      "a list",
      [DEV],
      'environments must be an object such as { dev: { domain: "example-dev.eu.auth0.com" } }, got a list of 1',
    ],
    [
      "an empty domain",
      { dev: { domain: "" } },
      'environments.dev.domain must be a text of one or more characters, got ""',
    ],
    [
      "a domain that is no text",
      { dev: { domain: 5 } },
      "environments.dev.domain must be a text of one or more characters, got 5",
    ],
    [
      "a domain with a password",
      { dev: { domain: "https://id:planted-secret@example.eu.auth0.com" } },
      "environments.dev.domain holds a password, which no file should; take it out and set the environment variable for it",
    ],
    [
      "a domain that is known at apply",
      { dev: { domain: Token.asString({ resolve: () => "x" }) } },
      "environments.dev.domain must be known when the stack is built, but is a token; give it as a text",
    ],
    [
      "a field that is like no other",
      { dev: { ...DEV, region: "eu" } },
      'environments.dev has no field "region"; its fields are domain, backend, profiling, sampleApplication',
    ],
    [
      "a client, which only the stack can make",
      { dev: { ...DEV, profiling: { client: { clientId: "id", clientSecret: "planted-secret" } } } },
      'environments.dev.profiling has no field "client"; its fields are stages, names, languages, ask, stagesPerLogin, saveBy, sourceFile, connectionId, scopes, secretVersion, whenSavingFails, domain, css, messages, translations, hiddenFields, ending',
    ],
    [
      "a sample application that is no object",
      { dev: { ...DEV, sampleApplication: true } },
      "environments.dev.sampleApplication must be an object, got true",
    ],
    [
      "a backend that is a connection string",
      { dev: { ...DEV, backend: "postgres://u:planted-secret@host/states" } },
      'environments.dev.backend must be an object such as { type: "s3", bucket: "states" }, got a text',
    ],
  ])("is named when it is %s", (_, environments, problem) => {
    expect(problems(environments)).toEqual([problem]);
  });

  const SECRET = "S3CRETx";

  test.each<[string, unknown, string]>([
    ["environments", `https://u:${SECRET}@example.eu.auth0.com`, "must be an object such as"],
    ["an environment", { dev: SECRET }, "environments.dev must be an object, got a text"],
    [
      "an environment's name",
      { [`https://u:${SECRET}@x`]: { domain: "x" } },
      "environments has the name a text that may",
    ],
    ["a backend", { dev: { ...DEV, backend: SECRET } }, "got a text"],
    [
      "a domain without scheme",
      { dev: { domain: `id:${SECRET}@t.auth0.com` } },
      "environments.dev.domain must be a host",
    ],
    ["a list for a domain", { dev: { domain: [SECRET] } }, "got a list of 1"],
    [
      "profiling.domain",
      { dev: { ...DEV, profiling: { domain: `https://u:${SECRET}@x` } } },
      "profiling: domain must be",
    ],
    ["an object as a Vault connection", profiling({ connectionId: { clientSecret: SECRET } }), "got an object;"],
    ["the id of a Vault connection", profiling({ connectionId: SECRET }), "got a text;"],
    ["secretVersion", profiling({ secretVersion: { secret: SECRET } }), "secretVersion must be a text, got an object"],
    ["a name", profiling({ names: { form: { password: SECRET } } }), "names.form must be a text, got an object"],
    ["names", profiling({ names: { clientSecret: SECRET } }), 'names has no field "clientSecret"'],
    ["a stage", profiling({ stages: [{ clientSecret: SECRET }] }), "stages[0] must be a stage, got an object"],
    ["stages", profiling({ stages: SECRET }), "stages must be a list of stages, got a text"],
    ["scopes", profiling({ scopes: SECRET }), "scopes must be a list of texts, got a text"],
    [
      "the sample application's url",
      sample({ url: `https://u:${SECRET}@x/` }),
      "sampleApplication.url holds a password",
    ],
    [
      "the sample application's name",
      sample({ name: { secret: SECRET } }),
      "sampleApplication.name must be a text of one",
    ],
  ])("does not show a secret that was given for %s", (_, environments, problem) => {
    const found = problems(environments);

    expect(found.join("\n")).toContain(problem);
    expect(found.join("\n").toLowerCase()).not.toContain(SECRET.toLowerCase());
  });

  test("shows no password of a tenant that two environments have, and says what is wrong once for each", () => {
    const domain = `https://u:${SECRET}@example.eu.auth0.com`;
    const hidden = "domain holds a password, which no file should; take it out and set the environment variable for it";

    expect(problems({ dev: { domain }, prod: { domain } })).toEqual([
      `environments.dev.${hidden}`,
      `environments.prod.${hidden}`,
    ]);
  });

  test("is told once of the sample application's url where it holds a password", () => {
    expect(problems(sample({ url: `https://u:${SECRET}@x/` }))).toHaveLength(1);
  });

  test.each([
    ["AUTH0_CLIENT_SECRET", "AUTH0_CLIENT_SECRET"],
    ["clientSecret", "AUTH0_CLIENT_SECRET"],
    ["secret", "AUTH0_CLIENT_SECRET"],
    ["apiToken", "AUTH0_API_TOKEN"],
    ["AUTH0_API_TOKEN", "AUTH0_API_TOKEN"],
    ["AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"],
  ])("says where the credential %s belongs, wherever it was given", (name, variable) => {
    const credential = { [name]: SECRET };
    const problem = (path: string) =>
      `${path}.${name} is a credential, which no file should hold; leave it out and set ${variable}`;

    expect(problems({ dev: { ...DEV, ...credential } })).toEqual([problem("environments.dev")]);
    expect(problems(profiling(credential))).toEqual([problem("environments.dev.profiling")]);
    expect(problems(sample(credential))).toEqual([problem("environments.dev.sampleApplication")]);
    expect(problems({ dev: DEV, ...credential })).toEqual([problem("environments")]);
  });

  test("may hold itself", () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;

    expect(problems({ dev: { domain: circular, profiling: { names: { form: circular } } } })).toEqual([
      "environments.dev.domain must be a text of one or more characters, got an object",
      "environments.dev.profiling: names.form must be a text, got an object",
    ]);
  });

  function profiling(props: object): unknown {
    return { dev: { ...DEV, profiling: props } };
  }

  function sample(props: object): unknown {
    return { dev: { ...DEV, sampleApplication: props } };
  }

  test("names a stage that could never be left, with its environment", () => {
    const stages = [Stage.untilAnswered("team", { components: [text("team", { label: "Team", required: true })] })];

    expect(problems({ dev: { ...DEV, profiling: { stages } } })).toEqual([
      'environments.dev.profiling: stage "team" has no next button, so nobody could leave it; add nextButton()',
    ]);
  });
});

describe("two environments", () => {
  test.each<[string, Environments]>([
    ["the domain", { dev: { domain: "Example.eu.auth0.com" }, prod: PROD }],
    ["the tenant behind a custom domain", { dev: PROD, prod: { domain: "login.example.com", profiling: PROD } }],
  ])("may not share %s", (_, environments) => {
    expect(problems(environments)).toEqual([
      'environments.prod has the tenant "example.eu.auth0.com", as environments.dev has; ' +
        "a deploy of one would change the other, so give each a tenant of its own",
    ]);
  });

  test("may not share a local tenant by the two names of this machine, nor does AUTH0_DOMAIN tell them apart", () => {
    const dev = { domain: "localhost:9443" };

    expect(problems({ dev, prod: { domain: "127.0.0.1:9443" } })).toEqual([
      expect.stringContaining('environments.prod has the tenant "localhost:9443", as environments.dev has'),
    ]);
    expect(selectEnvironments({ dev }, { AUTH0_DOMAIN: "127.0.0.1:9443", ...CREDENTIALS })).toEqual([
      { ...dev, stackName: "progressive-profiling-dev" },
    ]);
  });

  test.each<[string, Environments["dev"]["backend"], Environments["dev"]["backend"], string]>([
    ["a bucket's key", { type: "s3", bucket: "b", key: "k" }, { type: "s3", bucket: "b", key: "k" }, "s3://b/k"],
    [
      "the default key of the other",
      { type: "s3", bucket: "b" },
      { type: "s3", bucket: "b", key: "progressive-profiling-dev/terraform.tfstate" },
      "s3://b/progressive-profiling-dev/terraform.tfstate",
    ],
    [
      "a key on a server of their own",
      { type: "s3", bucket: "b", key: "k", endpoints: { s3: "http://localhost:7070" } },
      { type: "s3", bucket: "b", key: "k", endpoints: { s3: "http://localhost:7070/" } },
      "http://localhost:7070/b/k",
    ],
    [
      "a schema",
      { type: "pg", schemaName: "states" },
      { type: "pg", schemaName: "states" },
      "PG_CONN_STR, schema states",
    ],
    ["a prefix", { type: "gcs", bucket: "b", prefix: "p" }, { type: "gcs", bucket: "b", prefix: "p/" }, "gs://b/p"],
    [
      "a blob",
      { type: "azurerm", storageAccountName: "a", containerName: "c", key: "k" },
      { type: "azurerm", storageAccountName: "a", containerName: "c", key: "k" },
      "blob a/c/k",
    ],
    [
      "a workspace",
      { type: "cloud", organization: "o", workspace: "w" },
      { type: "remote", organization: "o", workspace: "w", hostname: "app.terraform.io" },
      "the workspace w of app.terraform.io/o",
    ],
    [
      "the tags of workspaces",
      { type: "cloud", organization: "o", tags: ["a", "b"] },
      { type: "cloud", organization: "o", tags: ["b", "a"] },
      "the workspaces tagged a, b of app.terraform.io/o",
    ],
    ["a key", { type: "s3", bucket: "b", key: "k" }, { type: "s3", bucket: "b", key: "/k" }, "s3://b/k"],
    [
      "a key on Amazon's server",
      { type: "s3", bucket: "b", key: "k" },
      { type: "s3", bucket: "b", key: "k", endpoints: { s3: "https://s3.eu-central-1.amazonaws.com/" } },
      "s3://b/k",
    ],
    [
      "a schema of one database, whoever connects to it",
      { type: "pg", schemaName: "s", connStr: "postgres://a@db/states" },
      { type: "pg", schemaName: "s", connStr: "postgres://b@DB:5432/states?sslmode=require" },
      "postgres://db:5432/states, schema s",
    ],
    [
      "a schema of one database, in both spellings",
      { type: "pg", schemaName: "s", connStr: "host=/run/pg user=a dbname='states'" },
      { type: "pg", schemaName: "s", connStr: "postgres:///states?host=/run/pg" },
      "postgres:///run/pg:5432/states, schema s",
    ],
    [
      "a schema, where one is in the database that the environment names",
      { type: "pg", schemaName: "s", connStr: "postgres://a@db/states" },
      { type: "pg", schemaName: "s" },
      "PG_CONN_STR, schema s",
    ],
    [
      "a prefix behind a slash",
      { type: "gcs", bucket: "b", prefix: "p" },
      { type: "gcs", bucket: "b", prefix: "/p" },
      "gs://b/p",
    ],
    [
      "a blob of one account",
      { type: "azurerm", storageAccountName: "a", containerName: "c", key: "k" },
      { type: "azurerm", storageAccountName: "A", containerName: "c", key: "k" },
      "blob a/c/k",
    ],
    [
      "a workspace of one organization",
      { type: "cloud", organization: "o", workspace: "w" },
      { type: "remote", organization: "O", workspace: "w", hostname: "App.Terraform.io" },
      "the workspace w of app.terraform.io/o",
    ],
    [
      "the workspaces of a tag",
      { type: "cloud", organization: "o", tags: ["x"] },
      { type: "cloud", organization: "o", tags: ["y", "x"] },
      "the workspaces tagged x, y of app.terraform.io/o",
    ],
    ["a file", { type: "local", path: "/states/x" }, { type: "local", path: "/states/./x" }, "/states/x"],
  ])("may not share %s", (_, dev, prod, location) => {
    expect(problems({ dev: { ...DEV, backend: dev }, prod: { ...PROD, backend: prod } })).toEqual([
      `environments.prod.backend has the state of environments.dev (${location}); ` +
        "give each a place of its own, or leave the names in it to the defaults, which differ",
    ]);
  });

  test.each<[string, Environments["dev"]["backend"], Environments["dev"]["backend"]]>([
    ["one bucket", { type: "s3", bucket: "b" }, { type: "s3", bucket: "b" }],
    ["one key of two buckets", { type: "s3", bucket: "b", key: "k" }, { type: "s3", bucket: "c", key: "k" }],
    ["one database", { type: "pg" }, { type: "pg" }],
    [
      "one schema name of two databases",
      { type: "pg", connStr: "postgres://a/states", schemaName: "s" },
      { type: "pg", connStr: "postgres://b/states", schemaName: "s" },
    ],
    ["one bucket of Google's", { type: "gcs", bucket: "b" }, { type: "gcs", bucket: "b" }],
    ["one organization", { type: "cloud", organization: "o" }, { type: "remote", organization: "o" }],
    [
      "one tag and another",
      { type: "cloud", organization: "o", tags: ["x", "dev"] },
      { type: "cloud", organization: "o", tags: ["x", "prod"] },
    ],
    [
      "two databases of one server",
      { type: "pg", schemaName: "s", connStr: "postgres://db/dev" },
      { type: "pg", schemaName: "s", connStr: "host=db dbname=prod" },
    ],
    ["no backend", undefined, undefined],
  ])("may have %s", (_, dev, prod) => {
    expect(problems({ dev: { ...DEV, backend: dev }, prod: { ...PROD, backend: prod } })).toEqual([]);
  });
});

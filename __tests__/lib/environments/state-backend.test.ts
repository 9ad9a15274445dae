import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, defineStateBackend, type StateBackend } from "../../../lib";
import { devStack } from "../../support/stack";
import { Template } from "../../support/template";

function synthesised(backend?: StateBackend): object {
  const stack = devStack();
  defineStateBackend(stack, backend);
  const { required_providers: _, ...terraform } = Template.of(stack).json.terraform ?? {};
  return terraform;
}

describe("what is not given", () => {
  test.each<[string, StateBackend | undefined, object]>([
    ["no backend", undefined, { backend: { local: { path: resolve("terraform.dev.tfstate") } } }],
    ["local", { type: "local" }, { backend: { local: { path: resolve("terraform.dev.tfstate") } } }],
    [
      "s3",
      { type: "s3", bucket: "b" },
      { backend: { s3: { bucket: "b", key: "dev/terraform.tfstate", encrypt: true, use_lockfile: true } } },
    ],
    [
      "s3 with a table that locks",
      { type: "s3", bucket: "b", dynamodbTable: "t" },
      { backend: { s3: { bucket: "b", key: "dev/terraform.tfstate", encrypt: true, dynamodb_table: "t" } } },
    ],
    [
      "s3 for an engine without lock files",
      { type: "s3", bucket: "b", useLockfile: false },
      { backend: { s3: { bucket: "b", key: "dev/terraform.tfstate", encrypt: true } } },
    ],
    ["cloud", { type: "cloud", organization: "o" }, { cloud: { organization: "o", workspaces: { name: "dev" } } }],
    [
      "remote",
      { type: "remote", organization: "o" },
      { backend: { remote: { organization: "o", workspaces: { name: "dev" } } } },
    ],
    ["pg", { type: "pg" }, { backend: { pg: { schema_name: "dev" } } }],
    ["gcs", { type: "gcs", bucket: "b" }, { backend: { gcs: { bucket: "b", prefix: "dev" } } }],
    [
      "azurerm",
      { type: "azurerm", storageAccountName: "a", containerName: "c" },
      { backend: { azurerm: { storage_account_name: "a", container_name: "c", key: "dev.tfstate" } } },
    ],
  ])("comes from the stack's name: %s", (_, backend, terraform) => {
    expect(synthesised(backend)).toEqual(terraform);
  });

  test("null is not given, as undefined", () => {
    const backend = { type: "s3", bucket: "b", key: null, region: undefined, encrypt: null, assumeRole: null };

    expect(synthesised(backend as unknown as StateBackend)).toEqual(synthesised({ type: "s3", bucket: "b" }));
  });

  test("a schema's name is one that SQL takes without quotes", () => {
    const stack = new TerraformStack(
      new App({ outdir: mkdtempSync(join(tmpdir(), "out-")) }),
      "progressive-profiling-dev",
    );
    new Auth0Provider(stack, "auth0");
    defineStateBackend(stack, { type: "pg" });

    expect(Template.of(stack).json.terraform?.backend).toEqual({ pg: { schema_name: "progressive_profiling_dev" } });
  });
});

describe("a bad backend", () => {
  const problems = (backend: unknown) => {
    try {
      defineStateBackend(devStack(), backend as StateBackend);
    } catch (error) {
      return (error as Error).message.split("\n");
    }
    return [];
  };

  test("is one error with all its problems", () => {
    const bad = {
      type: "s3",
      key: "",
      regoin: "eu",
      use_lockfile: true,
      encrypt: "yes",
      endpoints: { S3: "http://localhost" },
      assumeRole: { externalId: 5 },
    };

    expect(problems(bad)).toEqual([
      "8 problems",
      "  [dev] backend.bucket is missing; give it",
      '  [dev] backend.key must be a text of one or more characters, got ""',
      '  [dev] backend has no field "regoin"; did you mean "region"?',
      '  [dev] backend has no field "use_lockfile"; did you mean "useLockfile"?',
      '  [dev] backend.encrypt must be true or false, got "yes"',
      '  [dev] backend.endpoints has no field "S3"; did you mean "s3"?',
      "  [dev] backend.assumeRole.roleArn is missing; give it",
      "  [dev] backend.assumeRole.externalId must be a text of one or more characters, got 5",
    ]);
  });

  test.each<[string, unknown, string]>([
    ["no object", "s3", 'backend must be an object such as { type: "s3", bucket: "states" }, got a text'],
    ["without type", {}, "backend.type is missing; the types are local, s3, cloud, remote, pg, gcs, azurerm"],
    [
      "of a type that is none",
      { type: "postgres" },
      'backend.type is "postgres", which is none; the types are local, s3, cloud, remote, pg, gcs, azurerm',
    ],
    [
      "nearly of a type",
      { type: "azure_rm" },
      'backend.type is "azure_rm", which is none; the types are local, s3, cloud, remote, pg, gcs, azurerm; did you mean "azurerm"?',
    ],
    [
      "with no tags in its list",
      { type: "cloud", organization: "o", tags: [] },
      "backend.tags must be a list of one or more texts, got a list of 0",
    ],
    ["of a type as objects have it", { type: "toString" }, 'backend.type is "toString", which is none; the types are'],
    [
      "of two minds",
      { type: "cloud", organization: "o", workspace: "w", tags: ["t"] },
      "backend has both workspace and tags; leave one of them out",
    ],
  ])("is named when it is %s", (_, backend, problem) => {
    expect(problems(backend)).toEqual(["1 problem", expect.stringContaining(`  [dev] ${problem}`)]);
  });

  const PLANTED = "planted-secret";

  test.each<[string, Record<string, unknown>, string]>([
    ["accessKey", { type: "s3", bucket: "b", accessKey: PLANTED }, "AWS_ACCESS_KEY_ID"],
    ["secretKey", { type: "s3", bucket: "b", secretKey: PLANTED }, "AWS_SECRET_ACCESS_KEY"],
    ["secret_key", { type: "s3", bucket: "b", secret_key: PLANTED }, "AWS_SECRET_ACCESS_KEY"],
    ["token", { type: "s3", bucket: "b", token: PLANTED }, "AWS_SESSION_TOKEN"],
    ["sseCustomerKey", { type: "s3", bucket: "b", sseCustomerKey: PLANTED }, "AWS_SSE_CUSTOMER_KEY"],
    ["endpoints", { type: "s3", bucket: "b", endpoints: { s3: `http://u:${PLANTED}@h` } }, "environment variable"],
    ["endpoints", { type: "s3", bucket: "b", endpoints: `http://u:${PLANTED}@h` }, "must be an object, got a text"],
    ["token", { type: "cloud", organization: "o", token: PLANTED }, "TF_TOKEN_<hostname>"],
    ["token", { type: "remote", organization: "o", token: PLANTED }, "TF_TOKEN_<hostname>"],
    ["connStr", { type: "pg", connStr: `postgres://u:${PLANTED}@h/d` }, "PGPASSWORD"],
    ["connStr", { type: "pg", connStr: `postgres://u:${PLANTED}/@h/d` }, "PGPASSWORD"],
    ["connStr", { type: "pg", connStr: `postgres://h/d?password=${PLANTED}` }, "PGPASSWORD"],
    ["connStr", { type: "pg", connStr: `host=h password = '${PLANTED}'` }, "PGPASSWORD"],
    ["password", { type: "pg", password: PLANTED }, "PGPASSWORD"],
    ["credentials", { type: "gcs", bucket: "b", credentials: PLANTED }, "GOOGLE_CREDENTIALS"],
    ["accessToken", { type: "gcs", bucket: "b", accessToken: PLANTED }, "GOOGLE_OAUTH_ACCESS_TOKEN"],
    ["encryptionKey", { type: "gcs", bucket: "b", encryptionKey: PLANTED }, "GOOGLE_ENCRYPTION_KEY"],
    ...(
      [
        ["accessKey", "ARM_ACCESS_KEY"],
        ["sasToken", "ARM_SAS_TOKEN"],
        ["clientSecret", "ARM_CLIENT_SECRET"],
        ["clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
        ["oidcToken", "ARM_OIDC_TOKEN"],
        ["oidcRequestToken", "ARM_OIDC_REQUEST_TOKEN"],
      ] as const
    ).map(([name, variable]): [string, Record<string, unknown>, string] => [
      name,
      { type: "azurerm", storageAccountName: "a", containerName: "c", [name]: PLANTED },
      variable,
    ]),
  ])("with a credential in %s is refused: %j", (name, backend, place) => {
    const [count, problem, ...others] = problems(backend);

    expect(count).toBe("1 problem");
    expect(problem).toContain(`backend.${name}`);
    expect(problem).toContain(place);
    expect(others).toEqual([]);
    expect(problem).not.toContain(PLANTED);
  });

  test("a user without a password is no credential", () => {
    expect(problems({ type: "pg", connStr: "postgres://terraform@db.example.com:5432/states?passfile=x" })).toEqual([]);
    expect(problems({ type: "pg", connStr: "host=db.example.com user=terraform dbname=states" })).toEqual([]);
  });
});

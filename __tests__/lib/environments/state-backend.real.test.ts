import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rootCertificates } from "node:tls";
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, defineStateBackend, type StateBackend } from "../../../lib";
import { devStack } from "../../support/stack";
import { Template } from "../../support/template";

const folder = mkdtempSync(join(tmpdir(), "state-backend-"));
const authorities = join(folder, "authorities.pem");
writeFileSync(authorities, rootCertificates[0] ?? "");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each with every setting it has, and what the engine, which nobody answers here, ends with once it has read them all. */
const COMPLETE: Record<string, readonly [backend: StateBackend, terraform: object, end: RegExp]> = {
  local: [
    { type: "local", path: "states/${name}.tfstate" },
    { backend: { local: { path: resolve("states/$${name}.tfstate") } } },
    /successfully initialized/,
  ],
  s3: [
    {
      type: "s3",
      bucket: "states",
      key: "login.tfstate",
      region: "eu-central-1",
      useLockfile: true,
      dynamodbTable: "locks",
      encrypt: false,
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/9b2c1d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d",
      profile: "deploy",
      assumeRole: {
        roleArn: "arn:aws:iam::123456789012:role/states",
        externalId: "external",
        sessionName: "session",
        duration: "1h",
      },
      endpoints: {
        s3: "http://127.0.0.1:1",
        dynamodb: "http://127.0.0.1:1",
        iam: "http://127.0.0.1:1",
        sso: "http://127.0.0.1:1",
        sts: "http://127.0.0.1:1",
      },
      usePathStyle: true,
      customCaBundle: authorities,
      skipCredentialsValidation: true,
      skipMetadataApiCheck: true,
      skipRegionValidation: true,
      skipRequestingAccountId: false,
      skipS3Checksum: true,
    },
    {
      backend: {
        s3: {
          bucket: "states",
          key: "login.tfstate",
          region: "eu-central-1",
          use_lockfile: true,
          dynamodb_table: "locks",
          encrypt: false,
          kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/9b2c1d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d",
          profile: "deploy",
          assume_role: {
            role_arn: "arn:aws:iam::123456789012:role/states",
            external_id: "external",
            session_name: "session",
            duration: "1h",
          },
          endpoints: {
            s3: "http://127.0.0.1:1",
            dynamodb: "http://127.0.0.1:1",
            iam: "http://127.0.0.1:1",
            sso: "http://127.0.0.1:1",
            sts: "http://127.0.0.1:1",
          },
          use_path_style: true,
          custom_ca_bundle: authorities,
          skip_credentials_validation: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_requesting_account_id: false,
          skip_s3_checksum: true,
        },
      },
    },
    /failed to get shared config profile, deploy/,
  ],
  cloud: [
    { type: "cloud", organization: "example", workspace: "login", project: "identity", hostname: "localhost:1" },
    {
      cloud: {
        organization: "example",
        hostname: "localhost:1",
        workspaces: { name: "login", project: "identity" },
      },
    },
    /connection refused/,
  ],
  "cloud with tags": [
    { type: "cloud", organization: "example", tags: ["login"], project: "identity", hostname: "localhost:1" },
    {
      cloud: {
        organization: "example",
        hostname: "localhost:1",
        workspaces: { tags: ["login"], project: "identity" },
      },
    },
    /connection refused/,
  ],
  remote: [
    { type: "remote", organization: "example", workspace: "login", hostname: "localhost:1" },
    { backend: { remote: { organization: "example", hostname: "localhost:1", workspaces: { name: "login" } } } },
    /connection refused/,
  ],
  pg: [
    {
      type: "pg",
      connStr: "postgres://terraform@127.0.0.1:1/states?sslmode=disable",
      schemaName: "login",
      skipSchemaCreation: true,
      skipTableCreation: true,
      skipIndexCreation: true,
    },
    {
      backend: {
        pg: {
          conn_str: "postgres://terraform@127.0.0.1:1/states?sslmode=disable",
          schema_name: "login",
          skip_schema_creation: true,
          skip_table_creation: true,
          skip_index_creation: true,
        },
      },
    },
    /connection refused/,
  ],
  gcs: [
    {
      type: "gcs",
      bucket: "states",
      prefix: "login",
      kmsEncryptionKey: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
      impersonateServiceAccount: "states@example.iam.gserviceaccount.com",
    },
    {
      backend: {
        gcs: {
          bucket: "states",
          prefix: "login",
          kms_encryption_key: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
          impersonate_service_account: "states@example.iam.gserviceaccount.com",
        },
      },
    },
    /missing 'type' field in credentials/,
  ],
  azurerm: [
    {
      type: "azurerm",
      storageAccountName: "states",
      containerName: "states",
      key: "login.tfstate",
      resourceGroupName: "states",
      subscriptionId: "00000000-0000-4000-8000-000000000001",
      tenantId: "00000000-0000-4000-8000-000000000002",
      clientId: "00000000-0000-4000-8000-000000000003",
      useAzureadAuth: true,
      useOidc: false,
      useMsi: false,
      environment: "public",
    },
    {
      backend: {
        azurerm: {
          storage_account_name: "states",
          container_name: "states",
          key: "login.tfstate",
          resource_group_name: "states",
          subscription_id: "00000000-0000-4000-8000-000000000001",
          tenant_id: "00000000-0000-4000-8000-000000000002",
          client_id: "00000000-0000-4000-8000-000000000003",
          use_azuread_auth: true,
          use_oidc: false,
          use_msi: false,
          environment: "public",
        },
      },
    },
    /unable to build authorizer|Azure CLI/i,
  ],
};

function synthesised(backend?: StateBackend): object {
  const stack = devStack();
  defineStateBackend(stack, backend);
  const { required_providers: _, ...terraform } = Template.of(stack).json.terraform ?? {};
  return terraform;
}

/** What the real engine says when it initialises a stack with the backend; the variables lead nowhere. */
function init(define: (stack: TerraformStack) => void): string {
  const outdir = mkdtempSync(join(folder, "out-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "dev");
  new Auth0Provider(stack, "auth0");
  define(stack);
  app.synth();
  const nowhere = join(folder, "nowhere");
  const { stdout, stderr } = spawnSync(
    process.env.TERRAFORM_BINARY_NAME ?? "terraform",
    ["init", "-input=false", "-no-color"],
    {
      cwd: join(outdir, "stacks", "dev"),
      encoding: "utf8",
      env: {
        ...process.env,
        HOME: nowhere,
        PATH: nowhere,
        AWS_SHARED_CREDENTIALS_FILE: nowhere,
        AWS_CONFIG_FILE: nowhere,
        GOOGLE_CREDENTIALS: "{}",
        PG_CONN_STR: "postgres://127.0.0.1:1/states",
      },
    },
  );
  return `${stdout}${stderr}`;
}

test.each(Object.entries(COMPLETE))(
  "%s: every setting is the engine's own, which gets as far as the place itself",
  (_, [backend, terraform, end]) => {
    expect(synthesised(backend)).toEqual(terraform);
    expect(init((stack) => defineStateBackend(stack, backend))).toMatch(end);
  },
);

test("a setting that the engine does not know would not get that far", () => {
  const said = init((stack) =>
    defineStateBackend(stack, { type: "pg", connStr: "postgres://127.0.0.1:1/states" }).addOverride("schema", "states"),
  );

  expect(said).toMatch(/No argument or block type is named "schema"|Extraneous JSON object property/);
  expect(said).not.toContain("connection refused");
});

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
      new App({ outdir: mkdtempSync(join(folder, "out-")) }),
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

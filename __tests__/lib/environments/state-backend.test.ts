import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, defineStateBackend, type StateBackend } from "../../../lib";
import { completeBackends } from "../../support/complete-backends";
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

describe("what is given", () => {
  test.each(Object.entries(completeBackends("/etc/authorities.pem")))(
    "is the engine's setting of that name: %s",
    (_, [backend, terraform]) => {
      expect(synthesised(backend)).toEqual(terraform);
    },
  );

  test("is text to the engine, in a list and in an object too", () => {
    const { backend } = synthesised({
      type: "s3",
      bucket: "${b}",
      key: "${k}",
      assumeRole: { roleArn: "${r}" },
    }) as Record<string, Record<string, object>>;
    const tagged = { type: "cloud", organization: "${o}", tags: ["${t}"], project: "%{p}", hostname: "${h}" } as const;

    expect(backend?.s3).toMatchObject({ bucket: "$${b}", key: "$${k}", assume_role: { role_arn: "$${r}" } });
    expect(synthesised(tagged)).toEqual({
      cloud: {
        organization: "$${o}",
        hostname: "$${h}",
        workspaces: { tags: ["$${t}"], project: "%%{p}" },
      },
    });
    expect(synthesised({ type: "pg", schemaName: "${s}" })).toEqual({ backend: { pg: { schema_name: "$${s}" } } });
    expect(synthesised({ type: "gcs", bucket: "b", prefix: "${p}" })).toEqual({
      backend: { gcs: { bucket: "b", prefix: "$${p}" } },
    });
    expect(synthesised({ type: "azurerm", storageAccountName: "a", containerName: "c", key: "${k}" })).toEqual({
      backend: { azurerm: { storage_account_name: "a", container_name: "c", key: "$${k}" } },
    });
  });

  test.each<[StateBackend]>([
    [{ type: "cloud", organization: "o", workspace: "w" }],
    [{ type: "cloud", organization: "o", tags: ["t"] }],
  ])("may be a workspace or tags: %j", (backend) => {
    expect(() => synthesised(backend)).not.toThrow();
  });

  test("of a workspace is no conflict for a type that has no tags", () => {
    const backend = { type: "remote", organization: "o", workspace: "w", tags: ["t"] } as unknown as StateBackend;

    expect(() => synthesised(backend)).toThrow(
      new Error(
        '1 problem\n  [dev] backend has no field "tags"; its fields are type, organization, workspace, hostname',
      ),
    );
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
    [
      "of a type as objects have it",
      { type: "toString" },
      'backend.type is "toString", which is none; the types are local, s3, cloud, remote, pg, gcs, azurerm',
    ],
    [
      "of a type that is no text",
      { type: 5 },
      "backend.type is 5, which is none; the types are local, s3, cloud, remote, pg, gcs, azurerm",
    ],
    [
      "of the type null",
      { type: null },
      "backend.type is missing; the types are local, s3, cloud, remote, pg, gcs, azurerm",
    ],
    [
      "of two minds",
      { type: "cloud", organization: "o", workspace: "w", tags: ["t"] },
      "backend has both workspace and tags; leave one of them out",
    ],
  ])("is named when it is %s", (_, backend, problem) => {
    expect(problems(backend)).toEqual(["1 problem", `  [dev] ${problem}`]);
  });

  const PLANTED = "planted-secret";

  const HCP = "TF_TOKEN_<hostname>, e.g. TF_TOKEN_app_terraform_io, or run `terraform login`";
  const credential = (variable: string) =>
    `is a credential, which no file should hold; leave it out and set ${variable}`;
  const password = (variable: string) => `holds a password, which no file should; take it out and set ${variable}`;
  const CONNECTION = password("PGPASSWORD, or PG_CONN_STR to the whole of it");

  test.each<[string, Record<string, unknown>, string]>([
    ["accessKey", { type: "s3", bucket: "b", accessKey: PLANTED }, credential("AWS_ACCESS_KEY_ID")],
    ["secretKey", { type: "s3", bucket: "b", secretKey: PLANTED }, credential("AWS_SECRET_ACCESS_KEY")],
    ["secret_key", { type: "s3", bucket: "b", secret_key: PLANTED }, credential("AWS_SECRET_ACCESS_KEY")],
    ["token", { type: "s3", bucket: "b", token: PLANTED }, credential("AWS_SESSION_TOKEN")],
    ["sseCustomerKey", { type: "s3", bucket: "b", sseCustomerKey: PLANTED }, credential("AWS_SSE_CUSTOMER_KEY")],
    [
      "endpoints.s3",
      { type: "s3", bucket: "b", endpoints: { s3: `http://u:${PLANTED}@h` } },
      password("the environment variable for it"),
    ],
    ["endpoints", { type: "s3", bucket: "b", endpoints: `http://u:${PLANTED}@h` }, "must be an object, got a text"],
    ["token", { type: "cloud", organization: "o", token: PLANTED }, credential(HCP)],
    ["token", { type: "remote", organization: "o", token: PLANTED }, credential(HCP)],
    ["connStr", { type: "pg", connStr: `postgres://u:${PLANTED}@h/d` }, CONNECTION],
    ["connStr", { type: "pg", connStr: `postgres://u:${PLANTED}/@h/d` }, CONNECTION],
    ["connStr", { type: "pg", connStr: `postgres://h/d?password=${PLANTED}` }, CONNECTION],
    ["connStr", { type: "pg", connStr: `host=h password = '${PLANTED}'` }, CONNECTION],
    ["password", { type: "pg", password: PLANTED }, credential("PGPASSWORD")],
    ["credentials", { type: "gcs", bucket: "b", credentials: PLANTED }, credential("GOOGLE_CREDENTIALS")],
    ["accessToken", { type: "gcs", bucket: "b", accessToken: PLANTED }, credential("GOOGLE_OAUTH_ACCESS_TOKEN")],
    ["encryptionKey", { type: "gcs", bucket: "b", encryptionKey: PLANTED }, credential("GOOGLE_ENCRYPTION_KEY")],
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
      credential(variable),
    ]),
  ])("with a credential in %s is refused: %j", (name, backend, problem) => {
    const found = problems(backend);

    expect(found).toEqual(["1 problem", `  [dev] backend.${name} ${problem}`]);
    expect(found.join("\n")).not.toContain(PLANTED);
  });

  test("a user without a password is no credential", () => {
    expect(problems({ type: "pg", connStr: "postgres://terraform@db.example.com:5432/states?passfile=x" })).toEqual([]);
    expect(problems({ type: "pg", connStr: "host=db.example.com user=terraform dbname=states" })).toEqual([]);
  });
});

import { resolve } from "node:path";
import type { StateBackend } from "../../lib";

type CompleteBackend = readonly [backend: StateBackend, terraform: object, end: RegExp];

/**
 * Each with every setting it has, and what the engine, which nobody answers here, ends with once it has read them all.
 *
 * @param authorities a file of certificates
 */
export const completeBackends = (authorities: string): Readonly<Record<string, CompleteBackend>> => ({
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
});

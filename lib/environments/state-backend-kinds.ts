import { resolve } from "node:path";
import {
  AzurermBackend,
  CloudBackend,
  GcsBackend,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  PgBackend,
  type PgBackendConfig,
  RemoteBackend,
  S3Backend,
  TaggedCloudWorkspaces,
  type TerraformBackend,
  type TerraformStack,
} from "cdktf";
import { type Fields, type FieldsOf, flag, list, object, requiredText, secret, text } from "../fields";
import { literal } from "../terraform-text";
import type {
  AzurermStateBackend,
  CloudStateBackend,
  GcsStateBackend,
  LocalStateBackend,
  PgStateBackend,
  RemoteStateBackend,
  S3AssumeRole,
  S3Endpoints,
  S3StateBackend,
  StateBackend,
} from "./state-backend";
import { pathLocation, postgresDatabase, type StateLocation, s3Server } from "./state-location";

/** What there is to know of a type of backend. */
export interface StateBackendKind<Backend> {
  /** What it may have, and the credentials that it must not. */
  readonly fields: Fields;
  define(stack: TerraformStack, backend: Backend, stackName: string): TerraformBackend;
  location(backend: Backend, stackName: string): StateLocation;
}

type OfType<Type> = Extract<StateBackend, { readonly type: Type }>;

const TOKEN_OF_HCP = secret("TF_TOKEN_<hostname>, e.g. TF_TOKEN_app_terraform_io, or run `terraform login`");

const local: StateBackendKind<LocalStateBackend> = {
  fields: { type: text, path: text } satisfies FieldsOf<LocalStateBackend>,
  define: (stack, backend, stackName) => new LocalBackend(stack, { path: literal(localPath(backend, stackName)) }),
  location(backend, stackName) {
    const path = localPath(backend, stackName);
    return { text: path, place: "file", name: path };
  },
};

const s3: StateBackendKind<S3StateBackend> = {
  fields: {
    ...({
      type: text,
      bucket: requiredText,
      key: text,
      region: text,
      useLockfile: flag,
      dynamodbTable: text,
      encrypt: flag,
      kmsKeyId: text,
      profile: text,
      assumeRole: object({
        roleArn: requiredText,
        externalId: text,
        sessionName: text,
        duration: text,
      } satisfies FieldsOf<S3AssumeRole>),
      endpoints: object({ s3: text, dynamodb: text, iam: text, sso: text, sts: text } satisfies FieldsOf<S3Endpoints>),
      usePathStyle: flag,
      customCaBundle: text,
      skipCredentialsValidation: flag,
      skipMetadataApiCheck: flag,
      skipRegionValidation: flag,
      skipRequestingAccountId: flag,
      skipS3Checksum: flag,
    } satisfies FieldsOf<S3StateBackend>),
    accessKey: secret("AWS_ACCESS_KEY_ID"),
    secretKey: secret("AWS_SECRET_ACCESS_KEY"),
    token: secret("AWS_SESSION_TOKEN"),
    sseCustomerKey: secret("AWS_SSE_CUSTOMER_KEY"),
  },
  define(stack, backend, stackName) {
    const { type: _, useLockfile = backend.dynamodbTable == null, ...config } = given(backend);
    const key = literal(s3Key(backend, stackName));
    const defined = new S3Backend(stack, { encrypt: true, ...config, key });
    // CDKTF 0.21 does not know the setting, and engines older than 1.10 refuse it.
    if (useLockfile) {
      defined.addOverride("use_lockfile", true);
    }
    return defined;
  },
  location: (backend, stackName) =>
    pathLocation(
      `${s3Server(backend.endpoints?.s3 ?? undefined)}/${backend.bucket}`,
      s3Key(backend, stackName).replace(/^\/+/, ""),
    ),
};

const cloud: StateBackendKind<CloudStateBackend> = {
  fields: {
    ...({
      type: text,
      organization: requiredText,
      workspace: text,
      tags: list,
      project: text,
      hostname: text,
    } satisfies FieldsOf<CloudStateBackend>),
    token: TOKEN_OF_HCP,
  },
  define(stack, backend, stackName) {
    const { organization, hostname, workspace = stackName, tags, project } = given(backend);
    const defined = new CloudBackend(stack, {
      organization,
      hostname,
      workspaces: tags === undefined ? new NamedCloudWorkspace(workspace) : new TaggedCloudWorkspaces([...tags]),
    });
    // CDKTF 0.21 forgets the project of workspaces that have tags.
    if (project !== undefined) {
      defined.addOverride("workspaces.project", project);
    }
    return defined;
  },
  location(backend, stackName) {
    if (backend.tags == null) {
      return workspaceLocation(backend, stackName);
    }
    const [organization, tags] = [organizationLocation(backend), [...backend.tags].sort()];
    return {
      text: `the workspaces tagged ${tags.join(", ")} of ${organization}`,
      place: organization,
      name: "tagged",
      tags,
    };
  },
};

const remote: StateBackendKind<RemoteStateBackend> = {
  fields: {
    ...({
      type: text,
      organization: requiredText,
      workspace: text,
      hostname: text,
    } satisfies FieldsOf<RemoteStateBackend>),
    token: TOKEN_OF_HCP,
  },
  define(stack, backend, stackName) {
    const { organization, hostname, workspace = stackName } = given(backend);
    return new RemoteBackend(stack, {
      organization,
      hostname,
      workspaces: new NamedRemoteWorkspace(workspace),
    });
  },
  location: workspaceLocation,
};

const pg: StateBackendKind<PgStateBackend> = {
  fields: {
    ...({
      type: text,
      connStr: { ...text, variable: "PGPASSWORD, or PG_CONN_STR to the whole of it" },
      schemaName: text,
      skipSchemaCreation: flag,
      skipTableCreation: flag,
      skipIndexCreation: flag,
    } satisfies FieldsOf<PgStateBackend>),
    password: secret("PGPASSWORD"),
  },
  define(stack, backend, stackName) {
    const { type: _, ...config } = given(backend);
    // CDKTF wants a connection string; Terraform takes it from PG_CONN_STR where there is none.
    return new PgBackend(stack, { ...config, schemaName: literal(schemaName(backend, stackName)) } as PgBackendConfig);
  },
  location(backend, stackName) {
    const place = backend.connStr == null ? undefined : postgresDatabase(backend.connStr);
    const name = `schema ${schemaName(backend, stackName)}`;
    return { text: `${place ?? "PG_CONN_STR"}, ${name}`, place, name };
  },
};

const gcs: StateBackendKind<GcsStateBackend> = {
  fields: {
    ...({
      type: text,
      bucket: requiredText,
      prefix: text,
      kmsEncryptionKey: text,
      impersonateServiceAccount: text,
    } satisfies FieldsOf<GcsStateBackend>),
    credentials: secret("GOOGLE_CREDENTIALS"),
    accessToken: secret("GOOGLE_OAUTH_ACCESS_TOKEN"),
    encryptionKey: secret("GOOGLE_ENCRYPTION_KEY"),
  },
  define(stack, backend, stackName) {
    const { type: _, ...config } = given(backend);
    return new GcsBackend(stack, { prefix: stackName, ...config });
  },
  location: ({ bucket, prefix }, stackName) =>
    pathLocation(`gs://${bucket}`, (prefix ?? stackName).replace(/^\/+|\/+$/g, "")),
};

const azurerm: StateBackendKind<AzurermStateBackend> = {
  fields: {
    ...({
      type: text,
      storageAccountName: requiredText,
      containerName: requiredText,
      key: text,
      resourceGroupName: text,
      subscriptionId: text,
      tenantId: text,
      clientId: text,
      useAzureadAuth: flag,
      useOidc: flag,
      useMsi: flag,
      environment: text,
    } satisfies FieldsOf<AzurermStateBackend>),
    accessKey: secret("ARM_ACCESS_KEY"),
    sasToken: secret("ARM_SAS_TOKEN"),
    clientSecret: secret("ARM_CLIENT_SECRET"),
    clientCertificatePassword: secret("ARM_CLIENT_CERTIFICATE_PASSWORD"),
    oidcToken: secret("ARM_OIDC_TOKEN"),
    oidcRequestToken: secret("ARM_OIDC_REQUEST_TOKEN"),
  },
  define(stack, backend, stackName) {
    const { type: _, ...config } = given(backend);
    return new AzurermBackend(stack, { ...config, key: literal(blobKey(backend, stackName)) });
  },
  location: (backend, stackName) =>
    pathLocation(
      `blob ${backend.storageAccountName.toLowerCase()}/${backend.containerName}`,
      blobKey(backend, stackName),
    ),
};

/** The kinds of backend by their type. */
export const STATE_BACKENDS: { readonly [Type in StateBackend["type"]]: StateBackendKind<OfType<Type>> } = {
  local,
  s3,
  cloud,
  remote,
  pg,
  gcs,
  azurerm,
};

/** The engine runs in a folder that `cdktf` makes anew: a relative path would be one in there. */
function localPath({ path }: LocalStateBackend, stackName: string): string {
  return resolve(path ?? `terraform.${stackName}.tfstate`);
}

function s3Key({ key }: S3StateBackend, stackName: string): string {
  return key ?? `${stackName}/terraform.tfstate`;
}

/** Without "-", so that nobody has to quote it in SQL. */
function schemaName({ schemaName }: PgStateBackend, stackName: string): string {
  return schemaName ?? stackName.replaceAll("-", "_");
}

function blobKey({ key }: AzurermStateBackend, stackName: string): string {
  return key ?? `${stackName}.tfstate`;
}

function workspaceLocation(backend: CloudStateBackend | RemoteStateBackend, stackName: string): StateLocation {
  const [organization, workspace] = [organizationLocation(backend), backend.workspace ?? stackName];
  return { text: `the workspace ${workspace} of ${organization}`, place: organization, name: `workspace ${workspace}` };
}

function organizationLocation({ hostname, organization }: CloudStateBackend | RemoteStateBackend): string {
  return `${hostname ?? "app.terraform.io"}/${organization}`.toLowerCase();
}

/** What was given of an object, as Terraform is to read it. */
function given<Backend extends object>(backend: Backend): Backend {
  return asGiven(backend) as Backend;
}

function asGiven(value: unknown): unknown {
  if (typeof value === "string") {
    return literal(value);
  }
  if (Array.isArray(value)) {
    return value.map(asGiven);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member != null)
      .map(([name, member]) => [name, asGiven(member)]),
  );
}

/** A file, by default beside where `cdktf` runs. */
export interface LocalStateBackend {
  readonly type: "local";
  /**
   * Path of the state file, relative to the folder in which `cdktf` runs.
   *
   * @default "terraform.<stack>.tfstate"
   */
  readonly path?: string;
}

/**
 * An object in a bucket of Amazon S3, or of a server that speaks its protocol. Credentials come from AWS's variables,
 * profiles or roles.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export interface S3StateBackend {
  readonly type: "s3";
  readonly bucket: string;
  /** @default "<stack>/terraform.tfstate" */
  readonly key?: string;
  /** @default - `AWS_REGION`, or the region of the profile */
  readonly region?: string;
  /**
   * Lock the state with an object beside it, `<key>.tflock`. Needs Terraform 1.10, or OpenTofu 1.10.
   *
   * @default true, false where `dynamodbTable` is given
   */
  readonly useLockfile?: boolean;
  /**
   * Table that locks the state for engines older than 1.10.
   *
   * @default - none
   */
  readonly dynamodbTable?: string;
  /**
   * Encryption by the server.
   *
   * @default true
   */
  readonly encrypt?: boolean;
  /** @default - the bucket's own key */
  readonly kmsKeyId?: string;
  /** @default - `AWS_PROFILE` */
  readonly profile?: string;
  /** @default - the role of the credentials */
  readonly assumeRole?: S3AssumeRole;
  /**
   * Addresses of another server than Amazon's.
   *
   * @default - Amazon's
   */
  readonly endpoints?: S3Endpoints;
  /**
   * `https://<host>/<bucket>` rather than `https://<bucket>.<host>`.
   *
   * @default false
   */
  readonly usePathStyle?: boolean;
  /** @default - `AWS_CA_BUNDLE` */
  readonly customCaBundle?: string;
  /** @default false */
  readonly skipCredentialsValidation?: boolean;
  /** @default false */
  readonly skipMetadataApiCheck?: boolean;
  /** @default false */
  readonly skipRegionValidation?: boolean;
  /** @default false */
  readonly skipRequestingAccountId?: boolean;
  /** @default false */
  readonly skipS3Checksum?: boolean;
}

export interface S3AssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  /** E.g. `1h30m`. */
  readonly duration?: string;
}

export interface S3Endpoints {
  readonly s3?: string;
  readonly dynamodb?: string;
  readonly iam?: string;
  readonly sso?: string;
  readonly sts?: string;
}

/**
 * A workspace of HCP Terraform or Terraform Enterprise, by the `cloud` block. The token comes from `terraform login`, or
 * from `TF_TOKEN_<hostname>`.
 *
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
export interface CloudStateBackend {
  readonly type: "cloud";
  readonly organization: string;
  /**
   * Name of the workspace; not to be given together with `tags`.
   *
   * @default - the stack's name
   */
  readonly workspace?: string;
  /**
   * The workspaces that have all of these tags, of which `TF_WORKSPACE` picks one.
   *
   * @default - `workspace` alone
   */
  readonly tags?: readonly string[];
  /** @default - the organization's default project */
  readonly project?: string;
  /** @default "app.terraform.io" */
  readonly hostname?: string;
}

/**
 * A workspace of HCP Terraform or Terraform Enterprise, by the `remote` backend. The token comes from `terraform login`,
 * or from `TF_TOKEN_<hostname>`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/remote
 */
export interface RemoteStateBackend {
  readonly type: "remote";
  readonly organization: string;
  /** @default - the stack's name */
  readonly workspace?: string;
  /** @default "app.terraform.io" */
  readonly hostname?: string;
}

/**
 * A row in a PostgreSQL database.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/pg
 */
export interface PgStateBackend {
  readonly type: "pg";
  /**
   * Where the database is, without a password, e.g. `postgres://terraform@db.example.com/states`; the password comes from
   * `PGPASSWORD`.
   *
   * @default - `PG_CONN_STR`
   */
  readonly connStr?: string;
  /** @default - the stack's name with "_" for "-" */
  readonly schemaName?: string;
  /** @default false */
  readonly skipSchemaCreation?: boolean;
  /** @default false */
  readonly skipTableCreation?: boolean;
  /** @default false */
  readonly skipIndexCreation?: boolean;
}

/**
 * An object in a bucket of Google Cloud Storage. Credentials come from Google's variables, or from `gcloud auth`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/gcs
 */
export interface GcsStateBackend {
  readonly type: "gcs";
  readonly bucket: string;
  /** @default - the stack's name */
  readonly prefix?: string;
  /** @default - the bucket's own key */
  readonly kmsEncryptionKey?: string;
  /** @default - none */
  readonly impersonateServiceAccount?: string;
}

/**
 * A blob in a container of an Azure storage account. Credentials come from Azure's variables, or from `az login`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/azurerm
 */
export interface AzurermStateBackend {
  readonly type: "azurerm";
  readonly storageAccountName: string;
  readonly containerName: string;
  /** @default "<stack>.tfstate" */
  readonly key?: string;
  /** @default - not looked up */
  readonly resourceGroupName?: string;
  /** @default - `ARM_SUBSCRIPTION_ID` */
  readonly subscriptionId?: string;
  /** @default - `ARM_TENANT_ID` */
  readonly tenantId?: string;
  /** @default - `ARM_CLIENT_ID` */
  readonly clientId?: string;
  /** @default - `ARM_USE_AZUREAD` */
  readonly useAzureadAuth?: boolean;
  /** @default - `ARM_USE_OIDC` */
  readonly useOidc?: boolean;
  /** @default - `ARM_USE_MSI` */
  readonly useMsi?: boolean;
  /** @default "public" */
  readonly environment?: string;
}

/** Where a stack's state lies, and what locks it. Credentials are never part of it: they come from the environment. */
export type StateBackend =
  | LocalStateBackend
  | S3StateBackend
  | CloudStateBackend
  | RemoteStateBackend
  | PgStateBackend
  | GcsStateBackend
  | AzurermStateBackend;

export { defineStateBackend } from "./define-state-backend";
export type {
  Environment,
  EnvironmentProfiling,
  EnvironmentSampleApplication,
  Environments,
  SelectedEnvironment,
} from "./environment";
export { selectEnvironments } from "./select-environments";
export type {
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
export { tenantFromEnvironment } from "./tenant-environment";

export { Auth0Provider, type Auth0ProviderConfig } from "@cdktf/provider-auth0/lib/provider";
export * from "./environments";
export type { Answer, BlockOptions, Component, FieldOptions } from "./form/component";
export * from "./form/components";
export { articleStages, Stage, type StageOptions } from "./form/stage";
export {
  MachineToMachineClient,
  type MachineToMachineClientProps,
  type ManagementClient,
} from "./machine-to-machine-client";
export { ManagementScopes } from "./management-scopes";
export { MetadataFlow, type MetadataFlowProps, type WhenSavingFails } from "./metadata-flow";
export { type Languages, ProfileForm, type ProfileFormProps } from "./profile-form";
export { ProfilingAction, type ProfilingActionProps } from "./profiling-action";
export { type Names, ProgressiveProfiling, type ProgressiveProfilingProps } from "./progressive-profiling";
export { SampleApplication, type SampleApplicationProps } from "./sample-application";
export { ValidationError } from "./validation-error";
export { VaultConnection, type VaultConnectionProps } from "./vault-connection";

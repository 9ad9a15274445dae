export { Auth0Provider, type Auth0ProviderConfig } from "@cdktf/provider-auth0/lib/provider";
export * from "./environments";
export {
  type Answer,
  type BlockOptions,
  type Component,
  type DropdownOption,
  type DropdownOptions,
  dropdown,
  type FieldOptions,
  nextButton,
  type PhoneOptions,
  phone,
  type RawOptions,
  raw,
  richText,
  type TextOptions,
  text,
} from "./form/component";
export type { Duration, Filter, Moment } from "./form/moment";
export type { SavedAnswer, SavedField, SavedValue } from "./form/saved-answer";
export { articleStages, Stage, type StageOptions } from "./form/stage";
export type { StageMoment } from "./form/stage-moment";
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

export { Auth0Provider, type Auth0ProviderConfig } from "@cdktf/provider-auth0/lib/provider";
export * from "./environments";
export { Form, type FormCoordinates, type FormProps } from "./form";
export { type ArticleLanguage, type ArticleOptions, articleStages } from "./form/article-stages";
export { changesOf } from "./form/changes";
export type { Answer, BlockOptions, Component, FieldOptions, SaveTo } from "./form/component";
export * from "./form/components";
export {
  allOf,
  anyOf,
  type Condition,
  hasNoValue,
  isEqualTo,
  rawCondition,
  type Subject,
} from "./form/condition";
export type { Destination, ProfileAttribute } from "./form/destination";
export { type EmailVerificationOptions, emailVerification } from "./form/email-verification";
export { type FlowDefinition, type FlowOptions, flow } from "./form/flow";
export {
  type BooleanConditionParams,
  booleanCondition,
  createJson,
  createUser,
  decodeJwt,
  delayFlow,
  doNothing,
  errorMessage,
  type FlowAction,
  type FlowActionOptions,
  flowAction,
  generateCode,
  getUser,
  makeCall,
  mapValue,
  parseJson,
  rawAction,
  returnJson,
  sendEmail,
  sendHttpRequest,
  sendManagementRequest,
  sendSms,
  serializeJson,
  signJwt,
  storeVars,
  updateUser,
  verifyCode,
  verifyEmail,
  verifyJwt,
} from "./form/flow-action";
export type { Coordinates } from "./form/layout";
export type { Duration, Filter, Moment } from "./form/moment";
export {
  type FlowNodeOptions,
  type FormNode,
  flowNode,
  type RawNode,
  type RouterNodeOptions,
  type RouterRule,
  rawNode,
  routerNode,
  type StepNodeOptions,
  stepNode,
} from "./form/node";
export type { NodeOverride, NodeOverrides, RuleOverride } from "./form/node-overrides";
export type { SavedAnswer, SavedField, SavedValue } from "./form/saved-answer";
export type { Ending, FormSettings, HiddenField, Messages } from "./form/settings";
export {
  type AlsoSave,
  Stage,
  type StageOptions,
  type Step,
  type StepOptions,
  step,
} from "./form/stage";
export type { StageMoment } from "./form/stage-moment";
export type { Words } from "./form/words";
export type { Languages } from "./form-resource";
export {
  MachineToMachineClient,
  type MachineToMachineClientProps,
  type ManagementClient,
} from "./machine-to-machine-client";
export { ManagementScopes } from "./management-scopes";
export { type MetadataAnswer, MetadataFlow, type MetadataFlowProps, type WhenSavingFails } from "./metadata-flow";
export { ProfileFlow, type ProfileFlowProps } from "./profile-flow";
export { ProfileForm, type ProfileFormProps, type SaveBy } from "./profile-form";
export { ProfilingAction, type ProfilingActionProps } from "./profiling-action";
export { type Names, ProgressiveProfiling, type ProgressiveProfilingProps } from "./progressive-profiling";
export { SampleApplication, type SampleApplicationProps } from "./sample-application";
export type { TenantProviderProps } from "./tenant-provider";
export { ValidationError } from "./validation-error";
export { VaultConnection, type VaultConnectionProps } from "./vault-connection";

import Module from "node:module";
import { ProfilingAction } from "../../lib";
import { devStack } from "./stack";
import { Template } from "./template";

export interface PostLoginAction {
  onExecutePostLogin(event: object, api: { readonly prompt: { render(formId: string): void } }): Promise<void>;
  onContinuePostLogin(): Promise<void>;
}

/** The Action of this library as a stack deploys it for a form and keys, loaded. */
export function libraryAction(formId: string, metadataKeys: readonly string[]): PostLoginAction {
  const stack = devStack();
  new ProfilingAction(stack, "action", { formId, metadataKeys });
  const { code } = Template.of(stack).one("auth0_action");
  const module = new Module("deployed.js") as Module & { _compile(code: string, filename: string): void };
  module._compile(String(code), "deployed.js");
  return module.exports;
}

import { ProfilingAction, type ProfilingActionProps } from "../../lib";
import { devStack } from "./stack";
import { Template } from "./template";

export interface PostLoginAction {
  onExecutePostLogin(
    event: object,
    api: { readonly prompt: { render(formId: string, options?: object): void } },
  ): Promise<void>;
  onContinuePostLogin(event?: object, api?: object): Promise<void>;
}

/** The Action of this library as a stack deploys it for a form and keys, loaded. */
export function libraryAction(formId: string, metadataKeys: readonly string[]): PostLoginAction {
  return loaded(deployedCode({ formId, metadataKeys }));
}

/** The Action of this library as a stack deploys it with these props, loaded. */
export function scheduledAction(props: Omit<ProfilingActionProps, "formId">): PostLoginAction {
  return loaded(deployedCode({ formId: "ap_1", ...props }));
}

/** The code of an Action as Terraform sends it. */
export function deployedCode(props: ProfilingActionProps): string {
  const stack = devStack();
  new ProfilingAction(stack, "action", props);
  return String(Template.of(stack).one("auth0_action").code).replaceAll("$${", "${");
}

/** In the test's own realm, whose clock and console can be others. */
function loaded(code: string): PostLoginAction {
  const exported = {};
  new Function("exports", code)(exported);
  return exported as PostLoginAction;
}

import type { TerraformStack } from "cdktf";
import { ProfilingAction, type ProfilingActionProps } from "../../lib";
import { ActionSource } from "../../lib/action-source";
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

const SCHEDULED = ActionSource.ofLibrary("scheduled-profiling.js");

/** The Action that chooses from stages, for a form, loaded; without a stack, for it is asked thousands of times. */
export function scheduledAction(props: Omit<ProfilingActionProps, "formId">, formId = "ap_1"): PostLoginAction {
  const { stages, ask = {}, saves = [], tellsStage = false, stagesPerLogin = 1 } = props;
  const values = {
    ...{ FORM_ID: formId, STAGES: stages, ASK: ask, SAVES: saves },
    ...{ TELLS_STAGE: tellsStage, STAGES_PER_LOGIN: stagesPerLogin },
  };
  return loaded(asTerraformReads(SCHEDULED.codeWith(values)));
}

/** The code of an Action as Terraform sends it. */
export function deployedCode(props: ProfilingActionProps): string {
  const stack = devStack();
  new ProfilingAction(stack, "action", props);
  return asTerraformReads(String(Template.of(stack).one("auth0_action").code));
}

export function asTerraformReads(text: string): string {
  return text.replaceAll("$${", "${");
}

/** The Action of a stack, as Terraform sends it, for the form `ap_1`, loaded. */
export function actionOf(stack: TerraformStack): PostLoginAction {
  const { code } = Template.of(stack).one("auth0_action");
  return loaded(asTerraformReads(String(code).replace(/\$\{jsonencode\(auth0_form\.[^)]*\)\}/, '"ap_1"')));
}

/** In the test's own realm, whose clock and console can be others. */
export function loaded(code: string): PostLoginAction {
  const exported = {};
  new Function("exports", code)(exported);
  return exported as PostLoginAction;
}

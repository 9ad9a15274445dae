import type { StepNode } from "auth0-forms";
import type { Form } from "../documents/form";
import { previewJourney } from "../forms/entrances";
import { renderStep } from "../forms/page";

/** Nobody: who looks at a preview is no user of the tenant. */
const CONTEXT = {
  user: { user_id: "auth0|preview", name: "Jane Doe", nickname: "jane", email: "jane@example.com" },
  client: { client_id: "preview", name: "Preview" },
  tenant: { name: "Local tenant" },
  transaction: { state: "preview" },
};

/**
 * A preview runs what the login page runs, but as a page without an origin that can post nothing.
 *
 * The pictures of a form come from anywhere, as in a login.
 */
export const PREVIEW_SECURITY_POLICY =
  "sandbox allow-scripts; default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; frame-src 'self'; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

export interface StepPreview {
  readonly form: Form;
  readonly step: StepNode;
  /** The language to show it in, where the form has it. */
  readonly locale: string | undefined;
  /** `user_metadata` of who sees it; by default there is none. */
  readonly metadata?: object | undefined;
  /** Path of the files that the page loads. */
  readonly assets: string;
  /** Path of the form's own stylesheet. */
  readonly stylesheet: string;
  /** Path of the frames of CUSTOM fields. */
  readonly frames: string;
  readonly clock: () => Date;
}

/** The page of a step as someone sees it at its first showing. @throws ExpressionError */
export function stepPreview({ form, step, locale, metadata, assets, stylesheet, frames, clock }: StepPreview): string {
  const journey = previewJourney(form, step.id, locale === undefined ? [] : [locale]);
  const context = metadata === undefined ? CONTEXT : { ...CONTEXT, user: { ...CONTEXT.user, user_metadata: metadata } };
  return renderStep({ form, journey, context, action: "", hidden: {}, assets, stylesheet, frames, clock });
}

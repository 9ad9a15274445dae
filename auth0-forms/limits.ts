/**
 * What Auth0's API takes at most. Characters are Unicode code points: an emoji is one.
 *
 * @see https://auth0.com/docs/api/management/v2/forms/post-forms
 */

/** Of a form, a flow, a Vault connection. */
export const MAX_NAME_CHARACTERS = 150;
/** Of a node or a rule: what the dashboard's editor calls it. */
export const MAX_ALIAS_CHARACTERS = 150;
export const MAX_LANGUAGE_CHARACTERS = 55;
/** Of each text of `messages`. */
export const MAX_MESSAGE_CHARACTERS = 255;
export const MAX_CSS_CHARACTERS = 5000;
export const MAX_HIDDEN_FIELD_CHARACTERS = 500;
export const MAX_REDIRECTION_TARGET_CHARACTERS = 1024;
export const MAX_REDIRECTION_DELAY_SECONDS = 10;
/** How far a node stands from the middle of the dashboard's editor, along each axis. */
export const MAX_COORDINATE_PIXELS = 999_999;

/** @see https://auth0.com/docs/customize/forms/nodes/routers */
export const MAX_ROUTER_RULES = 10;

export const MAX_HINT_CHARACTERS = 500;
export const MAX_PLACEHOLDER_CHARACTERS = 500;
/** Of the HTML in a RICH_TEXT, an HTML or a LEGAL. */
export const MAX_CONTENT_CHARACTERS = 10_000;
export const MAX_BUTTON_TEXT_CHARACTERS = 150;
export const MAX_DIVIDER_TEXT_CHARACTERS = 50;
/** Of each of the three texts of a RESEND_BUTTON. */
export const MAX_RESEND_TEXT_CHARACTERS = 255;
export const MAX_RESEND_ATTEMPTS = 10;
export const MAX_RESEND_WAITING_SECONDS = 60;
export const MAX_IMAGE_SOURCE_CHARACTERS = 500;
export const MAX_IMAGE_HEIGHT_PIXELS = 500;

/** Of an action of a flow; that of a node is longer. */
export const MAX_FLOW_ACTION_ALIAS_CHARACTERS = 100;

/** Forms in one tenant. @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy */
export const MAX_FORMS = 500;
/** Flows in one tenant. */
export const MAX_FLOWS = 500;

import { type FieldsOf, other } from "../../fields";
import { type BlockOptions, block, type Component } from "../component";
import type { FlowDefinition } from "../flow";
import type { Words } from "../words";

type Alignment = "LEFT" | "CENTER" | "RIGHT";

export interface ImageOptions extends BlockOptions {
  /**
   * Where the picture stands.
   *
   * @default - Auth0's own
   */
  readonly position?: Alignment;
  /**
   * Height in pixels, 1 to 500.
   *
   * @default - that of the picture
   */
  readonly height?: number;
}

export interface JumpButtonOptions extends BlockOptions {
  /**
   * Colour of the button: `#` and 3 or 6 hexadecimal digits, e.g. `#1a2b3c`.
   *
   * @default - that of the tenant's branding
   */
  readonly backgroundColor?: string;
}

export interface ResendButtonOptions extends BlockOptions {
  /** Text before the button, 1 to 255 characters, e.g. `Nothing came?`. */
  readonly activeText: Words;
  /** What the button says, 1 to 255 characters, e.g. `Send it again`. */
  readonly buttonText: Words;
  /**
   * Text in place of both while the person has to wait, 1 to 255 characters. `{{remaining_seconds}}` counts down, e.g.
   * `Again in {{remaining_seconds}} seconds`.
   */
  readonly waitingText: Words;
  /**
   * Where the texts stand.
   *
   * @default - Auth0's own
   */
  readonly textAlignment?: Alignment;
  /**
   * How often one person can press it, 1 to 10 times.
   *
   * @default - Auth0's own
   */
  readonly maxAttempts?: number;
  /**
   * Seconds between two times, 1 to 60.
   *
   * @default - Auth0's own
   */
  readonly waitingTime?: number;
}

const IMAGE: FieldsOf<Omit<ImageOptions, "id">> = { position: other, height: other };
const JUMP: FieldsOf<Omit<JumpButtonOptions, "id">> = { backgroundColor: other };
const RESEND: FieldsOf<Omit<ResendButtonOptions, "id">> = {
  activeText: other,
  buttonText: other,
  waitingText: other,
  textAlignment: other,
  maxAttempts: other,
  waitingTime: other,
};

/**
 * Text with headings, links and lists, shown between the fields.
 *
 * @param content HTML of at most 10,000 characters that formats text, e.g. `<h2>Welcome</h2><p>One more thing.</p>`: no
 * scripts, styles or inputs, which {@link html} has; `{{…}}` is filled in by Auth0
 * @example richText("<h2>About you</h2>")
 */
export function richText(content: Words, options: BlockOptions = {}): Component {
  return block("RICH_TEXT", { content }, options, {});
}

/**
 * HTML of one's own, with its styles and scripts. The local tenant shows it without them.
 *
 * @param content at most 10,000 characters, e.g. `<section class="offer">…</section>`; `{{…}}` is filled in by Auth0
 * @example html("<p>You came by {{fields.connection}}.</p>")
 */
export function html(content: Words, options: BlockOptions = {}): Component {
  return block("HTML", { content }, options, {});
}

/**
 * A picture, e.g. `image("https://cdn.example.com/logo.png", { position: "CENTER", height: 48 })`.
 *
 * @param src its address, at most 500 characters; `{{…}}` is filled in by Auth0
 * @example image("https://example.com/logo.png", { position: "CENTER", height: 48 })
 */
export function image(src: string, options: ImageOptions = {}): Component {
  return block("IMAGE", { src }, options, IMAGE);
}

/**
 * A line between two parts of a step, e.g. `divider("or")`.
 *
 * @param text what stands in it, at most 50 characters
 * @example divider("or")
 */
export function divider(text?: Words, options: BlockOptions = {}): Component {
  return block("DIVIDER", { text }, options, {});
}

/**
 * The button that checks the step's answers and goes on.
 *
 * @param label what the button says, at most 150 characters
 * @example nextButton("Save")
 */
export function nextButton(label: Words = "Continue", options: BlockOptions = {}): Component {
  return block("NEXT_BUTTON", { text: label }, options, {});
}

/**
 * The button that goes to the step before.
 *
 * @param label what the button says, at most 150 characters
 * @example previousButton("Back")
 */
export function previousButton(label: Words = "Back", options: BlockOptions = {}): Component {
  return block("PREVIOUS_BUTTON", { text: label }, options, {});
}

/**
 * The button that leaves the step for another node, e.g. `jumpButton("Later", "$ending")`. What was entered in the step
 * is neither checked nor kept.
 *
 * @param label what the button says, at most 150 characters
 * @param nextNode id of the node that it leads to: `step_<stage id>`, or `$ending`
 * @example jumpButton("Later", "$ending")
 */
export function jumpButton(label: Words, nextNode: string, options: JumpButtonOptions = {}): Component {
  return block("JUMP_BUTTON", { text: label, next_node: nextNode }, options, JUMP, ({ backgroundColor }) => ({
    style: backgroundColor === undefined ? undefined : { background_color: backgroundColor },
  }));
}

/**
 * The button that runs a flow again, such as the one that sends a code:
 * `resendButton(sendCode, { activeText: "Nothing came?", buttonText: "Send it again", waitingText: "Wait a moment" })`.
 *
 * @param flow made by {@link flow}, such as the one that runs before the step; or the id of another one (`af_…`)
 * @example resendButton("af_…", { activeText: "Nothing came?", buttonText: "Send again", waitingText: "Wait" })
 */
export function resendButton(flow: FlowDefinition | string, options: ResendButtonOptions): Component {
  return block("RESEND_BUTTON", { flow_id: flow }, options, RESEND);
}

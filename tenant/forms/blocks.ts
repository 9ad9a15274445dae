import type { BlockType, FormComponent } from "auth0-forms";
import { html } from "hono/html";
import { configNumber, configText } from "./fields/config";
import { attributes, type Html } from "./fields/field-type";
import type { Journey } from "./journey";
import { remainingSeconds } from "./resend";
import { sanitizedHtml } from "./rich-text";

type Block = (component: FormComponent, journey: Journey, now: Date) => Html;

/** How each BLOCK is shown; buttons post `action`. */
const BLOCKS: Readonly<Record<BlockType, Block>> = {
  DIVIDER: (component) => {
    const text = configText(component, "text");
    return text === undefined
      ? html`<hr class="af-divider">`
      : html`<div class="af-divider af-divider-text" role="separator">${text}</div>`;
  },
  HTML: (component) => sanitizedHtml(configText(component, "content") ?? ""),
  IMAGE: (component) =>
    html`<img${attributes({
      src: configText(component, "src") ?? "",
      alt: "",
      height: configNumber(component, "height"),
      class: "af-image",
    })}>`,
  JUMP_BUTTON: (component) => button(component, `jump:${component.id}`, "af-jumpButton"),
  NEXT_BUTTON: (component) => button(component, "next", "af-nextButton"),
  PREVIOUS_BUTTON: (component) => button(component, "previous", "af-previousButton"),
  RESEND_BUTTON: resendButton,
  RICH_TEXT: (component) =>
    html`<div class="af-richText">${sanitizedHtml(configText(component, "content") ?? "")}</div>`,
};

/** A block, inside the element that its component's CSS hooks stand on. */
export function block(component: FormComponent, journey: Journey, now: Date): Html {
  const alignment = (configText(component, "position") ?? configText(component, "text_alignment"))?.toLowerCase();
  const shown = BLOCKS[component.type as BlockType](component, journey, now);
  return html`<div${attributes({
    class: [
      "af-component",
      `af-componentId-${component.id}`,
      `af-${camelCase(component.type)}Block`,
      ...(alignment === undefined ? [] : [`af-align-${alignment}`]),
    ].join(" "),
  })}>${shown}</div>`;
}

export function camelCase(type: string): string {
  return type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function button(component: FormComponent, action: string, className: string): Html {
  return html`<button type="submit" name="action" value="${action}" class="af-button ${className}"><span class="af-button-text">${
    configText(component, "text") ?? "→"
  }</span></button>`;
}

function resendButton(component: FormComponent, journey: Journey, now: Date): Html {
  const seconds = remainingSeconds(component, journey, now);
  // Used up: the person has had their attempts.
  if (seconds === undefined) {
    return html``;
  }
  const waiting = configText(component, "waiting_text") ?? "";
  return html`<div class="af-resendButton" data-remaining="${seconds}" data-waiting="${waiting}">
    <p class="af-resendButton-waiting"${seconds === 0 ? html` hidden` : ""}>${waiting.replaceAll(
      /\{\{\s*remaining_seconds\s*\}\}/g,
      String(seconds),
    )}</p>
    <p class="af-resendButton-active"${seconds > 0 ? html` hidden` : ""}>${configText(component, "active_text")}
      <button type="submit" name="action" value="resend:${component.id}" class="af-link">${configText(component, "button_text")}</button></p>
  </div>`;
}

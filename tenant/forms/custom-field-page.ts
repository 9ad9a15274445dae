import { html, raw } from "hono/html";
import type { Form } from "../documents/form";
import { componentsOf } from "../documents/form";
import { configText } from "./fields/config";

/**
 * The Content-Security-Policy of the page in a CUSTOM field's frame: its own code and styles, and no network.
 *
 * It has no origin, so that it reaches neither the page around it nor what the browser keeps for the tenant. That it can
 * not go to another address either is the policy of the page around it: see `frame-src` there.
 */
export const CUSTOM_FIELD_POLICY =
  "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
  "img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/**
 * The page in the frame of a CUSTOM field: its code, as the form has it, and what that is run by. Undefined where there
 * is no such field.
 *
 * @param assets path under which the files of `formAsset` are served
 * @param stylesheet path under which `formStylesheet` of the form is served
 */
export function customFieldPage(
  form: Form,
  fieldId: string,
  { assets, stylesheet }: { readonly assets: string; readonly stylesheet: string },
): string | undefined {
  const field = componentsOf(form).find(({ id, type }) => id === fieldId && type === "CUSTOM");
  if (field === undefined) {
    return undefined;
  }
  // The code is one function, with whatever comments and semicolon are around it.
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${field.id}</title>
<link rel="stylesheet" href="${assets}/form.css">
<link rel="stylesheet" href="${stylesheet}">
<style>${raw(within(configText(field, "css") ?? ""))}</style>
<script src="${assets}/custom-field.js"></script>
<script>customField.code =
${raw(within(configText(field, "code") ?? ""))}
</script>
</head>
<body class="af-customField-body"></body>
</html>
`);
}

/** Code or CSS as it can stand in an element: what would end that is written in another way, which means the same. */
function within(text: string): string {
  return text.replace(/<(?=\/(?:script|style)|!--)/gi, "<\\");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface FormAsset {
  readonly contentType: string;
  readonly body: string;
}

const ASSETS: ReadonlyMap<string, FormAsset> = new Map([
  ["custom-field.js", { contentType: "text/javascript; charset=utf-8", body: read("custom-field.js") }],
  ["form.css", { contentType: "text/css; charset=utf-8", body: read("form.css") }],
  ["form.js", { contentType: "text/javascript; charset=utf-8", body: read("form.js") }],
]);

/** A file that the pages load, by its name. */
export function formAsset(name: string): FormAsset | undefined {
  return ASSETS.get(name);
}

function read(name: string): string {
  return readFileSync(join(__dirname, "assets", name), "utf8");
}

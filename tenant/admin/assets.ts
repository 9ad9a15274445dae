import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FormAsset, formAsset } from "../forms/assets";

const STYLESHEET: FormAsset = {
  contentType: "text/css; charset=utf-8",
  body: readFileSync(join(__dirname, "assets", "admin.css"), "utf8"),
};

/** A file that the pages load, or that the previews of steps in them load. */
export function adminAsset(name: string): FormAsset | undefined {
  return name === "admin.css" ? STYLESHEET : formAsset(name);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FormAsset, formAsset } from "../forms/assets";

const styles = (name: string) => readFileSync(join(__dirname, "assets", name), "utf8");

/** How the graph of a form is shown: of its two pictures the one that fits the screen, in the colours of the page. */
export const GRAPH_STYLES = styles("graph.css");

const STYLESHEET: FormAsset = {
  contentType: "text/css; charset=utf-8",
  body: `${styles("admin.css")}\n${GRAPH_STYLES}`,
};

/** A file that the pages load, or that the previews of steps in them load. */
export function adminAsset(name: string): FormAsset | undefined {
  return name === "admin.css" ? STYLESHEET : formAsset(name);
}

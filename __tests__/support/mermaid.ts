import type { Page } from "playwright-core";
import { packedFile } from "./packed-file";

const PACKAGE = {
  name: "mermaid",
  version: "12.3.0",
  integrity: "4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw==",
  path: "dist/mermaid.min.js",
};

/** What Mermaid made of a text. */
export interface Drawn {
  /** What stands in its nodes and on its arrows, each on one line. */
  readonly labels: readonly string[];
  /** Elements that a text could have brought in. */
  readonly foreign: readonly string[];
  readonly svg: string;
}

/** Mermaid itself, as one file that a browser runs; as a dependency it would be 85 MB. */
export function mermaidBundle(): string {
  return packedFile(PACKAGE);
}

/** A page that draws as GitHub does: no script of a diagram's runs. */
export async function openMermaid(page: Page): Promise<void> {
  await page.setContent("<!doctype html><title>Mermaid</title><body></body>");
  await page.addScriptTag({ path: mermaidBundle() });
  await page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })");
}

/** @throws what Mermaid says of a text that it can not read */
export async function draw(page: Page, text: string): Promise<Drawn> {
  return page.evaluate<Drawn, string>(async (source) => {
    const scope = globalThis as unknown as {
      document: {
        body: {
          innerHTML: string;
          querySelectorAll(selector: string): Iterable<{ innerText: string; outerHTML: string }>;
        };
      };
      mermaid: { render(id: string, text: string): Promise<{ svg: string }> };
    };
    const { svg } = await scope.mermaid.render("drawn", source).catch((error) => {
      // Its stack quotes the whole bundle.
      throw String(error);
    });
    const { body } = scope.document;
    body.innerHTML = svg;
    const texts = [...body.querySelectorAll("span.nodeLabel, span.edgeLabel")].map(({ innerText }) => innerText);
    return {
      svg,
      labels: texts.map((label) => label.replace(/\s*\n\s*/g, " / ").trim()).filter((label) => label !== ""),
      foreign: [...body.querySelectorAll("script, img, iframe, a, input, svg svg, h1, h2, em, strong, ul, ol, li")].map(
        ({ outerHTML }) => outerHTML,
      ),
    };
  }, text);
}

/** The texts of all Mermaid fences in Markdown. */
export function mermaidTexts(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^(`{3,})mermaid\n(.*?)\n\1$/gms)].map(([, , text = ""]) => text);
}

import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

type Members = Readonly<Record<string, unknown>>;

/** Attributes that hold JSON as a text. */
const TEXTS: ReadonlySet<string> = new Set([
  "actions",
  "start",
  "nodes",
  "ending",
  "style",
  "translations",
  "errors",
  "custom",
]);

/** The one resource that is defined, as the Management API would get it: nothing is written anywhere. */
export function synthesised(define: (scope: Construct) => unknown): Members {
  const stack = new TerraformStack(new App(), "stack");
  define(stack);
  const { resource } = stack.toTerraform() as { readonly resource: Readonly<Record<string, Members>> };
  const [byId = {}] = Object.values(resource);
  const [{ "//": _, ...attributes } = {}] = Object.values(byId) as readonly Members[];
  return parsed(attributes);
}

function parsed(attributes: Members): Members {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      if (typeof value === "string") {
        const text = unescaped(value);
        return [key, TEXTS.has(key) ? JSON.parse(text) : text];
      }
      // A block, of which there is one.
      return [key, Array.isArray(value) ? parsed(value[0] as Members) : value];
    }),
  );
}

function unescaped(text: string): string {
  return text.replaceAll("$${", () => "${").replaceAll("%%{", "%{");
}

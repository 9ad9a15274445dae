import type { Use } from "../html-markup";
import type { ValueChange } from "../json-difference";

/** Where in a form something stands. */
export type Spot =
  | { readonly in: "component"; readonly stage: string; readonly component: string }
  | { readonly in: "translation"; readonly language: string; readonly component?: string }
  | { readonly in: "style" | "messages" | "hidden-fields" };

/** What of a host a form uses, and where. */
export interface HostUse {
  readonly host: string;
  readonly uses: readonly { readonly use: Use; readonly spot: Spot }[];
}

/** A value, or a text in another language, with its place below the spot. */
export interface SpotChange extends ValueChange {
  readonly spot: Spot;
}

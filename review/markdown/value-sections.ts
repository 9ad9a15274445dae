import { type ValueChange, valueText } from "../json-difference";
import type { ValueChanges } from "../resources/value-changes";
import { difference } from "./difference";
import { codeBlock, details, visible } from "./markdown-text";
import type { Section } from "./section";

/** Of each resource all that changes, folded. */
export function valueSections(changes: readonly ValueChanges[]): readonly Section[] {
  return changes.map(({ address, values }) => {
    const summary = `Every value that changes in ${address === "" ? "the outputs" : address}`;
    const body = details(summary, codeBlock(values.flatMap(valueLines).join("\n"), "diff"));
    return { title: "every value that changes", body, importance: 20 };
  });
}

function valueLines({ path, before, after }: ValueChange): readonly string[] {
  const place = path.map(visible).join(".");
  const [then, now] = [before, after].map((side) => (side === undefined ? undefined : withLineEnds(valueText(side))));
  const isLong = [then, now].some((text) => text?.includes("\n"));
  if (!isLong) {
    return [
      ...(then === undefined ? [] : [`- ${place}: ${then}`]),
      ...(now === undefined ? [] : [`+ ${place}: ${now}`]),
    ];
  }
  if (then !== undefined && now !== undefined) {
    return [`  ${place}:`, ...difference(then, now).split("\n")];
  }
  const mark = then === undefined ? "+" : "-";
  return [`${mark} ${place}:`, ...(then ?? now ?? "").split("\n").map((line) => `${mark} ${line}`)];
}

/** Line ends that nobody sees are no difference to the eye. */
function withLineEnds(text: string): string {
  return text.replaceAll("\r", "␍");
}

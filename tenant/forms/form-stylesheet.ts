import { componentsOf, type Form } from "../documents/form";

/**
 * The stylesheet of a form: colours of its components, then its own `style.css`.
 *
 * It is to be served as a file of its own, as `text/css`: the pages allow no inline style, and nothing in a stylesheet
 * can end it there.
 */
export function formStylesheet(form: Form): string {
  const colours = componentsOf(form).flatMap((component) => {
    const style = component.type === "JUMP_BUTTON" ? component.config?.style : undefined;
    const colour =
      typeof style === "object" && style !== null && !Array.isArray(style) ? style.background_color : undefined;
    if (typeof colour !== "string" || !/^#[0-9A-Fa-f]{3,6}$/.test(colour)) {
      return [];
    }
    return `.af-componentId-${component.id} .af-jumpButton { background: ${colour}; color: ${readableOn(colour)}; }`;
  });
  return [...colours, form.style?.css ?? ""].join("\n");
}

/** Black or white, whichever stands out more. */
function readableOn(colour: string): string {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
    (at) => (Number.parseInt(digits.slice(at, at + 2), 16) / 255) ** 2.2,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
}

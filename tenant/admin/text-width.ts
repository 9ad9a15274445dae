const NARROW = /[fijlrtI.,:;|'!()[\] ]/u;
const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const WIDE = /[A-HJ-Z@%&MmWw]/u;

/** About how many pixels a text takes in a sans-serif font; pictures are made where there is no font to measure with. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((width, character) => width + size * share(character), 0);
}

/** The text, or as much of it as fits, with an ellipsis. */
export function shortened(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) {
    return text;
  }
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join("").trimEnd()}…`;
}

function share(character: string): number {
  if (FULL_WIDTH.test(character)) {
    return 1.02;
  }
  if (NARROW.test(character)) {
    return 0.38;
  }
  return WIDE.test(character) ? 0.78 : 0.63;
}

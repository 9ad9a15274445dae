/** Name of the page that holds all pictures of a folder. */
export const PICTURES_PAGE = "index.html";

interface PictureOnPage {
  /** Name of its file: the page has the anchor `#/<file>`. */
  readonly file: string;
  readonly title: string;
  readonly png: Buffer;
}

/** A page that needs no other file: a browser shows it from a disk as well as from an artifact. */
export function picturesPage(pictures: readonly PictureOnPage[]): string {
  const figures = pictures.map(
    ({ file, title, png }) =>
      `<figure id="/${escaped(file)}"><figcaption>${escaped(title)}</figcaption>` +
      `<img alt="${escaped(title)}" src="data:image/png;base64,${png.toString("base64")}"></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Changed steps</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }
main { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
figure { margin: 0; }
img { display: block; width: 480px; max-width: 100%; border: 1px solid gray; }
</style>
<h1>Changed steps</h1>
<p>As a login shows them to somebody who has answered nothing. Pictures that a form loads from elsewhere are left out.</p>
<main>
${figures.join("\n")}
</main>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}

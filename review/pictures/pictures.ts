import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../command/command-error";
import { outputProblem } from "../../command/output-folder";
import type { ProfilingChange } from "../profiling";
import { pictureName } from "./picture-name";
import { picturesPackages } from "./picture-packages";
import { PICTURES_PAGE, picturesPage } from "./pictures-page";
import { Screen } from "./screen";
import { type ReviewedSteps, shotsOf } from "./shots";

export type { ReviewedSteps } from "./shots";

/** A step as a login shows it, before or after the change. */
export interface Picture {
  readonly stack: string;
  /** Address of the form. */
  readonly form: string;
  /** Id of the step. */
  readonly step: string;
  readonly moment: "before" | "after";
  /** Name of the PNG in the folder. */
  readonly file: string;
}

/**
 * Takes a picture of every step that is added, changed or removed, in Chromium, by the pages of the local tenant.
 *
 * Nothing is loaded from the network: where a form shows a picture by its address, the place stays empty. Where the pages
 * can not show a step, its picture says why.
 *
 * @param reviews of the changes, in the same order
 * @param folder gets the PNG files and `index.html`, which holds all of them; made where there are some
 * @param redact takes secrets out of a text: pictures and names show what it returns
 * @throws CommandError where a package or the browser is not installed, or the folder can not be made
 */
export async function takePictures(
  changes: readonly ProfilingChange[],
  reviews: readonly ReviewedSteps[],
  folder: string,
  redact: (text: string) => string,
): Promise<readonly Picture[]> {
  const problem = outputProblem("--pictures", folder);
  if (problem !== undefined) {
    throw new CommandError([problem]);
  }
  const { chromium, executablePath, stepPage } = picturesPackages();
  const shots = changes.flatMap((change, index) => shotsOf(change, reviews[index]?.changedSteps ?? [], redact));
  if (shots.length === 0) {
    return [];
  }
  mkdirSync(folder, { recursive: true });
  const screen = await Screen.open(chromium, executablePath);
  const names = new Set<string>();
  const taken: { picture: Picture; file: string; title: string; png: Buffer }[] = [];
  try {
    for (const { shown, ...shot } of shots) {
      const file = pictureName([shown.stack, shown.form.name, shown.step, shot.moment], names);
      const png = await screen.picture(() => stepPage(shown.form, shown.step));
      writeFileSync(join(folder, file), png);
      const title = `${shown.form.name}: ${shown.alias}, ${shot.moment}`;
      taken.push({ picture: { ...shot, file }, file, title, png });
    }
  } finally {
    await screen.close();
  }
  writeFileSync(join(folder, PICTURES_PAGE), picturesPage(taken));
  return taken.map(({ picture }) => picture);
}

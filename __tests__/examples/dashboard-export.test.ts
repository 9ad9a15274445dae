import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formAsSent } from "../support/as-sent";
import { configurationOf } from "../support/example";
import { structureOf } from "../support/form-structure";
import { imported } from "../support/imported-form";

const EXAMPLE = join(__dirname, "..", "..", "examples", "dashboard-export");

const exported = JSON.parse(readFileSync(join(EXAMPLE, "form.json"), "utf8"));

/** Without what a formatter may change: the order of imports, line breaks, a comma at the end of a list. */
const plain = (source: string) =>
  source
    .replace(/^import [^;]*;$/gm, "")
    .replace(/,?\s*([[\]{}()])\s*/g, "$1")
    .replace(/\s+/g, " ");

test("its form is what the command writes of its export, and all of it is typed", () => {
  const { folder, modules } = imported(exported);

  expect(modules.map(({ className, raw }) => [className, raw])).toEqual([["WhoPays", []]]);
  expect(plain(readFileSync(join(EXAMPLE, "who-pays.ts"), "utf8"))).toBe(
    plain(readFileSync(join(folder, "who-pays.ts"), "utf8")),
  );
});

test("its stack defines the form of its export", () => {
  expect(structureOf(formAsSent(configurationOf("dashboard-export").resource))).toBe(structureOf(exported));
});

import { importLines } from "../../adopt/module-class";

test("what is imported stands in Biome's order, each name once: Node's modules first, a short name before one that begins so", () => {
  const ofPackage = ["rawCondition", "phone", "raw", "Stage", "ProfileForm", "step", "raw"];
  const imports = [
    { name: "Construct", from: "constructs", isType: true },
    ...ofPackage.map((name) => ({ name, from: "auth0-progressive-profiling" })),
    { name: "join", from: "node:path" },
  ];

  expect(importLines(imports)).toEqual([
    'import { join } from "node:path";',
    'import { ProfileForm, phone, raw, rawCondition, Stage, step } from "auth0-progressive-profiling";',
    'import type { Construct } from "constructs";',
  ]);
});

test("a statement that no line holds has a line for each name", () => {
  const imports = Array.from({ length: 12 }, (_, index) => ({ name: `aLongName${index + 10}`, from: "somewhere" }));
  const [statement = "", ...others] = importLines(imports);

  expect(others).toEqual([]);
  expect(statement.split("\n").map((line) => line.trim())).toEqual([
    "import {",
    ...imports.map(({ name }) => `${name},`),
    '} from "somewhere";',
  ]);
});

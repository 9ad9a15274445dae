import { join } from "node:path";
import { PREPARE, problemsOf, problemText } from "../../dev/problem";

test("each problem of a construct has its path, what to do, and the line that the error comes from", () => {
  const message = [
    "2 problems",
    '  [demo/profiling] names has no field "forn"; did you mean "form"?',
    '  [demo/profiling] stage "a" has no fields',
  ].join("\n");
  const stack = `ValidationError: ${message}\n    at new Demo (/project/main.ts:25:9)\n    at Object.<anonymous> (/project/node_modules/x/a.js:1:1)`;

  const problems = problemsOf({ name: "ValidationError", message, stack }, "/project");

  expect(problems).toEqual([
    {
      path: "demo/profiling",
      what: 'names has no field "forn"',
      remedy: 'did you mean "form"?',
      place: "main.ts:25",
    },
    { path: "demo/profiling", what: 'stage "a" has no fields', place: "main.ts:25" },
  ]);
  expect(problems.map(problemText)).toEqual([
    '[demo/profiling] names has no field "forn"; did you mean "form"? (main.ts:25)',
    '[demo/profiling] stage "a" has no fields (main.ts:25)',
  ]);
});

test.each([
  ["RangeError", {}],
  ["TypeError", { remedy: "let `npx tsc --noEmit` say what is misspelt or of another type" }],
  ["ReferenceError", { remedy: "let `npx tsc --noEmit` say what is misspelt or of another type" }],
])("a %s is one problem, at the innermost line of the project's own", (name, remedy) => {
  const stack = `${name}: lost\n    at f (/project/node_modules/a/b.js:1:2)\n    at /project/stages/team.ts:3:4`;

  expect(problemsOf({ name, message: "lost", stack }, "/project")).toEqual([
    { path: "stages/team.ts", what: "lost", ...remedy, place: "stages/team.ts:3" },
  ]);
});

test("what a parser draws is kept, and its own stack is not", () => {
  const message =
    "x Expected ','\n    ,-[/project/main.ts:48:13]\n 48 | const {\n    `----\n\n\nCaused by:\n    Syntax Error\n  0: x";

  expect(problemsOf({ name: "Error", message, stack: "" }, "/project")).toEqual([
    {
      path: "main.ts",
      what: "x Expected ','\n    ,-[/project/main.ts:48:13]\n 48 | const {\n    `----",
      place: "main.ts:48",
    },
  ]);
});

test.each([
  ["that is not there", "Cannot find module '/project/main.ts'", "main.ts"],
  ["that tsx does not find", "Cannot find module '/project/main.ts' imported from /project/", "main.ts"],
  [
    "of which a file asks for another",
    "Cannot find module './x'\nRequire stack:\n- /project/stages/team.ts",
    "stages/team.ts",
  ],
])("an app %s is told by its file, and not by what this command runs before it", (_, message, path) => {
  // In the repository of this package that is the project's own.
  const folder = join(__dirname, "..", "..");
  const said = message.replaceAll("/project", folder);
  const stack = `Error: ${said}\n    at M.runMain (${PREPARE}:26:18)\n    at node:internal/main/run_main_module:28:49`;

  expect(problemsOf({ name: "Error", message: said, stack }, folder)).toEqual([{ path, what: said, place: path }]);
});

test("an error that names no place of the project is about what it is called", () => {
  expect(problemsOf({ name: "RangeError", message: "lost", stack: "RangeError: lost" }, "/project")).toEqual([
    { path: "RangeError", what: "lost" },
  ]);
});

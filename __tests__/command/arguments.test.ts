import { checkPorts, readArguments, tenantPorts } from "../../command/arguments";
import { CommandError } from "../../command/command-error";

const OPTIONS = { json: "nothing", out: "value", kind: "values", base: "list" } as const;

function read(...args: readonly string[]): { readonly given: object; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, OPTIONS, (problem) => problems.push(problem));
  return { given: { "": positionals, ...Object.fromEntries(values) }, problems };
}

test.each([
  ["nothing", [], { "": [] }],
  ["what belongs to no option", ["a", "b", "-"], { "": ["a", "b", "-"] }],
  ["an option that takes nothing", ["--json", "a"], { "": ["a"], json: [""] }],
  ["one value, after the option or behind =", ["--out=a b", "c"], { "": ["c"], out: ["a b"] }],
  [
    "a value that begins with a dash, and one with dashes behind =",
    ["--out", "-", "--kind=--x"],
    { "": [], out: ["-"], kind: ["--x"] },
  ],
  ["one value each time", ["--kind", "a", "b", "--kind", "c"], { "": ["b"], kind: ["a", "c"] }],
  [
    "all that follows, until the next option",
    ["a", "--base", "b", "c", "--json", "d"],
    { "": ["a", "d"], base: ["b", "c"], json: [""] },
  ],
  ["all that follows, twice", ["--base", "a", "b", "--base=c", "d"], { "": [], base: ["a", "b", "c", "d"] }],
  ["what stands behind --", ["--json", "--", "--out"], { "": ["--out"], json: [""] }],
  ["help by its letter", ["-h"], { "": [], help: [""] }],
])("reads %s", (_, args, given) => {
  expect(read(...args)).toEqual({ given, problems: [] });
});

const EMPTY = '[""] is an empty text, as a variable of the shell is that is not set; give a value, or leave it out';

test.each([
  [
    "an option that is none",
    ["--colour"],
    ["[--colour] is no option; options are --json, --out, --kind, --base, --help"],
  ],
  ["one that is nearly one", ["--knd", "a"], ["[--knd] is no option; did you mean --kind?"]],
  ["a letter", ["-x"], ["[-x] is no option; options are --json, --out, --kind, --base, --help"]],
  [
    "what every object has",
    ["--toString"],
    ["[--toString] is no option; options are --json, --out, --kind, --base, --help"],
  ],
  ["no value", ["--out"], ["[--out] has no value; give one, or leave it out"]],
  ["another option instead of a value", ["--out", "--json"], ["[--out] has no value; give one, or leave it out"]],
  ["an empty list", ["--base"], ["[--base] has no value; give one, or leave it out"]],
  ["a value that is none's", ["--json=yes"], ['[--json] takes no value; leave "yes" out']],
  ["one that is given twice", ["--out", "a", "--out", "b"], ["[--out] is given twice; give it once"]],
])("refuses %s", (_, args, problems) => {
  expect(read(...args).problems).toEqual(problems);
});

test.each([
  ["an empty text, which would be a path to here", ["a", "", "--base", "b", ""], [EMPTY, EMPTY]],
  ["blanks", ["  "], [EMPTY.replace('""', '"  "')]],
  ["an option's empty one", ["--out="], ["[--out] has no value; give one, or leave it out"]],
  ["an option's blanks", ["--kind", " "], ["[--kind] has no value; give one, or leave it out"]],
  ["an empty one beside what else is wrong", ["", "--knd", "a"], [EMPTY, "[--knd] is no option; did you mean --kind?"]],
])("tells nothing of what follows from %s", (_, args, problems) => {
  expect(() => read(...args)).toThrow(new CommandError(problems));
  expect(read(...args, "--help").problems).toEqual(problems);
});

test("a port that two are to listen on is refused, and a free one is no other's", () => {
  const check = (ports: Parameters<typeof checkPorts>[0]) => {
    const problems: string[] = [];
    checkPorts(ports, (problem) => problems.push(problem));
    return problems;
  };

  expect(check([...tenantPorts(9443), ["--application-port", 9443]])).toEqual([
    "[--application-port] is 9443, as --port is; choose two",
  ]);
  expect(check([...tenantPorts(9443), ["--preview-port", 9444]])).toEqual([
    "[--preview-port] is 9444, as the one after --port, of the tenant's pages, is; choose two",
  ]);
  expect(check([...tenantPorts(9443, 9443), ["--application-port", 9444]])).toEqual([
    "[--http-port] is 9443, as --port is; choose two",
  ]);
  expect(check([...tenantPorts(0), ["--preview-port", 0]])).toEqual([]);
  expect(check([...tenantPorts(65535), ["--preview-port", 0]])).toEqual([]);
  expect(check([...tenantPorts(9443), ["--preview-port", 9445]])).toEqual([]);
});

test("one problem is a line, several are counted", () => {
  expect(new CommandError(["[a] is wrong"]).message).toBe("[a] is wrong");
  expect(new CommandError(["[a] is wrong", "[b] too"]).message).toBe("2 problems\n  [a] is wrong\n  [b] too");
});

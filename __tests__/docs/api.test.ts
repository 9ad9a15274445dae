import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../../lib";
import { runBlock } from "../support/run-block";

const API = readFileSync(join(__dirname, "..", "..", "API.md"), "utf8");

/** What the examples are about, and do not make themselves. */
const AROUND = `
  import { App, TerraformStack } from "cdktf";
  import * as library from "auth0-progressive-profiling";
  import { ${Object.keys(library).join(", ")} } from "auth0-progressive-profiling";
  declare const app: App;
  declare const stack: TerraformStack;
  declare const environments: library.Environments;
  declare const client: library.MachineToMachineClient;
  declare const form: library.ProfileForm;
  declare const LoginStack: new (app: App, environment: library.SelectedEnvironment) => TerraformStack;
  declare function expect(of: unknown): { toThrow(error: unknown): void };
`;

/** What stands under the heading of an export. */
function entryOf(name: string): string {
  const entries = API.split(/^### /m);
  return entries.find((entry) => [name, `${name}()`].includes(entry.split("\n")[0] ?? "")) ?? "";
}

/** The examples of an entry, those of its methods too. */
function examplesIn(entry: string): readonly string[] {
  return [...entry.matchAll(/Example\n\n```ts\n([\s\S]*?)\n```/g)].map(([, example = ""]) => example);
}

test.each(Object.keys(library).filter((name) => name !== "Auth0Provider"))("%s has an example", (name) => {
  expect(examplesIn(entryOf(name))).not.toEqual([]);
});

test("all examples compile", () => {
  const functions = examplesIn(API).map((example) => `{ ${example}; }`);
  expect(functions.length).toBeGreaterThan(70);

  // They are not run: each is about a stack of its own.
  runBlock(`${AROUND}\nexport class Examples extends TerraformStack { all() {\n${functions.join("\n")}\n} }`);
});

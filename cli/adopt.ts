import { basename, resolve } from "node:path";
import { readInventory } from "../adopt/inventory";
import { listingOf, listingText } from "../adopt/listing";
import { projectFiles } from "../adopt/project-files";
import { select } from "../adopt/selection";
import type { StackCode } from "../adopt/stack-code";
import { writeFolder } from "../adopt/written-folder";
import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { outputProblem } from "../command/output-folder";
import { unpublished } from "../init/own-packages";
import { packageName } from "../init/project";
import { visible } from "../review/markdown/markdown-text";
import { ManagementClient } from "../verify/management-client";

const USAGE = `auth0-progressive-profiling adopt [options]

Reads an Auth0 tenant, by GET requests alone, and lists its forms with what they ask, its flows, Vault connections, the Actions that
show forms, and the clients of the Management API. With --out it writes a stack that imports the chosen forms and all that
they need or that shows them: the first plan adds and destroys nothing, and changes only what is said here.

  --form NAME    a form, by its name or id; may be given again
  --action NAME  an Action whose form does not stand in its code; may be given again
  --client NAME  a client with its grant on the Management API; may be given again
  --out FOLDER   writes a project there, and over no file
  --json         writes JSON
  --help

The tenant and the credentials are those of the provider: AUTH0_DOMAIN, AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or with
AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or AUTH0_API_TOKEN. Scopes:
read:actions read:client_grants read:clients read:flows read:flows_vault_connections read:forms

  npx auth0-progressive-profiling adopt
  npx auth0-progressive-profiling adopt --form "Welcome" --out welcome

Ends with 0 when all is listed or written, 1 when the command is wrong or the tenant can not be read.
`;

const OPTIONS = { form: "values", action: "values", client: "values", out: "value", json: "nothing" } as const;

/** Lists what a tenant has of forms, or writes a stack of it; returns the exit code. @throws {@link CommandError} */
export async function adoptCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, OPTIONS, (problem) => problems.push(problem));
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const chosen = {
    forms: values.get("form") ?? [],
    actions: values.get("action") ?? [],
    clients: values.get("client") ?? [],
  };
  const [out] = values.get("out") ?? [];
  const isChosen = Object.values(chosen).some((names) => names.length > 0);
  if (positionals.length > 0) {
    problems.push(`[${positionals.join(" ")}] belongs to no option; give a form by --form`);
  }
  if (out !== undefined && chosen.forms.length === 0) {
    problems.push("[--out] says where, but nothing says what; give --form, once for each form");
  }
  if (out === undefined && isChosen) {
    problems.push("[--out] is missing; give a folder for the stack");
  }
  const wrong = out === undefined ? undefined : outputProblem("--out", out);
  if (wrong !== undefined) {
    problems.push(wrong);
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }

  const inventory = await readInventory(await ManagementClient.enter());
  const isJson = values.has("json");
  if (out === undefined) {
    const listing = listingOf(inventory);
    const { domain } = inventory;
    process.stdout.write(isJson ? jsonText({ domain, ...listing }) : shown(listingText(listing, domain)));
    return 0;
  }
  const selection = select(inventory, chosen, (problem) => problems.push(problem));
  if (problems.length > 0) {
    throw new CommandError(problems.map(visible));
  }
  // It brings the constructs along, which the list does not need.
  const { stackCode } = require("../adopt/stack-code") as typeof import("../adopt/stack-code");
  const code = stackCode(selection);
  const project = [...projectFiles(packageName(basename(resolve(out)))), ...code.files];
  writeFolder(
    out,
    project.map(([path, text]) => ({ path, text })),
  );
  const files = project.map(([path]) => path);
  const { imports, changes, left, raw, whyNodes, secrets } = code;
  const { shared, domain } = selection;
  process.stdout.write(
    isJson
      ? jsonText({ domain, folder: out, files, imports, changes, left, shared, raw, whyNodes, secrets })
      : shown(reportText(out, code, shared)),
  );
  return 0;
}

function reportText(
  folder: string,
  { imports, changes, left, raw, whyNodes, secrets }: StackCode,
  shared: readonly string[],
): string {
  const group = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [[heading, ...lines.map((line) => `  ${line}`)].join("\n")];
  return `${[
    `Written to ${folder}: a stack that imports ${imports} ${imports === 1 ? "resource" : "resources"}.`,
    ...group("The first plan changes", changes.length > 0 ? changes : ["nothing"]),
    ...group(
      "To be given before it, as variables",
      secrets.map(({ name, what }) => `TF_VAR_${name}: ${what}`),
    ),
    ...group("Not in the stack, and stays as it is", left),
    ...group("Shared, and kept so", shared),
    ...group(
      "Made of nodes, and not of stages",
      whyNodes.map(({ what, why }) => `${what}: ${why}`),
    ),
    ...group(
      "Written as the API has it",
      raw.map(({ what, why }) => `${what}: ${why}`),
    ),
    `${unpublished(["auth0-progressive-profiling"])}.\nNext: cd ${folder} && npm install TARBALL && npx cdktf diff`,
  ].join("\n\n")}\n`;
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Characters that a terminal obeys may be in any name of a tenant. */
function shown(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

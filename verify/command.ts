import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { ManagementClient } from "./management-client";
import { reportJson, reportText } from "./report";
import { statesInFiles, statesOfStacks } from "./state-sources";
import { compareTenant } from "./tenant-comparison";

const CLEAN = 0;
const DIFFERENT = 2;

const USAGE = `auth0-progressive-profiling verify [STATE.json ...] [options]

Compares an Auth0 tenant with a Terraform state, and changes nothing: what no plan can show, since the provider writes it
and does not read it back, or since no state knows of it. Each difference is a line, with the command that mends it.

Without STATE.json it looks at the stacks in cdktf.out that are of the tenant. STATE.json is what "terraform show -json"
(or "tofu show -json") prints of a state, "-" the standard input. It holds secrets in clear: delete it afterwards.

  --stack NAME  only this stack of cdktf.out; may be given again
  --json        writes JSON
  --help

The tenant and the credentials are those of the provider: AUTH0_DOMAIN, AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or with
AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or AUTH0_API_TOKEN. Scopes:
read:actions read:client_grants read:clients read:flows read:flows_executions read:flows_vault_connections read:forms

  npx auth0-progressive-profiling verify --stack login
  terraform show -json | npx auth0-progressive-profiling verify -

Ends with 0 where nothing differs, 2 where something does, 1 when the command is wrong or the tenant can not be read.
`;

/** Compares a tenant with states; returns the exit code. @throws {@link CommandError} */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { stack: "values", json: "nothing" }, (problem) =>
    problems.push(problem),
  );
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return CLEAN;
  }
  const stacks = values.get("stack") ?? [];
  if (positionals.length > 0 && stacks.length > 0) {
    problems.push("[--stack] is of cdktf.out, but STATE.json is given; leave one of them out");
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const client = await ManagementClient.enter();
  const states = positionals.length > 0 ? statesInFiles(positionals) : statesOfStacks(stacks, client.domain);
  const comparison = await compareTenant(client, states);
  process.stdout.write(values.has("json") ? reportJson(comparison) : reportText(comparison));
  return comparison.findings.length === 0 ? CLEAN : DIFFERENT;
}

import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { readTenant } from "../lib/environments/tenant-environment";
import { type Answer, answersOf } from "./check-answers";
import { checkJson, checkText } from "./check-report";
import { readCheckedTenant } from "./checked-tenant";
import { ManagementClient } from "./management-client";
import { ARTICLE, type Planned, plannedOf } from "./planned-stack";
import { redactor } from "./redaction";
import {
  isWithoutState,
  namesOfStacks,
  type SynthesisedStack,
  shownState,
  stacksOfTenant,
  synthesisedStacks,
} from "./state-sources";

const READY = 0;
const FOUND = 2;

const USAGE = `auth0-progressive-profiling check [FOLDER] [options]

Looks at an Auth0 tenant before the first deploy, and changes nothing: credentials, scopes that will be missing, whether there are
Forms, names that are taken, limits, what runs at the trigger, the custom domain, an enabled connection. Every problem is a line, with
what to do.

FOLDER is where CDKTF synthesised the stacks; without it cdktf.out, and where no stack is in there what ProgressiveProfiling has
without props. What a stack's state has already, or the stack imports, is not looked for.

  --stack NAME  only this stack; may be given again
  --json        writes JSON
  --help

The tenant and the credentials are those of the provider: AUTH0_DOMAIN, AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or with
AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or AUTH0_API_TOKEN. All that is read, a deploy reads too,
but for read:custom_domains and, without a sample application, read:connections: what they show is not known without them.

  npx cdktf synth && npx auth0-progressive-profiling check

Ends with 0 where nothing stands in the way, 2 where something does, 1 when the command or the folder is wrong.
`;

/** What is checked, and what of it is known before the tenant is asked. */
interface Subject {
  readonly name: string;
  readonly planned: readonly Planned[];
  readonly answers: readonly Answer[];
}

/** Checks a tenant before a deploy; returns the exit code. @throws {@link CommandError} */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { stack: "values", json: "nothing" }, (problem) =>
    problems.push(problem),
  );
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return READY;
  }
  if (positionals.length > 1) {
    problems.push(`[FOLDER] must be one folder, got ${positionals.length}; see --help`);
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const { domain } = readTenant(process.env);
  const subject = subjectOf(positionals[0], values.get("stack") ?? [], domain);
  const { AUTH0_CLIENT_SECRET = "", AUTH0_API_TOKEN = "" } = process.env;
  const redact = redactor([AUTH0_CLIENT_SECRET, AUTH0_API_TOKEN]);
  const answers = [...(await answersOfTenant(subject.planned)), ...subject.answers].map((answer) => ({
    ...answer,
    what: redact(answer.what),
  }));
  const checked = { domain, name: subject.name, answers };
  process.stdout.write(values.has("json") ? checkJson(checked) : checkText(checked));
  return answers.some(({ verdict }) => verdict === "problem") ? FOUND : READY;
}

async function answersOfTenant(planned: readonly Planned[]): Promise<readonly Answer[]> {
  let client: ManagementClient;
  try {
    client = await ManagementClient.enter();
    // A token that is given is tried only by what it is for.
    await client.get("clients?page=0&per_page=1&fields=client_id&include_fields=true");
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    return credentialProblems(error);
  }
  const sound: Answer = { about: "credentials", verdict: "ok", what: `${client.domain} takes them` };
  return [sound, ...answersOf(planned, await readCheckedTenant(client, planned))];
}

const MEND = "leave out https:// and what follows the domain, also the last /";

/** Each variable that is wrong, or why the tenant refuses them. */
function credentialProblems({ problems }: CommandError): readonly Answer[] {
  const { problems: missing } = readTenant(process.env);
  const about = "credentials";
  if (missing.length > 0) {
    const remedy =
      "set it: an application of the type Machine to Machine has it (dashboard: Applications), or the file that a local tenant names";
    return missing.map((what) => ({
      about,
      verdict: "problem",
      what,
      remedy: / is missing: /.test(what) ? remedy : MEND,
    }));
  }
  return problems.map((problem) => {
    const { what, remedy = "see that AUTH0_DOMAIN is the tenant's" } = partsOf(problem);
    return { about, verdict: "problem", what, remedy };
  });
}

/** As all errors here: what is wrong; what to do. */
function partsOf(problem: string): Pick<Answer, "what" | "remedy"> {
  const end = problem.lastIndexOf("; ");
  return end < 0 ? { what: problem } : { what: problem.slice(0, end), remedy: problem.slice(end + 2) };
}

/** @throws {@link CommandError} where a stack or folder was named and is not there */
function subjectOf(folder: string | undefined, names: readonly string[], domain: string): Subject {
  if (folder === undefined && names.length === 0 && namesOfStacks().length === 0) {
    return { name: "the article's set-up, since no stack is synthesised here,", planned: ARTICLE, answers: [] };
  }
  const all = synthesisedStacks(names, folder, folder === undefined ? "" : ", and give the folder that it writes to");
  const stacks = names.length > 0 || domain === "" ? all : stacksOfTenant(all, domain);
  if (stacks.length === 0) {
    const others = all.map(({ name }) => name).join(", ");
    throw new CommandError([`none of the stacks ${others} is of ${domain}; set AUTH0_DOMAIN to their tenant`]);
  }
  const parts = stacks.map(partOf);
  return {
    name: stacks.map(({ name }) => name).join(", "),
    planned: parts.flatMap(({ planned }) => planned),
    answers: parts.flatMap(({ answers }) => answers),
  };
}

function partOf(stack: SynthesisedStack): Pick<Subject, "planned" | "answers"> {
  const about = "state";
  if (isWithoutState(stack)) {
    const what = `${stack.name} has none yet: this is its first deploy from here`;
    return { planned: plannedOf(stack, undefined), answers: [{ about, verdict: "ok", what }] };
  }
  try {
    return { planned: plannedOf(stack, shownState(stack)), answers: [] };
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    const { what, remedy } = partsOf(error.problems[0]?.split("\n")[0] ?? "");
    const lost = `${what}: what an earlier deploy made counts as taken`;
    return { planned: plannedOf(stack, undefined), answers: [{ about, verdict: "unknown", what: lost, remedy }] };
  }
}

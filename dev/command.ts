import { once } from "node:events";
import { resolve } from "node:path";
import { checkPorts, readArguments, readPort, tenantPorts } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { develop } from "./develop";
import { Progress } from "./progress";

export const USAGE = `auth0-progressive-profiling dev [options]
npm run dev -- [options]              in the repository of this package

Deploys the project's stacks to a local tenant whenever a file is saved that they are made of, and shows every step of
every form on a page that keeps up. The app of cdktf.json runs with the tenant's AUTH0_DOMAIN and credentials; the state
lies in cdktf.out/dev, wherever the stacks keep theirs, and begins anew with each start, as the tenant does.

  --project DIR        folder of cdktf.json (default: this one)
  --stack NAME         deploy this stack only; may be repeated (default: all)
  --port N             port of the tenant, its pages one above (default 9443; 0 takes free ones)
  --preview-port N     port of the preview (default 9445; 0 takes a free one)
  --help               this text

  npx auth0-progressive-profiling dev --stack login

Ends with 0 when it is interrupted, 1 when the command is wrong or the project can not be deployed from here.

It needs the package auth0-local-tenant, and Terraform or OpenTofu on PATH or in TERRAFORM_BINARY_NAME. All of it listens
on this machine only, and Ctrl-C ends all of it.
`;

/** Runs until it is interrupted; returns the exit code. */
export async function devCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const options = { project: "value", stack: "values", port: "value", "preview-port": "value" } as const;
  const problem = (text: string) => problems.push(text);
  const { positionals, values } = readArguments(args, options, problem);
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  problems.push(...positionals.map((text) => `[${JSON.stringify(text)}] belongs to no option; leave it out`));
  const port = readPort("port", values, problem) ?? 9443;
  const previewPort = readPort("preview-port", values, problem) ?? 9445;
  checkPorts([...tenantPorts(port), ["--preview-port", previewPort]], problem);
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const progress = new Progress();
  const signals = new AbortController();
  const stopped = Promise.race(
    ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal, { signal: signals.signal })),
  );
  stopped.catch(() => undefined);
  try {
    const project = resolve(values.get("project")?.[0] ?? ".");
    await develop({ project, port, previewPort, stacks: values.get("stack") ?? [], progress, stopped });
  } finally {
    progress.close();
    signals.abort();
  }
  return 0;
}

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { parse } from "yaml";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string | number>>;
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly env?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >;
}

/** How a job ended. */
export interface JobEnd {
  /** Name of the first step that failed; undefined where none did. */
  readonly failed?: string;
  /** All that its steps printed. */
  readonly log: string;
  /** The Markdown on the page of the run. */
  readonly summary: string;
}

/**
 * Runs jobs of a workflow on this machine: every `run` of theirs in the shell that GitHub would run it in.
 *
 * Of the actions that they use, those for artifacts put files into a folder and take them from there; the others have
 * nothing to do here. An expression is a path into the contexts that are given.
 */
export class Runner {
  private readonly artifacts = mkdtempSync(join(tmpdir(), "artifacts-"));
  private readonly workflow: Workflow;

  /**
   * @param workspace the folder that is checked out
   * @param install stands for `npm ci`
   */
  constructor(
    private readonly workspace: string,
    file: string,
    private readonly install: () => void,
  ) {
    this.workflow = parse(readFileSync(join(workspace, file), "utf8"));
  }

  /** @param contexts e.g. `{ "secrets.AUTH0_DOMAIN": "…" }`; what is not in them is empty */
  async run(
    job: string,
    contexts: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<JobEnd> {
    const temporary = mkdtempSync(join(tmpdir(), "runner-"));
    const known: Record<string, string> = { ...contexts, "runner.temp": temporary };
    const files = { output: join(temporary, "output"), summary: join(temporary, "summary") };
    let log = "";
    let failed: string | undefined;
    for (const step of this.workflow.jobs[job]?.steps ?? []) {
      if (!isRun(step.if, known, failed !== undefined)) {
        continue;
      }
      const name = step.name ?? step.uses ?? "";
      if (step.uses !== undefined) {
        this.use(step, known, temporary);
        continue;
      }
      if (step.run?.startsWith("npm ci")) {
        this.install();
        continue;
      }
      writeFileSync(files.output, "");
      const env = {
        ...filled(this.workflow.env ?? {}, known),
        ...filled(this.workflow.jobs[job]?.env ?? {}, known),
        ...environment,
        ...filled(step.env ?? {}, known),
        RUNNER_TEMP: temporary,
        GITHUB_ACTIONS: "true",
        CI: "true",
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.summary,
      };
      const { status, said } = await shell(step.run ?? "", this.workspace, env);
      log += `### ${name}\n${said}`;
      if (status !== 0) {
        failed ??= name;
      }
      for (const line of readFileSync(files.output, "utf8").trim().split("\n")) {
        const [output = "", value = ""] = line.split(/=(.*)/s);
        known[`steps.${step.id}.outputs.${output}`] = value;
      }
    }
    const summary = existsSync(files.summary) ? readFileSync(files.summary, "utf8") : "";
    rmSync(temporary, { recursive: true, force: true });
    return { ...(failed !== undefined && { failed }), log, summary };
  }

  /** Where an artifact lies that a job kept. */
  artifact(name: string): string {
    return join(this.artifacts, name);
  }

  /** The artifacts that jobs kept; the id of each is its place. */
  get artifactNames(): readonly string[] {
    return readdirSync(this.artifacts).sort();
  }

  remove(): void {
    rmSync(this.artifacts, { recursive: true, force: true });
  }

  private use(step: Step, contexts: Record<string, string>, temporary: string): void {
    const [action = ""] = step.uses?.split("@") ?? [];
    const inputs = filled(step.with ?? {}, contexts);
    if (action === "actions/upload-artifact") {
      const { path = "", archive = "true" } = inputs;
      const name = archive === "false" ? basename(path) : (inputs.name ?? "");
      if (!existsSync(path)) {
        return;
      }
      rmSync(this.artifact(name), { recursive: true, force: true });
      mkdirSync(this.artifact(name));
      cpSync(path, join(this.artifact(name), statSync(path).isDirectory() ? "." : basename(path)), { recursive: true });
      contexts[`steps.${step.id}.outputs.artifact-url`] = `https://github.example/artifacts/${name}`;
    } else if (action === "actions/download-artifact") {
      const { "artifact-ids": id, pattern = "", path = temporary } = inputs;
      if (id !== undefined) {
        cpSync(this.artifact(this.artifactNames[Number(id)] ?? ""), path, { recursive: true });
      }
      for (const name of this.artifactNames) {
        if (pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1))) {
          cpSync(this.artifact(name), join(path, name), { recursive: true });
        }
      }
    } else if (!/^(actions\/(checkout|setup-node)|hashicorp\/setup-terraform)$/.test(action)) {
      throw new Error(`the runner does not know the action ${action}`);
    }
  }
}

/** `shell: bash`, as GitHub starts it. */
async function shell(script: string, folder: string, environment: Readonly<Record<string, string>>) {
  const { GITHUB_TOKEN: _, AUTH0_DOMAIN: __, ...inherited } = process.env;
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, ...environment },
  });
  return ended(child);
}

/** How a child ended, with all that it said. */
export async function ended(child: ChildProcessByStdio<null, Readable, Readable>) {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  const [status] = await once(child, "close");
  return { status, said };
}

function filled(
  values: Readonly<Record<string, string | number | boolean>>,
  contexts: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, path) => contexts[path] ?? ""),
    ]),
  );
}

function isRun(condition: string | undefined, contexts: Readonly<Record<string, string>>, hasFailed: boolean): boolean {
  const text = condition?.replace(/^\$\{\{\s*|\s*\}\}$/g, "");
  if (text === undefined) {
    return !hasFailed;
  }
  if (text === "always()" || text === "!cancelled()") {
    return true;
  }
  const [, failure, path] = /^(failure\(\) && )?([\w.-]+) != ''$/.exec(text) ?? [];
  if (path === undefined) {
    throw new Error(`the runner does not know the condition ${text}`);
  }
  return hasFailed === (failure !== undefined) && (contexts[path] ?? "") !== "";
}

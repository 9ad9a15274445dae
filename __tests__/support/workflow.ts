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
import { type Contexts, filled, isRun } from "./workflow-expression";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string | number>>;
  readonly "working-directory"?: string;
  readonly "continue-on-error"?: boolean;
}

export interface WorkflowJob {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: object;
  readonly strategy?: object;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: {
    readonly workflow_call?: {
      readonly inputs: Readonly<Record<string, { readonly default: string }>>;
      readonly secrets: Readonly<Record<string, unknown>>;
    };
  };
  readonly concurrency?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** The one job of a workflow that calls another one. */
export interface Call {
  readonly uses: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** How a job ended. */
export interface JobEnd {
  /** Name of the first step that failed; undefined where none did. */
  readonly failed?: string;
  /** All that its steps printed, as GitHub shows it: without what was masked. */
  readonly log: string;
  /** The Markdown on the page of the run. */
  readonly summary: string;
}

export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, "utf8"));
}

/** The call in the text of a workflow. */
export function callIn(text: string): Call {
  const [call] = Object.values<Call>(parse(text).jobs);
  if (call?.uses === undefined) {
    throw new Error("the workflow calls none");
  }
  return call;
}

/**
 * Runs jobs of a called workflow on this machine: every `run` of theirs in the shell that GitHub would run it in.
 *
 * Of the actions that they use, those for artifacts put files into a folder and take them from there; the others have
 * nothing to do here.
 */
export class Runner {
  private readonly artifacts = mkdtempSync(join(tmpdir(), "artifacts-"));
  private readonly inputs: Contexts;

  /**
   * @param workspace the folder that is checked out
   * @param workflow the called one
   * @param call of the workflow in the workspace
   * @param install stands for `npm ci` in a folder; without it, npm does it
   */
  constructor(
    private readonly workspace: string,
    private readonly workflow: Workflow,
    private readonly call: Pick<Call, "secrets" | "with">,
    private readonly install?: (folder: string) => void,
  ) {
    const inputs = Object.entries(workflow.on.workflow_call?.inputs ?? {});
    this.inputs = Object.fromEntries(
      inputs.map(([name, input]) => [`inputs.${name}`, call.with?.[name] ?? input.default]),
    );
  }

  /**
   * @param contexts e.g. `{ "vars.AUTH0_DOMAIN": "…" }`; what is not in them is empty, and a secret that the call does not
   *   name is
   * @param environment of every step besides
   */
  async run(job: string, contexts: Contexts, environment: Readonly<Record<string, string>> = {}): Promise<JobEnd> {
    const temporary = mkdtempSync(join(tmpdir(), "runner-"));
    const passed = Object.entries(contexts).filter(([path]) => this.isPassed(path));
    const known: Record<string, string> = { ...this.inputs, ...Object.fromEntries(passed), "runner.temp": temporary };
    const files = {
      output: join(temporary, "output"),
      summary: join(temporary, "summary"),
      env: join(temporary, "env"),
    };
    writeFileSync(files.env, "");
    let log = "";
    let failed: string | undefined;
    for (const step of this.workflow.jobs[job]?.steps ?? []) {
      if (!isRun(step.if, known, { hasFailed: failed !== undefined })) {
        continue;
      }
      const name = step.name ?? step.uses ?? "";
      if (step.uses !== undefined) {
        this.use(step, known, temporary);
        continue;
      }
      const folder = filled(step["working-directory"] ?? "", known) || this.workspace;
      if (step.run?.startsWith("npm ci") && this.install !== undefined) {
        this.install(folder);
        continue;
      }
      writeFileSync(files.output, "");
      const env = {
        ...allFilled(this.workflow.env ?? {}, known),
        ...allFilled(this.workflow.jobs[job]?.env ?? {}, known),
        ...environment,
        ...assignments(files.env),
        ...allFilled(step.env ?? {}, known),
        RUNNER_TEMP: temporary,
        GITHUB_ACTIONS: "true",
        CI: "true",
        GITHUB_OUTPUT: files.output,
        GITHUB_ENV: files.env,
        GITHUB_STEP_SUMMARY: files.summary,
      };
      const { status, said } = await shell(step.run ?? "", folder, env);
      log += `### ${name}\n${said}`;
      if (status !== 0 && step["continue-on-error"] !== true) {
        failed ??= name;
      }
      for (const [output, value] of Object.entries(assignments(files.output))) {
        known[`steps.${step.id}.outputs.${output}`] = value;
      }
    }
    const summary = existsSync(files.summary) ? readFileSync(files.summary, "utf8") : "";
    rmSync(temporary, { recursive: true, force: true });
    return { ...(failed !== undefined && { failed }), log: masked(log), summary };
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

  private isPassed(path: string): boolean {
    const [, secret] = /^secrets\.(.+)$/.exec(path) ?? [];
    return secret === undefined || Object.hasOwn(this.call.secrets, secret);
  }

  private use(step: Step, contexts: Record<string, string>, temporary: string): void {
    const [action = ""] = step.uses?.split("@") ?? [];
    const inputs = allFilled(step.with ?? {}, contexts);
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

/** What a step wrote into the file of its outputs, or of variables. */
function assignments(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value = ""] = /^([^=]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

/** Hides what the steps said is secret, and that they said so. */
function masked(log: string): string {
  const secrets = [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret = ""]) => secret.replaceAll("%25", "%"));
  const shown = log.replace(/^::add-mask::.*\n/gm, "");
  return secrets.reduce((text, secret) => text.replaceAll(secret, "***"), shown);
}

function allFilled(
  values: Readonly<Record<string, string | number | boolean>>,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(String(value), contexts)]));
}

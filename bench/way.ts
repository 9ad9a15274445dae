import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalTenant } from "../dev/local-tenant";
import { runToEnd, terraform } from "./terraform";

const ROOT = join(__dirname, "..");

export const STEPS = ["apply", "plan without a change", "apply of one changed label", "destroy"] as const;

export type Step = (typeof STEPS)[number];

/** A way to deploy the article. */
export interface Way {
  /** What is done before anything is counted. */
  readonly prepare: (tenant: LocalTenant) => void;
  readonly run: Readonly<Record<Step, (tenant: LocalTenant) => void>>;
}

/** What Terraform runs in a folder. */
export interface Configuration {
  readonly directory: string;
  /** The file that changes, and what it is at first. */
  readonly file: string;
  readonly text: string;
}

/** The constructs. */
export function synthesised(outdir: string): Configuration {
  const tsNode = ["--require", require.resolve("ts-node/register")];
  runToEnd(process.execPath, [...tsNode, join(__dirname, "stacks", "constructs.ts"), outdir], ROOT);
  const directory = join(outdir, "stacks", "article");
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8"));
  // Its state is to lie beside it.
  delete stack.terraform.backend;
  return { directory, file, text: JSON.stringify(stack) };
}

/** HCL as one would write it by hand. */
export function handWritten(directory: string): Configuration {
  mkdirSync(directory);
  const variables = { code_file: join(ROOT, "actions", "progressive-profiling.js") };
  writeFileSync(join(directory, "terraform.tfvars.json"), JSON.stringify(variables));
  const text = readFileSync(join(__dirname, "article.tf"), "utf8");
  return { directory, file: join(directory, "main.tf"), text };
}

export function byTerraform({ directory, file, text }: Configuration): Way {
  const run = (tenant: LocalTenant, command: string, ...args: string[]) =>
    terraform(directory, tenant, command, "-input=false", ...args);
  return {
    prepare: (tenant) => {
      writeFileSync(file, text);
      // A state of another tenant, which was not destroyed there.
      rmSync(join(directory, "terraform.tfstate"), { force: true });
      run(tenant, "init");
    },
    run: {
      apply: (tenant) => run(tenant, "apply", "-auto-approve"),
      "plan without a change": (tenant) => run(tenant, "plan", "-detailed-exitcode"),
      "apply of one changed label": (tenant) => {
        writeFileSync(file, otherLabel(text));
        run(tenant, "apply", "-auto-approve");
      },
      destroy: (tenant) => run(tenant, "destroy", "-auto-approve"),
    },
  };
}

/** The article with another label of a field, in whatever language it is written. */
export function otherLabel(text: string): string {
  const changed = text.replace("Company name", "Your company's name");
  if (changed === text) {
    throw new Error("no field is labelled Company name");
  }
  return changed;
}

/** Management API calls of each command: the constructs against hand-written HCL of the same resources. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import { toolchainEnv } from "../scripts/toolchain";

const ROOT = join(__dirname, "..");
const COMMANDS = ["apply", "plan without a change", "apply of one changed field", "destroy"] as const;

type Calls = Record<(typeof COMMANDS)[number], number>;

/** A configuration that Terraform runs in a folder, and how one field of it is changed. */
interface Configuration {
  readonly directory: string;
  readonly change: () => void;
}

export async function benchCalls(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-calls-"));
  try {
    const constructs = await callsOf(synthesised(join(folder, "constructs")), folder);
    const hcl = await callsOf(handWritten(join(folder, "hcl")), folder);
    return [
      "## Management API calls",
      "",
      "The resources of `main.ts` by the constructs, against hand-written HCL of the same (`bench/article.tf`), as the tenant",
      "counts them; each command's token included.",
      "",
      "| command | constructs | hand-written HCL | ratio | goal |",
      "| --- | --- | --- | --- | --- |",
      ...COMMANDS.map((command) => {
        const ratio = constructs[command] / hcl[command];
        return `| ${command} | ${constructs[command]} | ${hcl[command]} | ${ratio.toFixed(2)} | 1.00 |`;
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function callsOf({ directory, change }: Configuration, folder: string): Promise<Calls> {
  const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(folder, "env"));
  try {
    terraform(directory, tenant, "init", "-input=false");
    const counted = async (...args: string[]): Promise<number> => {
      await tenant.request("POST", "/_tenant/requests/reset");
      terraform(directory, tenant, ...args);
      return (await tenant.request("GET", "/_tenant/requests")).body.total;
    };
    const apply = await counted("apply", "-input=false", "-auto-approve");
    const plan = await counted("plan", "-input=false", "-detailed-exitcode");
    change();
    const changed = await counted("apply", "-input=false", "-auto-approve");
    const destroy = await counted("destroy", "-input=false", "-auto-approve");
    return {
      apply,
      "plan without a change": plan,
      "apply of one changed field": changed,
      destroy,
    };
  } finally {
    await tenant.stop();
  }
}

function synthesised(outdir: string): Configuration {
  const tsNode = ["--require", require.resolve("ts-node/register")];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...tsNode, join(__dirname, "stacks", "constructs.ts"), outdir],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status !== 0) {
    throw new Error(stderr);
  }
  const directory = join(outdir, "stacks", "article");
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8"));
  stack.terraform.backend.local.path = join(directory, "terraform.tfstate");
  const save = () => writeFileSync(file, JSON.stringify(stack));
  save();
  return {
    directory,
    change: () => {
      const [form] = Object.values<{ name: string }>(stack.resource.auth0_form);
      if (form !== undefined) {
        form.name = "Renamed";
      }
      save();
    },
  };
}

function handWritten(directory: string): Configuration {
  mkdirSync(directory);
  cpSync(join(__dirname, "article.tf"), join(directory, "main.tf"));
  const variables = { code_file: join(ROOT, "actions", "progressive-profiling.js") };
  const save = (more: object) =>
    writeFileSync(join(directory, "terraform.tfvars.json"), JSON.stringify({ ...variables, ...more }));
  save({});
  return { directory, change: () => save({ form_name: "Renamed" }) };
}

/** Runs the engine to its end. */
export function terraform(directory: string, tenant: LocalTenant, ...args: string[]): void {
  const toolchain = toolchainEnv();
  const { status, stdout, stderr } = spawnSync(toolchain.TERRAFORM_BINARY_NAME, args, {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, ...toolchain, ...tenant.env, TF_CLI_ARGS: "-no-color" },
  });
  if (status !== 0) {
    throw new Error(`terraform ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  }
}

/** The review of a plan that changes every text of an enormous form, against what prints the plan. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import { toolchainEnv } from "../scripts/toolchain";
import { terraform } from "./calls";
import { enormousForm } from "./enormous-form";
import { median, runNode } from "./pairs";

const ROOT = join(__dirname, "..");
const PAIRS = 15;

export async function benchReview(): Promise<string[]> {
  // As it is published: nobody compiles it to run it.
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT });
  const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
  try {
    const directory = join(folder, "stack");
    const plan = join(folder, "plan.json");
    const show = await planOf(directory, folder);
    writeFileSync(plan, show());
    const runs = Array.from({ length: PAIRS }, () => {
      const start = process.hrtime.bigint();
      show();
      const shown = Number(process.hrtime.bigint() - start) / 1e9;
      const args = [join(ROOT, "dist", "cli", "main.js"), "review", plan, "--out", join(folder, "review.md")];
      return { shown, ...runNode(args) };
    });
    const seconds = median(runs.map((run) => run.seconds));
    const memory = median(runs.map((run) => run.memory));
    const ratio = median(runs.map((run) => run.seconds / run.shown));
    return [
      "## The review of a plan",
      "",
      "A plan that changes every text of a form of 200 components on 30 nodes, 100,000 characters: the command as it is",
      `published, with the start of Node, against \`terraform show -json\` of the same plan, ${PAIRS} pairs.`,
      "",
      "| | review / `terraform show -json` | review on this machine | goal |",
      "| --- | --- | --- | --- |",
      `| time | ${ratio.toFixed(2)} | ${seconds.toFixed(2)} s | under 1 s |`,
      `| peak memory | | ${Math.round(memory)} MB | under 200 MB |`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Saves the plan, and returns what prints it. */
async function planOf(directory: string, folder: string): Promise<() => string> {
  mkdirSync(directory);
  const save = (word: string) =>
    writeFileSync(
      join(directory, "main.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { auth0: { source: "auth0/auth0", version: "1.54.1" } } },
        provider: { auth0: {} },
        resource: {
          auth0_form: { enormous: { name: "Enormous", languages: { primary: "en" }, ...enormousForm(word) } },
        },
      }),
    );
  const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(folder, "env"));
  try {
    save("Old");
    terraform(directory, tenant, "init", "-input=false");
    terraform(directory, tenant, "apply", "-input=false", "-auto-approve");
    save("New");
    terraform(directory, tenant, "plan", "-input=false", "-out=plan");
  } finally {
    await tenant.stop();
  }
  const toolchain = toolchainEnv();
  return () =>
    execFileSync(toolchain.TERRAFORM_BINARY_NAME, ["show", "-json", "plan"], {
      cwd: directory,
      encoding: "utf8",
      env: { ...process.env, ...toolchain },
      maxBuffer: 64 * 1024 * 1024,
    });
}

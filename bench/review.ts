import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import { toolchainEnv } from "../scripts/toolchain";
import { enormousForm } from "./enormous-form";
import type { Figure, Section } from "./figure";
import { inTurn, runNode } from "./pairs";
import { publishedPackage } from "./published";
import { terraform } from "./terraform";
import { otherLabel, synthesised } from "./way";

const SHOW = "terraform show -json";

/** The review of a plan, against what prints the plan. */
export const review: Section = {
  title: "The review of a plan",
  about: `Two plans: the small one changes a label of the article, the enormous one every text of a form of 200 components on 30 nodes,
100,000 characters. The command as it is published, with the start of Node, against \`${SHOW}\` of the same plan.`,
  rounds: [15, 3],
  measure: async ({ rounds, progress }) => {
    const command = join(publishedPackage(progress), "cli", "main.js");
    const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
    try {
      const figures: Figure[] = [];
      for (const [name, planned] of Object.entries({ small: smallPlan, enormous: enormousPlan })) {
        progress(`${name} plan`);
        const directory = await planned(join(folder, name), folder);
        const plan = join(folder, `${name}.json`);
        writeFileSync(plan, shown(directory));
        const runs = inTurn(rounds, {
          review: () => runNode([command, "review", plan, "--out", join(folder, "review.md")]),
          show: () => {
            const begin = performance.now();
            shown(directory);
            return performance.now() - begin;
          },
        });
        figures.push(
          {
            name: `${name} plan`,
            unit: "ms",
            values: runs.review.map(({ milliseconds }) => milliseconds),
            peer: { name: SHOW, values: runs.show },
            goal: { of: "value", is: "at most", limit: 1000 },
          },
          {
            name: `${name} plan, peak memory`,
            unit: "MB",
            values: runs.review.map(({ memory }) => memory),
            goal: { of: "value", is: "at most", limit: 200 },
          },
        );
      }
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Each makes the configuration in a folder, applies it, changes it, and returns where its `plan` is. */
async function smallPlan(outdir: string, folder: string): Promise<string> {
  const { directory, file, text } = synthesised(outdir);
  return changePlanned(directory, folder, [
    () => writeFileSync(file, text),
    () => writeFileSync(file, otherLabel(text)),
  ]);
}

async function enormousPlan(directory: string, folder: string): Promise<string> {
  mkdirSync(directory);
  const save = (word: string) => {
    const stack = {
      terraform: { required_providers: { auth0: { source: "auth0/auth0", version: "1.54.1" } } },
      provider: { auth0: {} },
      resource: {
        auth0_form: { enormous: { name: "Enormous", languages: { primary: "en" }, ...enormousForm(word) } },
      },
    };
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(stack));
  };
  return changePlanned(directory, folder, [() => save("Old"), () => save("New")]);
}

async function changePlanned(
  directory: string,
  folder: string,
  [before, after]: readonly [() => void, () => void],
): Promise<string> {
  const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(folder, "env"));
  try {
    before();
    terraform(directory, tenant, "init", "-input=false");
    terraform(directory, tenant, "apply", "-input=false", "-auto-approve");
    after();
    terraform(directory, tenant, "plan", "-input=false", "-out=plan");
  } finally {
    await tenant.stop();
  }
  return directory;
}

function shown(directory: string): string {
  const toolchain = toolchainEnv();
  return execFileSync(toolchain.TERRAFORM_BINARY_NAME, ["show", "-json", "plan"], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, ...toolchain },
    maxBuffer: 64 * 1024 * 1024,
  });
}

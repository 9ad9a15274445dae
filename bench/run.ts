/** `npm run bench`: measures, and writes what it saw to RESULTS.md beside this file. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { toolchainEnv } from "../scripts/toolchain";
import { benchCalls } from "./calls";
import { benchDecision } from "./decision";
import { benchReview } from "./review";
import { benchSynth } from "./synth";
import { benchTenant } from "./tenant";

const BENCHES = {
  Synth: benchSynth,
  "Management API calls": benchCalls,
  "The Action's decision": benchDecision,
  "The local tenant": benchTenant,
  "The review of a plan": benchReview,
};

async function main(): Promise<void> {
  const sections: string[][] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    console.log(`==> ${name}`);
    const section = await bench();
    console.log(section.join("\n"));
    sections.push(section);
  }
  const report = [heading(), ...sections].map((section) => section.join("\n")).join("\n\n");
  writeFileSync(join(__dirname, "RESULTS.md"), `${report}\n`);
}

function heading(): string[] {
  const engine = execFileSync(toolchainEnv().TERRAFORM_BINARY_NAME, ["version"], { encoding: "utf8" }).split("\n")[0];
  const version = (name: string) =>
    JSON.parse(readFileSync(join(__dirname, "..", "node_modules", name, "package.json"), "utf8")).version;
  const [cpu] = cpus();
  return [
    "# Results of `npm run bench`",
    "",
    "Ratios of what ran in turn on one machine; times of another day or machine say nothing beside them.",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, ${platform()} ${arch()}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- Node.js ${process.version}, ${engine}, auth0/auth0 ${version("@cdktf/provider-auth0")}, cdktf ${version("cdktf")}, Hono ${version("hono")}`,
  ];
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

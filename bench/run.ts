/** `npm run bench`: measures, and writes what it saw to RESULTS.md beside this file. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, totalmem } from "node:os";
import { join } from "node:path";
import { toolchainEnv } from "../scripts/toolchain";
import { benchCalls } from "./calls";
import { benchDecision } from "./decision";
import { benchDev } from "./dev";
import { benchReview } from "./review";
import { benchSynth } from "./synth";
import { benchTenant } from "./tenant";

const BENCHES = {
  Synth: benchSynth,
  "Management API calls": benchCalls,
  "The Action's decision": benchDecision,
  "The local tenant": benchTenant,
  "The review of a plan": benchReview,
  "From saving to the page": benchDev,
};

const RESULTS = join(__dirname, "RESULTS.md");

/** All, or those of the names on the command line, whose sections then take the place of the former ones. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    throw new Error(`no bench is called ${unknown.join(", ")}; they are ${Object.keys(BENCHES).join(", ")}`);
  }
  const sections = new Map(names.length === 0 ? [] : readSections());
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) {
      continue;
    }
    console.log(`==> ${name}`);
    const section = [
      ...(await bench()),
      ...(names.length === 0
        ? []
        : ["", `Measured on ${today()}, under a load of ${loadavg()[0]?.toFixed(0)} on ${cpus().length} processors.`]),
    ];
    console.log(section.join("\n"));
    sections.set(section[0] ?? name, section.join("\n"));
  }
  if (names.length === 0) {
    sections.set("", heading().join("\n"));
  }
  const { "": first, ...others } = Object.fromEntries(sections);
  writeFileSync(RESULTS, `${[first, ...Object.values(others)].join("\n\n")}\n`);
}

/** The sections that there are by their headings; what is before them has none. */
function readSections(): [string, string][] {
  const parts = readFileSync(RESULTS, "utf8")
    .trimEnd()
    .split(/\n\n(?=## )/);
  return parts.map((part) => [part.startsWith("## ") ? (part.split("\n")[0] ?? "") : "", part]);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
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
    `- ${today()}, ${platform()} ${arch()}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- Node.js ${process.version}, ${engine}, auth0/auth0 ${version("@cdktf/provider-auth0")}, cdktf ${version("cdktf")}, Hono ${version("hono")}`,
  ];
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

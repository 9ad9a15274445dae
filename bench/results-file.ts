import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { toolchainEnv } from "../scripts/toolchain";
import type { Figure, SectionHead } from "./figure";
import { plotsOf } from "./plot";
import { sectionMarkdown } from "./results";

const RESULTS = join(__dirname, "RESULTS.md");
const PLOTS = join(__dirname, "plots");

interface Circumstances {
  readonly rounds: number;
  /** Of the machine, in the minute before it was measured. */
  readonly load: number;
}

/** Writes a section to RESULTS.md, where it takes the place of the one of its title, and its plots beside it. */
export function writeResults(
  name: string,
  section: SectionHead,
  figures: readonly Figure[],
  { rounds, load }: Circumstances,
): void {
  const plots = plotsOf(name, figures);
  mkdirSync(PLOTS, { recursive: true });
  for (const former of readdirSync(PLOTS).filter((file) => file.startsWith(`${name}-`))) {
    rmSync(join(PLOTS, former));
  }
  for (const [file, svg] of plots) {
    writeFileSync(join(PLOTS, file), svg);
  }
  const day = new Date().toISOString().slice(0, 10);
  const measured = `on ${day} in ${rounds} round${rounds === 1 ? "" : "s"}, under a load of ${load.toFixed(1)} before it began.`;
  const text = sectionMarkdown(section, figures, [...plots.keys()], measured);
  const [, ...before] = readFileSync(RESULTS, "utf8")
    .trimEnd()
    .split(/\n\n(?=## )/);
  const place = before.findIndex((part) => part.startsWith(`## ${section.title}\n`));
  const after = place < 0 ? [...before, text] : before.with(place, text);
  writeFileSync(RESULTS, `${[heading(), ...after].join("\n\n")}\n`);
}

function heading(): string {
  const toolchain = toolchainEnv();
  const env = { ...process.env, ...toolchain };
  const [engine] = execFileSync(toolchain.TERRAFORM_BINARY_NAME, ["version"], { encoding: "utf8", env }).split("\n");
  const version = (name: string) =>
    JSON.parse(readFileSync(join(__dirname, "..", "node_modules", name, "package.json"), "utf8")).version;
  const libraries = ["cdktf", "hono", "oidc-provider"].map((name) => `${name} ${version(name)}`).join(", ");
  const [cpu] = cpus();
  return `# Results of \`npm run bench\`

Medians, and in brackets the quartiles between which half of what was measured lies. A ratio is ours divided by the peer's, of what
ran in turn in the same round: times of another day or machine say nothing beside it. All are of one machine, and each section says
under which load: above 2 other work was going on, which ratios, counts, CPU times and memory bear better than times.

- ${platform()} ${arch()}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB
- Node.js ${process.version}, ${engine}, auth0/auth0 ${version("@cdktf/provider-auth0")}, ${libraries}`;
}

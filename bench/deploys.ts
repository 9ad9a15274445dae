import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import { DeployCli } from "./deploy-cli";
import type { Effort, Figure, Goal, Section } from "./figure";
import { byTerraform, handWritten, STEPS, type Step, synthesised, type Way } from "./way";

const SLOW = 2;

/** Who deploys, how, and which steps of it are measured. */
type Participant = readonly [name: string, way: Way, steps: readonly Step[]];

/** How fast the tenant answers. */
interface Tempo {
  readonly suffix: string;
  readonly tenant: readonly string[];
  /** For calls: none where what is refused is sent again. */
  readonly goal?: Goal;
}

const UNLIMITED: Tempo = { suffix: "", tenant: [], goal: { of: "ratio", is: "at most", limit: 1 } };
const SLOWLY: Tempo = {
  suffix: `, ${SLOW} requests a second`,
  tenant: ["--rate-limit", String(SLOW)],
};

interface Cost {
  readonly calls: number;
  readonly seconds: number;
}

/** What a deploy asks of the Management API, and how long it takes. */
export const deploys: Section = {
  title: "Deploys",
  about: `The resources of \`main.ts\` by the constructs, against hand-written HCL of the same (\`bench/article.tf\`), both run by
Terraform, and against auth0-deploy-cli importing what it has exported of them, where a plan is its dry run and destroy an import of
nothing with \`AUTH0_ALLOW_DELETE\`. Calls as the tenant counts them, each command's token and what it refuses included; each round
has a new tenant. Then the same at a tenant that answers ${SLOW} requests a second. auth0-deploy-cli waits four seconds of its own
accord when it has an Action, and can not hand a client's secret on: its Vault connection holds another one.`,
  rounds: [3, 1],
  measure: async (effort) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-deploys-"));
    try {
      const constructs = byTerraform(synthesised(join(folder, "constructs")));
      effort.progress("installing auth0-deploy-cli for a while");
      const cli = DeployCli.install(join(folder, "deploy-cli"));
      const hcl = byTerraform(handWritten(join(folder, "hcl")));
      await onTenant(folder, UNLIMITED, async (tenant) => {
        constructs.prepare(tenant);
        constructs.run.apply(tenant);
        cli.export(tenant);
      });
      const first = effort.isQuick ? STEPS.slice(0, 1) : STEPS;
      const participants = (steps: readonly Step[], stepsOfCli: readonly Step[]): Participant[] => [
        ["constructs", constructs, steps],
        ["hand-written HCL", hcl, steps],
        ["auth0-deploy-cli", cli, stepsOfCli],
      ];
      return [
        ...(await compared(UNLIMITED, participants(STEPS, first), effort, folder)),
        // One round: what waits for a limit is not disturbed by much else.
        ...(await compared(SLOWLY, participants(first, effort.isQuick ? [] : STEPS), { ...effort, rounds: 1 }, folder)),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The first of them against each of the others, who deploy in turn, each round to a new tenant. */
async function compared(
  tempo: Tempo,
  participants: readonly Participant[],
  { rounds, progress }: Effort,
  folder: string,
): Promise<Figure[]> {
  const costs = new Map(participants.map(([name]) => [name, [] as Map<Step, Cost>[]]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, way, steps] of participants.filter(([, , some]) => some.length > 0)) {
      progress(`${name}, round ${round} of ${rounds}${tempo.suffix}`);
      costs.get(name)?.push(await costsOf(way, steps, tempo, folder));
    }
  }
  const [[ours, , steps] = ["", undefined, []], ...peers] = participants;
  const figure = (step: Step, peer: string, what: keyof Cost): Figure => {
    const values = (name: string) => (costs.get(name) ?? []).map((cost) => cost.get(step)?.[what] ?? Number.NaN);
    return {
      name: `${step}${tempo.suffix}`,
      unit: what === "calls" ? what : "s",
      values: values(ours),
      peer: { name: peer, values: values(peer) },
    };
  };
  return steps.flatMap((step) =>
    peers
      .filter(([, , done]) => done.includes(step))
      .flatMap(([peer]) => [{ ...figure(step, peer, "calls"), goal: tempo.goal }, figure(step, peer, "seconds")]),
  );
}

async function costsOf(way: Way, steps: readonly Step[], tempo: Tempo, folder: string): Promise<Map<Step, Cost>> {
  const costs = new Map<Step, Cost>();
  await onTenant(folder, tempo, async (tenant) => {
    way.prepare(tenant);
    for (const step of steps) {
      await tenant.request("POST", "/_tenant/requests/reset");
      const begin = performance.now();
      way.run[step](tenant);
      const seconds = (performance.now() - begin) / 1000;
      costs.set(step, { calls: (await tenant.request("GET", "/_tenant/requests")).body.total, seconds });
    }
  });
  return costs;
}

async function onTenant(
  folder: string,
  { tenant: args }: Tempo,
  use: (tenant: LocalTenant) => Promise<void>,
): Promise<void> {
  const tenant = await LocalTenant.start(["--memory", "--port", "0", ...args], join(folder, "env"));
  try {
    await use(tenant);
  } finally {
    await tenant.stop();
  }
}

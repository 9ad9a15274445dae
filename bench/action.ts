import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { LoginCost } from "./action-logins";
import type { Figure, Section } from "./figure";

const PEER = "article's own Action";
const MEASURES = [
  { key: "microseconds", name: "", unit: "µs", goal: { of: "value", is: "at most", limit: 100 } },
  { key: "bytes", name: ", allocated", unit: "B" },
  { key: "first", name: ", first login of a process", unit: "µs" },
] as const;

/** What the Action costs a login. */
export const action: Section = {
  title: "The Action at a login",
  about: `CPU time of \`onExecutePostLogin\` alone, and the bytes it allocates: of \`progressive-profiling.js\` for ten keys, and of
\`scheduled-profiling.js\` for ten stages, as the constructs deploy them; for a user who has answered all, and for one of whom the last
answer is missing. Moments are \`fromLogin\`, \`afterSignUp\`, \`atMostEvery\` and \`share\`, on the form and on each stage, and all hold. The
peer is the article's own Action, which always renders the form: it decides nothing, and costs a page instead (below). Each round is
a process of its own, of whose 10,000 logins the mean is taken; its first login is told apart, as Auth0 starts an Action anew now and
then.`,
  rounds: [15, 3],
  measure: async ({ rounds, progress }) => {
    progress("logins");
    const costs = Array.from({ length: rounds }, logins);
    const [names = []] = costs.map(Object.keys);
    return names
      .filter((name) => name !== PEER)
      .flatMap((name) =>
        // Who is incomplete comes second: the code is compiled by then.
        MEASURES.filter(({ key }) => key !== "first" || !name.endsWith("incomplete")).map(
          ({ key, name: what, unit, ...more }): Figure => {
            const of = (one: string) => costs.map((cost) => cost[one]?.[key] ?? Number.NaN);
            return { name: `${name}${what}`, unit, values: of(name), peer: { name: PEER, values: of(PEER) }, ...more };
          },
        ),
      );
  },
};

function logins(): Record<string, LoginCost> {
  const flags = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];
  const program = ["--require", require.resolve("tsx/cjs"), join(__dirname, "action-logins.ts")];
  return JSON.parse(execFileSync(process.execPath, [...flags, ...program], { encoding: "utf8" }));
}

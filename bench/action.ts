/** What the Action costs a login of someone who has nothing to answer. */
import { ActionSource } from "../lib/action-source";
import { median } from "./pairs";

const STAGES = 10;
const ROUNDS = 15;
const LOGINS_PER_ROUND = 10_000;

interface Loaded {
  onExecutePostLogin(event: object, api: object): Promise<void>;
}

export async function benchDecision(): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, ask] of Object.entries({
    "no moments": {},
    "all moments hold": { fromLogin: 3, afterSignUp: { days: 1 }, atMostEvery: { days: 7 }, share: 100 },
  })) {
    const action = scheduledAction(ask);
    const rounds: number[] = [];
    // The first round, in which the code is compiled, is measured as well: Auth0 starts an Action anew now and then.
    for (let round = 0; round <= ROUNDS; round++) {
      rounds.push(await microsecondsPerLogin(action));
    }
    rows.push(`| ${name} | ${median(rounds).toFixed(1)} µs | ${Math.max(...rounds).toFixed(1)} µs | under 100 µs |`);
  }
  return [
    "## The Action's decision",
    "",
    `\`actions/scheduled-profiling.js\` with ${STAGES} stages, at a login of someone whose answers are complete: no page, no request,`,
    `nothing written. Times of ${ROUNDS + 1} rounds of ${LOGINS_PER_ROUND} logins, each divided by its logins.`,
    "",
    "| | a login | in the slowest round | goal |",
    "| --- | --- | --- | --- |",
    ...rows,
  ];
}

function scheduledAction(ask: object): Loaded {
  const source = ActionSource.ofLibrary("scheduled-profiling.js");
  const stages = Array.from({ length: STAGES }, (_, index) => ({
    id: `s${index}`,
    condition: {
      operator: "AND",
      operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.key_${index}}}`] }],
    },
    ask,
  }));
  const values = { FORM_ID: "ap_1", STAGES: stages, ASK: ask, SAVES: [], TELLS_STAGE: true };
  const exported = {};
  new Function("exports", source.codeWith(values).replaceAll("$${", "${"))(exported);
  return exported as Loaded;
}

async function microsecondsPerLogin(action: Loaded): Promise<number> {
  const user_metadata = Object.fromEntries(Array.from({ length: STAGES }, (_, index) => [`key_${index}`, "answered"]));
  const event = {
    client: { client_id: "client", name: "Application" },
    connection: { name: "Username-Password-Authentication" },
    request: { query: {} },
    stats: { logins_count: 5 },
    transaction: { protocol: "oidc-basic-profile" },
    user: { user_id: "auth0|1", created_at: "2026-01-01T00:00:00.000Z", user_metadata, app_metadata: {} },
  };
  const render = () => {
    throw new Error("nothing is to be asked");
  };
  const begin = performance.now();
  for (let login = 0; login < LOGINS_PER_ROUND; login++) {
    await action.onExecutePostLogin(event, { prompt: { render } });
  }
  return ((performance.now() - begin) * 1000) / LOGINS_PER_ROUND;
}

/** What to do where changes of a stack are left. */
const NEXT =
  "the next plan has what is left: run this workflow by hand, which plans the branch, and look at its review";

/**
 * Why an apply has failed and what to do, by what the engine said.
 *
 * @param said all of it
 */
export function applyFailure(stack: string, status: number | null, said: string): string {
  if (/saved plan is stale/i.test(said)) {
    return `[${stack}] nothing of it was applied: somebody changed the state while this job ran; run the job again`;
  }
  if (/Error acquiring the state lock/.test(said)) {
    return `[${stack}] nothing of it was applied: ${lockFailure(said)}`;
  }
  return (
    `[${stack}] the apply ended with ${status}; its log says why. What was applied before that stays, and ${NEXT}. ` +
    "Where the engine was killed, the tenant may have what no state knows of: " +
    "npx auth0-progressive-profiling unmanaged PLAN.json, with the JSON of that plan, prints it as terraform import commands"
  );
}

/** The engine gives the lock's own information with most backends; with PostgreSQL it is that of who asks. */
function lockFailure(said: string): string {
  if (!said.includes("Lock Info:")) {
    return "its state could not be locked; the log says why; mend that, and run the job again";
  }
  const who = said.includes("Workspace is already locked") ? undefined : partOfLock(said, "Who");
  const created = who && partOfLock(said, "Created");
  const holder = who === undefined ? "somebody" : `${who}, since ${created},`;
  const id = who === undefined ? undefined : partOfLock(said, "ID");
  const release =
    id === undefined ? "end the session that has it in the database" : `release it by terraform force-unlock ${id}`;
  return (
    `${holder} has the lock of its state, and did not give it back in time; run the job again when that apply has ended. ` +
    `Where nothing runs any more, ${release}`
  );
}

function partOfLock(said: string, name: string): string | undefined {
  return new RegExp(`^[│|\\s]*${name}:\\s+(.*\\S)`, "m").exec(said)?.[1];
}

/** What went wrong and what to do, in words: no stack trace says more. */
export class Failure extends Error {}

/**
 * Runs a script to its end; a {@link Failure} is shown in the log and beside the job.
 *
 * @param {() => void | Promise<void>} script
 */
export async function run(script) {
  try {
    await script();
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    process.exitCode = 1;
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands: one line for all of it
    const text = error.message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    console.log(process.env.GITHUB_ACTIONS ? `::error::${text}` : error.message);
  }
}

/**
 * @param {string} text what a reader should know though the job goes on
 */
export function warn(text) {
  console.log(process.env.GITHUB_ACTIONS ? `::warning::${text.replaceAll("\n", "%0A")}` : text);
}

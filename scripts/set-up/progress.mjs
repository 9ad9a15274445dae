/**
 * Says on stderr what is being done and for how long: in place on a terminal, else one line every ten seconds.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const { stderr } = process;
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const inPlace = stderr.isTTY === true;
  const show = (/** @type {string} */ text) => stderr.write(inPlace ? `\r\x1b[Kset-up: ${text}` : `set-up: ${text}\n`);

  show(`${title} …`);
  const timer = inPlace
    ? setInterval(() => show(`${title} … ${elapsed()}`), 1_000)
    : setInterval(() => show(`… ${elapsed()}`), 10_000);
  try {
    const result = await work();
    show(`${title}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    show(`${title}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearInterval(timer);
    if (inPlace) {
      stderr.write("\n");
    }
  }
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

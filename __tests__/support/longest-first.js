const { default: Sequencer } = require("@jest/test-sequencer");

/** What takes minutes: begun last, it would run alone at the end, with the other processors idle. */
const LONG =
  /\/(journeys\/(node-versions|init|workflow|package-managers|documents|rotation|called-workflow)|faults\/steps)\b/;

/**
 * Jest knows how long a file took before; on a fresh clone it knows nothing, and goes by the sizes of the files.
 *
 * @override
 */
module.exports = class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {import("@jest/test-result").Test[]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted.filter(({ path }) => LONG.test(path)), ...sorted.filter(({ path }) => !LONG.test(path))];
  }
};

import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";

const QUESTION = "How do I unit-test what is asked?";

describe(QUESTION, () => {
  const [profiling = "", tests = "", ...others] = blocks("docs/before-a-deploy.md", "ts", QUESTION);

  test("it shows a profiling.ts and its tests, which follow", () => {
    expect(others).toEqual([]);
    expect(tests.match(/^test\(/gm)).toHaveLength(4);
  });

  // Defines the four tests of the block here.
  runBlock(tests, { "./profiling": profiling });
});

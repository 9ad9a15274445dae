import { ManagementScopes, ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const DOCUMENT = "docs/words-consents-codes.md";

/** The props that the block of a question exports. */
function propsOf(question: string): ProgressiveProfilingProps {
  const [block = "", ...others] = blocks(DOCUMENT, "ts", question);
  expect(others).toEqual([]);
  return (runBlock(block) as { PROFILING: ProgressiveProfilingProps }).PROFILING;
}

function templateOf(props: ProgressiveProfilingProps = {}): Template {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return Template.of(stack);
}

const resourcesOf = ({ json }: Template) => json.resource ?? {};

test("every block stands under a question that a test below is of", () => {
  expect(blocks(DOCUMENT, "ts")).toHaveLength(3);
});

describe("How do I change the words of the default stages?", () => {
  const props = propsOf("How do I change the words of the default stages?");

  test("other words change the form and nothing else", () => {
    const { auth0_form: before, ...others } = resourcesOf(templateOf());
    const { auth0_form: after, ...same } = resourcesOf(templateOf(props));

    expect(same).toEqual(others);
    const words = ["Who are you?", "What do you do?", "Mobile (you may leave it out)", '"text":"Next"'];
    expect(words.filter((word) => JSON.stringify(after).replaceAll("\\", "").includes(word))).toEqual(words);
    expect(JSON.stringify(after)).not.toContain("Tell us about your work");
    expect(JSON.stringify(after)).toContain("And about your company");
    expect(Object.keys(after ?? {})).toEqual(Object.keys(before ?? {}));
  });
});

describe("How do I ask for a consent again when its text changes?", () => {
  const question = "How do I ask for a consent again when its text changes?";
  const props = propsOf(question);

  test("the version and the time are written to app_metadata once the person goes on", () => {
    const [{ actions } = { actions: [] }] = templateOf(props).all("auth0_flow");

    expect(JSON.stringify(actions)).toContain('"terms":"2026-11"');
    expect(JSON.stringify(actions)).toContain('"terms_accepted_at":"{{functions.now()}}"');
  });

  test("a required legal that is saved is refused, and so are scopes that can not write app_metadata", () => {
    const [block = ""] = blocks(DOCUMENT, "ts", question);
    const saved = (runBlock(block.replace(/\n *saveTo: \[\],/, "")) as { PROFILING: ProgressiveProfilingProps })
      .PROFILING;

    expect(() => templateOf(saved)).toThrow("saveTo: []");
    expect(() => templateOf({ ...props, scopes: ManagementScopes.LEAST })).toThrow(
      'scopes must include "update:users_app_metadata"',
    );
  });
});

describe("How do I verify an e-mail address by a code?", () => {
  const template = templateOf(propsOf("How do I verify an e-mail address by a code?"));

  test("two flows send and verify the code, and the article's flow stands beside them", () => {
    const flows = JSON.stringify(template.all("auth0_flow"));

    expect(template.count().auth0_flow).toBe(3);
    expect(flows).toContain('"subject":"Your code for the shop"');
    expect(flows).toContain('"email_verified":true');
  });

  test("the stage comes first, and has a button that goes on without a code", () => {
    const { nodes } = template.one("auth0_form") as { nodes: readonly { id: string; type: string }[] };

    expect(nodes.filter(({ type }) => type === "STEP").map(({ id }) => id)).toEqual([
      "step_email_verification",
      "step_job_title",
      "step_company_name",
    ]);
    expect(JSON.stringify(nodes)).toContain('"text":"Later"');
  });
});

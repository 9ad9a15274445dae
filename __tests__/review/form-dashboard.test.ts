import { journeysOf } from "../../review/form/journeys";
import { journeyText } from "../../review/markdown/login-text";
import type { Profiling } from "../../review/profiling";
import { flow, RESUME, router, rule, step } from "../support/form-nodes";
import { changeOf, findingsOf as findings, profilingOfForm, sectionsOf } from "../support/reviewed-form";

describe("Of a form that the dashboard made", () => {
  test("one step without a router is told, as Auth0's tutorial has it", () => {
    const tutorial = profilingOfForm(
      {
        start: { next_node: "step_a" },
        nodes: [step("step_a", ["job_title"], "flow_a"), flow("flow_a")],
        ending: RESUME,
      },
      { metadata: { job_title: "{{fields.job_title}}" } },
    );

    expect(findingsOf(tutorial)).toEqual([
      "asked-of-everyone: Every existing user to whom the Action shows the form is asked at the next login: `step_a`. How many logins that makes, no plan can tell.",
    ]);
    expect(loginsOf(tutorial)).toBe("1. `step_a`, **and so at every login**");
    expect(bodyOf(tutorial)).toContain(
      "When the Action `Progressive Profiling` shows the form can not be told: this is what the form asks whenever it does.",
    );
  });

  test("steps that follow each other are asked at one login", () => {
    const chain = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [
          router("router", [rule("a", "step_a")]),
          step("step_a", ["a"], "step_b"),
          step("step_b", ["b"], "flow_a"),
          flow("flow_a"),
        ],
        ending: RESUME,
      },
      { metadata: { a: "{{fields.a}}", b: "{{ fields.b }}" }, metadataKeys: ["a"] },
    );

    expect(loginsOf(chain)).toBe("1. `step_a` + `step_b`, 2. nothing");
    expect(findingsOf(chain)).toEqual([]);
  });

  test("several routers are followed, the nested one too", () => {
    const nested = profilingOfForm(
      {
        start: { next_node: "first" },
        nodes: [
          router("first", [rule("a", "second")]),
          router("second", [rule("b", "step_b")], "step_a"),
          step("step_a", ["a"], "flow_a"),
          step("step_b", ["b"], "flow_a"),
          flow("flow_a"),
        ],
        ending: RESUME,
      },
      { metadata: { a: "{{fields.a}}", b: "{{fields.b}}" }, metadataKeys: ["a", "b"] },
    );

    expect(loginsOf(nested)).toBe("1. `step_b`, 2. `step_a`, 3. nothing");
  });

  test("it is said which of Auth0's operators can not be evaluated", () => {
    const unknown = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [
          router("router", [
            {
              id: "r",
              condition: { operator: "STARTS_WITH", operands: ["{{context.user.email}}", "a"] },
              next_node: "step_a",
            },
          ]),
          step("step_a", ["a"], "flow_a"),
          flow("flow_a"),
        ],
        ending: RESUME,
      },
      { metadata: { a: "{{fields.a}}" } },
    );

    expect(loginsOf(unknown)).toBe("1. depends on whether `user.email` `STARTS_WITH` `a`");
    expect(findingsOf(unknown)).toEqual([]);
  });

  test("a value that a flow sets itself is known, and what it deletes is gone", () => {
    const marked = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [
          router(
            "router",
            [
              {
                id: "r",
                condition: { operator: "EQ", operands: ["{{context.user.user_metadata.state}}", "done"] },
                next_node: "$ending",
              },
            ],
            "step_a",
          ),
          step("step_a", ["a"], "flow_a"),
          flow("flow_a"),
        ],
        ending: RESUME,
      },
      { metadata: { a: "{{fields.a}}", state: "done", old: null } },
    );

    expect(loginsOf(marked)).toBe("1. `step_a`, 2. nothing");
  });

  test("a circle without a step is told, and nobody waits for it", () => {
    const circle = profilingOfForm({
      start: { next_node: "one" },
      nodes: [router("one", [], "two"), router("two", [], "one")],
      ending: RESUME,
    });

    expect(findingsOf(circle)).toEqual([
      "stuck: Nobody gets past the form: the form goes round in circles through `one`.",
    ]);
  });

  test("a circle whose flow makes every turn another is told too, after some of them", () => {
    const growing = profilingOfForm(
      { start: { next_node: "save" }, nodes: [{ ...flow("save"), config: { flow_id: "af_1", next_node: "save" } }] },
      { metadata: { a: { b: "{{context.user.user_metadata.a}}", c: "d" } } },
    );

    expect(findingsOf(growing)).toEqual([
      "stuck: Nobody gets past the form: the form goes on without end from `save`.",
    ]);
  });

  test("a step that leads back to itself is told", () => {
    const circle = profilingOfForm({ start: { next_node: "a" }, nodes: [step("a", ["x"], "a")], ending: RESUME });

    expect(findingsOf(circle)).toContain(
      "stuck: Nobody gets past the form: the form goes round in circles through `a`.",
    );
  });

  test("a pointer to nowhere and a step without a button are told", () => {
    const nowhere = profilingOfForm({ start: { next_node: "a" }, nodes: [step("a", ["x"], "gone")], ending: RESUME });
    const locked = profilingOfForm({
      start: { next_node: "a" },
      nodes: [{ id: "a", type: "STEP", config: { components: [], next_node: "$ending" } }],
      ending: RESUME,
    });

    expect(findingsOf(nowhere)).toContain("stuck: Nobody gets past the form: `a` leads to `gone`, which is not there.");
    expect(findingsOf(locked)).toContain("stuck: Nobody gets past the form: `a` has no next button.");
  });

  test("a step that nothing leads to is told", () => {
    const lonely = profilingOfForm({
      start: { next_node: "$ending" },
      nodes: [step("a", ["x"], "$ending")],
      ending: RESUME,
    });

    expect(findingsOf(lonely)).toEqual(["never-asked: No login gets to stage `a`: nothing in the form leads there."]);
  });

  test("a stage behind one that never ends is told", () => {
    const hidden = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [
          router("router", [rule("never", "step_a"), rule("b", "step_b")]),
          step("step_a", ["a"], "flow_a"),
          step("step_b", ["b"], "flow_a"),
          flow("flow_a"),
        ],
        ending: RESUME,
      },
      { metadata: { a: "{{fields.a}}", b: "{{fields.b}}" }, metadataKeys: ["never", "b"] },
    );

    expect(findingsOf(hidden)).toEqual(
      expect.arrayContaining([
        "loop: Stage `step_a` is asked at every login, for ever: it waits for `never`, which nothing behind it writes.",
      ]),
    );
  });

  test("a flow that no plan holds leaves open what comes next", () => {
    const foreign = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [router("router", [rule("a", "step_a")]), step("step_a", ["a"], "flow_a"), flow("flow_a", "af_other")],
        ending: RESUME,
      },
      { metadata: {}, metadataKeys: ["a"] },
    );

    expect(loginsOf(foreign)).toBe(
      "1. `step_a`, 2. depends on what the flow `af_other` does, which no plan here holds",
    );
    expect(findingsOf(foreign)).toContain(
      "unknown: It can not be told what the flow `af_other` does, which no plan here holds.",
    );
  });

  test("a flow that decides by itself is followed where that can be told", () => {
    const update = (changes: object) => ({
      type: "AUTH0",
      action: "UPDATE_USER",
      params: { user_id: "{{ context.user.user_id }}", changes: { user_metadata: changes } },
    });
    // An object with a `then` of its own is taken for a promise.
    const branches = [
      ["if", { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] }],
      ["then", [update({ a: "{{fields.x}}" })]],
      ["else", [{ type: "FLOW", action: "ERROR_MESSAGE", params: { message: "no" } }]],
    ];
    const deciding = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [router("router", [rule("a", "step_a")]), step("step_a", ["x"], "flow_a"), flow("flow_a")],
        ending: RESUME,
      },
      {
        metadataKeys: ["a"],
        actions: [
          {
            type: "FLOW",
            action: "BOOLEAN_CONDITION",
            params: Object.fromEntries(branches),
          },
        ],
      },
    );

    expect(loginsOf(deciding)).toBe("1. `step_a`, 2. nothing");
  });

  test("a flow that writes to somebody else is not taken for one that keeps the answer", () => {
    const other = profilingOfForm(
      {
        start: { next_node: "router" },
        nodes: [router("router", [rule("a", "step_a")]), step("step_a", ["a"], "flow_a"), flow("flow_a")],
        ending: RESUME,
      },
      {
        metadataKeys: ["a"],
        actions: [
          {
            type: "AUTH0",
            action: "UPDATE_USER",
            params: { user_id: "auth0|other", changes: { user_metadata: { a: "{{fields.a}}" } } },
          },
        ],
      },
    );

    expect(loginsOf(other)).toBe("1. `step_a`, 2. depends on what the flow `Update user_metadata` writes");
  });

  test("a form without an Action is told", () => {
    const { action: _, ...alone } = profilingOfForm({ start: { next_node: "$ending" }, nodes: [], ending: RESUME });

    expect(findingsOf(alone)).toEqual([
      "unbound: No Action of this plan shows the form `Progressive Profiling`: unless another does, no login asks anything.",
    ]);
  });
});

function findingsOf(after: Profiling): readonly string[] {
  const isOfMany = (finding: string) => finding.startsWith("asked-of-everyone: ");
  return findings(changeOf(undefined, after)).filter(
    (finding) => !isOfMany(finding) || after.action?.metadataKeys === undefined,
  );
}

function bodyOf(after: Profiling): string {
  return sectionsOf(changeOf(undefined, after))[0]?.body ?? "";
}

function loginsOf(after: Profiling): string {
  const [journey] = journeysOf(changeOf(undefined, after));
  return journey === undefined ? "" : journeyText(journey, "after", after);
}

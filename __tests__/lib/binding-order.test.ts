import { Action } from "@cdktf/provider-auth0/lib/action";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { TerraformLocal, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { nextButton, ProgressiveProfiling, Stage, text } from "../../lib";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

function profiling(scope: Construct, key: string): ProgressiveProfiling {
  return new ProgressiveProfiling(scope, key, {
    connectionId: "ac_1",
    stages: [Stage.untilAnswered(key, { components: [text(key, { label: key, required: true }), nextButton()] })],
  });
}

/** A binding of an Action that nobody else knows of. */
function binding(scope: Construct, id: string, config: { actionId?: string; dependsOn?: Construct[] } = {}) {
  return new TriggerAction(scope, id, {
    trigger: "post-login",
    displayName: id,
    actionId: config.actionId ?? `act_${id}`,
    dependsOn: config.dependsOn as TriggerAction[] | undefined,
  });
}

/** The bindings in the order in which they wait for each other, the part of their id that tests gave them. */
function orderOf(stack: TerraformStack): string[] {
  const bindings = Object.entries(Template.of(stack).json.resource?.auth0_trigger_action ?? {});
  const nameOf = (address: string) => address.replace(/^auth0_trigger_action\./, "").split("_")[0] ?? "";
  const waitsFor = new Map(
    bindings.map(([id, { depends_on = [] }]) => [
      nameOf(id),
      (depends_on as string[]).filter((address) => address.startsWith("auth0_trigger_action.")).map(nameOf),
    ]),
  );
  const order: string[] = [];
  while (order.length < waitsFor.size) {
    const [next, ...others] = [...waitsFor].filter(
      ([name, before]) => !order.includes(name) && before.every((one) => order.includes(one)),
    );
    // With one that may come next at each place, no two run at once.
    expect({ next: next?.[0], others: others.map(([name]) => name) }).toEqual({ next: next?.[0], others: [] });
    if (next === undefined) {
      throw new Error(`the bindings wait for each other in a circle: ${JSON.stringify([...waitsFor])}`);
    }
    order.push(next[0]);
  }
  return order;
}

test("those of others come first, in whatever order they were defined, those of this library last", () => {
  const stack = devStack();
  binding(stack, "before");
  profiling(stack, "ours");
  binding(new Construct(stack, "deep"), "after");

  expect(orderOf(stack)).toEqual(["before", "deep", "ours"]);
});

test("those of this library follow each other as they were defined, wherever in the stack that is", () => {
  const stack = devStack();
  const [scope, other] = [new Construct(stack, "x"), new Construct(stack, "y")];
  const order = [profiling(other, "first"), profiling(scope, "second"), profiling(other, "third")];
  binding(stack, "own");

  const ids = order.map(({ action }) => `auth0_trigger_action.${action.binding.friendlyUniqueId}`);
  const template = Template.of(stack);
  const waitsFor = (id: string | undefined) =>
    template.json.resource?.auth0_trigger_action?.[String(id).split(".")[1] ?? ""]?.depends_on;
  expect(ids.map(waitsFor)).toEqual([[expect.stringMatching(/^auth0_trigger_action\.own$/)], [ids[0]], [ids[1]]]);
});

test("a resource of that type that no binding made is one too", () => {
  class Raw extends TerraformResource {
    protected override synthesizeAttributes() {
      return { trigger: "post-login", action_id: "act_1" };
    }
  }
  const stack = devStack();
  profiling(stack, "ours");
  new Raw(stack, "raw", { terraformResourceType: "auth0_trigger_action" });

  expect(orderOf(stack)).toEqual(["raw", "ours"]);
});

describe("a binding comes after ours that depends on it", () => {
  test.each<[string, (stack: TerraformStack, ours: ProgressiveProfiling) => unknown]>([
    ["by depends_on", (stack, ours) => binding(stack, "own", { dependsOn: [ours.action.binding] })],
    [
      "by an override",
      (stack, ours) =>
        binding(stack, "own").addOverride("depends_on", [
          `auth0_trigger_action.${ours.action.binding.friendlyUniqueId}`,
        ]),
    ],
    [
      "by an Action that refers to it, through a local",
      (stack, ours) => {
        const local = new TerraformLocal(stack, "name", `after ${ours.action.binding.id}`);
        const action = new Action(stack, "mine", {
          name: local.asString,
          code: "exports.onExecutePostLogin = async () => {};",
          supportedTriggers: { id: "post-login", version: "v3" },
        });
        binding(stack, "own", { actionId: action.id });
      },
    ],
  ])("%s", (_, define) => {
    const stack = devStack();
    const ours = profiling(stack, "ours");
    binding(stack, "free");
    define(stack, ours);

    expect(orderOf(stack)).toEqual(["free", "ours", "own"]);
  });
});

test("one that uses our Action comes after our binding, but where that one waits for it", () => {
  const stack = devStack();
  binding(stack, "own", { actionId: profiling(stack, "ours").actionId });
  expect(orderOf(stack)).toEqual(["ours", "own"]);

  const circle = devStack();
  const theirs = profiling(circle, "ours");
  const first = binding(circle, "own", { actionId: theirs.actionId });
  theirs.action.binding.dependsOn = [`auth0_trigger_action.${first.friendlyUniqueId}`];
  expect(orderOf(circle)).toEqual(["own", "ours"]);
});

test("a stack that is synthesised twice is the same", () => {
  const stack = devStack();
  binding(stack, "own");
  profiling(stack, "ours");

  expect(Template.of(stack).json).toEqual(Template.of(stack).json);
  expect(orderOf(stack)).toEqual(["own", "ours"]);
});

test("bindings of other stacks are theirs", () => {
  const stack = devStack();
  const other = new TerraformStack(stack.node.root as Construct, "other");
  binding(other, "own");
  profiling(stack, "ours");
  new TerraformOutput(stack, "id", { value: "x" });

  expect(Template.of(stack).one("auth0_trigger_action").depends_on).toBeUndefined();
  expect(Template.of(other).one("auth0_trigger_action").depends_on).toBeUndefined();
});

test("where bindings of others wait for each other in a circle, Terraform says so", () => {
  const stack = devStack();
  const one = binding(stack, "one");
  const two = binding(stack, "two", { dependsOn: [one] });
  one.dependsOn = [`auth0_trigger_action.${two.friendlyUniqueId}`];
  profiling(stack, "ours");

  expect(() => Template.of(stack)).not.toThrow();
});

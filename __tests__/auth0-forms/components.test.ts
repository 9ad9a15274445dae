import { COMPONENTS, type FormComponent } from "auth0-forms";
import { type Component, nextButton, ProgressiveProfiling, raw, Stage, text, ValidationError } from "../../lib";
import { formDocument } from "../../lib/form/document";
import { Ids } from "../../tenant/documents/ids";
import { Store } from "../../tenant/documents/store";
import type { Services } from "../../tenant/management/family";
import { forms } from "../../tenant/management/forms";
import { ManagementError } from "../../tenant/management/management-error";
import { validator } from "../../tenant/management/validation";
import { devStack } from "../support/stack";
import { FULL, MADE, MINIMAL } from "./every-component";
import { WRONG } from "./wrong-components";

const TYPES = Object.keys(COMPONENTS);

function stageWith(component: object): Stage {
  return Stage.untilAnswered("a", {
    components: [text("a", { label: "A", required: true }), raw(component as FormComponent), nextButton()],
  });
}

/** The component as its form sends it. */
function sent(component: Component): unknown {
  const { components = [] } = Stage.untilAnswered("a", { components: [component] });
  const [first] = components;
  const { answer: _, ...asSent } = first ?? {};
  return JSON.parse(JSON.stringify(asSent));
}

/** What the constructs say of a component at synth. */
function problemsAtSynth(component: object): readonly string[] {
  try {
    new ProgressiveProfiling(devStack(), "profiling", { stages: [stageWith(component)] });
    return [];
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
}

/** What the local tenant says of the form with that component: nothing, or why it is refused with 400. */
function refusalAtApply(component: object): string | undefined {
  const services = { store: new Store(), ids: new Ids(), clock: () => new Date() } as Services;
  const create = forms.find(({ name }) => name === "create_form");
  const sent = { name: "Form", ...formDocument([stageWith(component)], { shared: `af_${"1".repeat(22)}` }) };
  const body = JSON.parse(JSON.stringify(sent));
  try {
    validator("Payload", create?.body ?? {})(body);
    expect(create?.handle?.({ body } as never, services)).toMatchObject({ status: 201 });
    return undefined;
  } catch (error) {
    if (error instanceof ManagementError && error.status === 400) {
      return error.message;
    }
    throw error;
  }
}

describe("constructs and tenant take", () => {
  test.each(TYPES)("%s with all that Auth0 takes, and with what it asks for alone", (type) => {
    for (const component of [FULL[type as keyof typeof FULL], MINIMAL[type as keyof typeof MINIMAL]]) {
      expect(problemsAtSynth(component)).toEqual([]);
      expect(refusalAtApply(component)).toBeUndefined();
    }
  });
});

describe("the function that is named after it", () => {
  test.each(TYPES)("makes a %s with all that Auth0 takes", (type) => {
    expect(sent(MADE[type as keyof typeof MADE])).toEqual(FULL[type as keyof typeof FULL]);
  });
});

describe("constructs and tenant refuse", () => {
  test.each(WRONG)("$type whose $path is $shown", ({ component, problem }) => {
    expect(problemsAtSynth(component)).toEqual([`stage "a": ${problem}`]);
    expect(refusalAtApply(component)).toEqual(expect.any(String));
  });

  test("something of every component", () => {
    expect([...new Set(WRONG.map(({ type }) => type))]).toEqual(TYPES);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPONENTS, type ComponentType, CREATE_FORM, FLOW_ACTION_NAMES, type FormComponent } from "auth0-forms";
import * as library from "../../lib";
import {
  allOf,
  anyOf,
  flow,
  hasNoValue,
  isEqualTo,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  raw,
  Stage,
  text,
} from "../../lib";
import { holds as holdsInReview } from "../../review/form/conditions";
import { userWith } from "../../review/form/user-state";
import { findingText } from "../../review/markdown/finding-text";
import { flowFindings } from "../../review/resources/flow-code";
import { ConditionError, holds } from "../../tenant/forms/condition";
import { isStandIn } from "../../tenant/forms/fields/stand-in";
import { isRun } from "../../tenant/forms/flow-actions";
import { NOTIFICATION_TEMPLATES } from "../../tenant/forms/flow-actions/notifications";
import { LocalizedForm } from "../../tenant/forms/localized-form";
import { formScope } from "../../tenant/forms/scope";
import { FULL } from "../auth0-forms/every-component";
import { formAsSent } from "../support/as-sent";
import { formOf, NOW, rendered } from "../support/rendered-step";
import { changeOf, findingsOf, profilingOfForm, sectionsOf } from "../support/reviewed-form";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const DOCUMENT = readFileSync(join(__dirname, "..", "..", "docs", "coverage.md"), "utf8");

/** The rows of a table of the document, by their first cell. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ""] = DOCUMENT.split(`\n## ${heading}\n`);
  const lines = section.split("\n## ")[0]?.split("\n") ?? [];
  const rows = lines.filter((line) => line.startsWith("| `"));
  return rows.map((line) => line.slice(2, -2).split(" | "));
}

const code = (name: string) => `\`${name}\``;
const BUTTON = { id: "go", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Go on" } };

/** A form of one step, and nothing else. */
function plainForm(...components: readonly object[]) {
  const step = { id: "one", type: "STEP", config: { components: [...components, BUTTON], next_node: "$ending" } };
  return { start: { next_node: "one" }, nodes: [step], ending: { resume_flow: true } };
}

/** What a review says once something is added to a form. */
function told(before: Parameters<typeof profilingOfForm>, after: Parameters<typeof profilingOfForm>): string {
  const change = changeOf(profilingOfForm(...before), profilingOfForm(...after));
  return JSON.stringify([findingsOf(change), sectionsOf(change)]);
}

/** The functions of the library that make something of a kind, whatever they are given. */
function makersOf(isWanted: (made: { readonly type?: string; readonly action?: string }) => boolean): string[] {
  return Object.entries(library)
    .filter(([name, make]) => {
      if (typeof make !== "function" || !/^[a-z]/.test(name) || name === "flowAction" || name === "raw") {
        return false;
      }
      try {
        return isWanted((make as (...given: unknown[]) => object)("it", {}));
      } catch {
        return false;
      }
    })
    .map(([name]) => name);
}

function synthesised(props: ProgressiveProfilingProps) {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return Template.of(stack);
}

describe("components", () => {
  const rows = rowsUnder("Components");

  test("each that Auth0 has is in the table, and no other", () => {
    expect(rows.map(([type]) => type)).toEqual(Object.keys(COMPONENTS).map(code));
  });

  test.each(rows)("%s is made by %s, and shown", (cell, typed, tenant, review) => {
    const type = cell.replaceAll("`", "") as ComponentType;
    const component: FormComponent = FULL[type] as never;
    const makers = makersOf((made) => made.type === type && made.action === undefined);
    expect(typed).toBe(makers.map((name) => code(`${name}()`)).join(", "));

    const components = [text("a", { label: "A" }), raw(component), nextButton("Go", { id: "go" })];
    expect(synthesised({ stages: [Stage.untilAnswered("a", { components })] }).count().auth0_form).toBe(1);

    expect(tenant).toBe(isStandIn(component) ? "a box to tick" : "shown");
    expect(rendered(formOf([component])).length).toBeGreaterThan(rendered(formOf([])).length);

    expect(review).toBe("in words");
    expect(told([plainForm()], [plainForm(component)])).toMatch(
      new RegExp(`\\| \`it\` \\| \`${type}\`|\`it\` \\| \`${type}`),
    );
  });
});

describe("conditions", () => {
  const rows = rowsUnder("Conditions");
  const form = new LocalizedForm({ id: "ap_1", name: "It", created_at: NOW, updated_at: NOW }, []);
  const scope = formScope(form, { context: { user: { user_metadata: {} } } }, () => new Date(NOW));
  const nameIs = (operator: string, operands: readonly unknown[]) => ({ operator, operands }) as never;

  test("each that the local tenant knows is in the table, and no other", () => {
    expect(() => holds(nameIs("?", []), {} as never, "it")).toThrow(
      new ConditionError(
        `it: unknown operator "?"; known are ${rows.map(([name = ""]) => name.replaceAll("`", "")).join(", ")}`,
      ),
    );
  });

  test.each(rows)("%s is made by %s", (cell, typed, tenant, review) => {
    const operator = cell.replaceAll("`", "");
    const makers = Object.entries({ allOf, anyOf, hasNoValue, isEqualTo }).flatMap(([name, make]) =>
      (make as (...given: unknown[]) => { operator: string })("a.b", "c").operator === operator ? [name] : [],
    );
    expect(typed).toBe(makers.length === 0 ? "`rawCondition()`" : makers.map((name) => code(`${name}()`)).join());

    const comparison = nameIs("EQ", ["{{context.user.user_metadata.a}}", "b"]);
    const operands = { 1: ["{{context.user.user_metadata.a}}"], 2: ["{{context.user.user_metadata.a}}", "b"] };
    const isGroup = operator === "AND" || operator === "OR";
    const isRunWith = (given: readonly unknown[]) => {
      try {
        return typeof holds(nameIs(operator, given), scope, "it") === "boolean";
      } catch {
        return false;
      }
    };
    const given = isGroup ? [comparison] : isRunWith(operands[1]) ? operands[1] : operands[2];
    expect(isRunWith(given)).toBe(true);
    expect(tenant).toBe(makers.length === 0 ? "run, by its likely name" : "run");
    // Of a user without metadata.
    const isTold = typeof holdsInReview(nameIs(operator, given), userWith()) === "boolean";
    expect(review).toBe(isTold ? "walked" : "as it is written");
  });
});

describe("flow actions", () => {
  const rows = rowsUnder("Flow actions");
  const names = Object.entries(FLOW_ACTION_NAMES).flatMap(([type, actions]) => actions.map((name) => [type, name]));

  test("each that Auth0 has is in the table, and no other", () => {
    expect(rows.map(([name]) => name)).toEqual(names.map(([type, name]) => code(`${type}/${name}`)));
  });

  test.each(rows)("%s is made by %s", (cell, typed, tenant, review) => {
    const [type = "", action = ""] = cell.replaceAll("`", "").split("/");
    const makers = makersOf((made) => made.type === type && made.action === action);
    expect(library.flowAction(type as "HTTP", action as "SEND_REQUEST", "it", {} as never)).toMatchObject({
      type,
      action,
    });
    expect(typed).toBe(code(`${makers[0] ?? "flowAction"}()`));

    const isRecorded = type === "AUTH0" && action in NOTIFICATION_TEMPLATES;
    const runs = action === "BOOLEAN_CONDITION" || isRun(type, action);
    expect(tenant).toBe(isRecorded ? "lies in the outbox" : runs ? "run" : "answered from a file");

    const holdsOthers = action === "BOOLEAN_CONDITION";
    const inner = { id: "inner", type: "HTTP", action: "SEND_REQUEST", params: {} };
    const params = holdsOthers ? { else: [inner] } : {};
    const after = { actions: [{ id: "it", type, action, params }] };
    const said = flowFindings([{ address: "auth0_flow.it", name: "It", after }], new Map())
      .map(findingText)
      .join();
    expect(review).toBe(holdsOthers ? "by the actions in it" : "in words");
    expect(said).toContain(holdsOthers ? "`HTTP/SEND_REQUEST`" : code(`${type}/${action}`));
  });
});

describe("the form", () => {
  const rows = rowsUnder("The form");
  const FLOW = flow("follow", { actions: [library.doNothing("nothing")] });
  /** What of the props makes the key, and what the key is in another form. */
  const PARTS: Readonly<Record<string, { readonly props: object; readonly other: object }>> = {
    name: { props: { names: { form: "It" } }, other: { name: "Another name" } },
    "messages.errors": {
      props: { messages: { errors: { ERR_REQUIRED_PROPERTY: "Please." } } },
      other: { messages: { errors: { ERR_REQUIRED_PROPERTY: "Please." } } },
    },
    "messages.custom": {
      props: { messages: { custom: { hello: "Hello" } } },
      other: { messages: { custom: { hello: "Hello" } } },
    },
    "languages.primary": { props: { languages: { primary: "ja" } }, other: { languages: { primary: "ja" } } },
    "languages.default": {
      props: { languages: { primary: "en", default: "en" } },
      other: { languages: { primary: "en", default: "en" } },
    },
    translations: {
      props: { translations: { ja: { messages: { custom: { hello: "やあ" } } } } },
      other: { translations: { ja: { messages: { custom: { hello: "やあ" } } } } },
    },
    nodes: { props: {}, other: plainForm(FULL.TEXT) },
    "start.hidden_fields": {
      props: { hiddenFields: [{ key: "seen" }] },
      other: { start: { next_node: "one", hidden_fields: [{ key: "seen" }] } },
    },
    "start.next_node": { props: {}, other: { start: { next_node: "$ending" } } },
    "start.coordinates": { props: {}, other: { start: { next_node: "one", coordinates: { x: 1, y: 1 } } } },
    "ending.redirection": {
      props: { ending: { redirect: { target: "https://example.com" } } },
      other: { ending: { redirection: { target: "https://example.com" } } },
    },
    "ending.after_submit": {
      props: { ending: { afterSubmit: FLOW } },
      other: { ending: { resume_flow: true, after_submit: { flow_id: `af_${"1".repeat(22)}` } } },
    },
    "ending.coordinates": { props: {}, other: { ending: { resume_flow: true, coordinates: { x: 1, y: 1 } } } },
    "ending.resume_flow": { props: {}, other: { ending: {} } },
    "style.css": { props: { css: "a { color: red; }" }, other: { style: { css: "a { color: red; }" } } },
  };

  test("each key that Auth0 has is in the table, and no other", () => {
    const { properties } = CREATE_FORM as unknown as { properties: Record<string, { properties?: object }> };
    const keys = Object.entries(properties).flatMap(([key, { properties: inner }]) =>
      inner === undefined ? [key] : Object.keys(inner).map((part) => `${key}.${part}`),
    );
    expect(rows.map(([key]) => key)).toEqual(keys.map(code));
    expect(Object.keys(PARTS).sort()).toEqual([...keys].sort());
  });

  test.each(rows)("%s is made by %s", (cell, _typed, _tenant, review) => {
    const key = cell.replaceAll("`", "");
    const { props, other } = PARTS[key] ?? { props: {}, other: {} };
    const { json } = synthesised(props);
    const [form] = Object.values(json.resource?.auth0_form ?? {});
    const [first = "", second] = key.split(".");
    const sent = {
      ...formAsSent(json.resource as never).form,
      name: form?.name,
      languages: (form?.languages as object[] | undefined)?.[0],
    };
    const value = (sent as unknown as Record<string, unknown>)[first];
    expect(second === undefined ? value : value?.[second as never]).toBeDefined();

    const plain = { ...plainForm() };
    const said = told([plain], [{ ...plain, ...other }, { form: other }]);
    expect(said !== told([plain], [plain])).toBe(review === "in words");
    if (review !== "in words") {
      expect(review).toBe("not told: a place in the editor");
    }
  });
});

import {
  CREATE_FLOW,
  CREATE_FORM,
  CREATE_VAULT_CONNECTION,
  UPDATE_FLOW,
  UPDATE_FORM,
  UPDATE_OF_APP,
} from "auth0-forms";
import type { JsonSchema } from "auth0-forms/schema";
import { schemaValues } from "./schema-values";
import { SdkTypes } from "./sdk-values";
import { lines } from "./values";

interface Difference {
  readonly onlyHere: readonly string[];
  readonly onlyInSdk: readonly string[];
}

const NONE: Difference = { onlyHere: [], onlyInSdk: [] };

/** The SDK leaves out what Auth0's schema says nothing of, such as a condition. */
const UNTYPED_OF_FORM: Difference = {
  onlyHere: [
    '.nodes?[]{type="ROUTER"}.config?.rules?[].condition: any',
    ...["CARDS", "CHOICE", "DROPDOWN"].map(
      (type) =>
        `.nodes?[]{type="STEP"}.config?.components?[]{category="FIELD",type="${type}"}.config?.default_value?: any`,
    ),
  ],
  onlyInSdk: [],
};
const UNTYPED_OF_ACTIONS: Difference = {
  onlyHere: [
    '{action="BOOLEAN_CONDITION",type="FLOW"}.params.if: any',
    '{action="UPSERT_CONTACT",type="HUBSPOT"}.params.properties?[].value?: any',
  ],
  onlyInSdk: [],
};

/** Where a set-up is one of several, its type is asked for: a wrong one is told its own faults, and not those of all. */
const APPS_WITH_OAUTH_CODE_AND_OTHERS = ["HUBSPOT", "MAILCHIMP", "PIPEDRIVE", "SLACK", "STRIPE"];
const NAMED_SET_UPS: Difference = {
  onlyHere: APPS_WITH_OAUTH_CODE_AND_OTHERS.map(
    (app) => `{app_id="${app}"}.setup?{type="OAUTH_CODE"}.type: "OAUTH_CODE"`,
  ),
  onlyInSdk: APPS_WITH_OAUTH_CODE_AND_OTHERS.map(
    (app) => `{app_id="${app}"}.setup?{type="OAUTH_CODE"}.type?: "OAUTH_CODE"`,
  ),
};

const FLOW_ACTION = (CREATE_FLOW.definitions as Record<string, JsonSchema>).FlowAction ?? {};

const COMPARED: readonly (readonly [string, JsonSchema, Difference])[] = [
  ["CreateFormRequestContent", CREATE_FORM, UNTYPED_OF_FORM],
  ["UpdateFormRequestContent", UPDATE_FORM, UNTYPED_OF_FORM],
  ["CreateFlowRequestContent", CREATE_FLOW, NONE],
  ["UpdateFlowRequestContent", UPDATE_FLOW, NONE],
  ["FlowAction", FLOW_ACTION, UNTYPED_OF_ACTIONS],
  ["CreateFlowsVaultConnectionRequestContent", CREATE_VAULT_CONNECTION, NAMED_SET_UPS],
  ["UpdateFlowsVaultConnectionRequestContent", { anyOf: Object.values(UPDATE_OF_APP) }, NONE],
];

describe("Auth0's own SDK has the same", () => {
  const sdk = new SdkTypes("FlowAction");

  test.each(COMPARED)("keys, kinds of values and words in %s, but for what is named here", (name, schema, expected) => {
    const here = new Set(lines("", schemaValues(schema)));
    const inSdk = new Set(lines("", sdk.values(name)));

    expect({
      onlyHere: [...here].filter((line) => !inSdk.has(line)).sort(),
      onlyInSdk: [...inSdk].filter((line) => !here.has(line)).sort(),
    }).toEqual(expected);
  });
});

import { TerraformProvider, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Auth0Provider,
  articleStages,
  doNothing,
  flow,
  MachineToMachineClient,
  MetadataFlow,
  ProfileFlow,
  ProfileForm,
  ProfilingAction,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  SampleApplication,
  type ValidationError,
  VaultConnection,
} from "../../lib";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

type ConstructClass = new (scope: Construct, id: string, props: never) => Construct;

const stages = articleStages();
const ending = { afterSubmit: flow("done", { actions: [doNothing("nothing")] }) };
const answers = [{ metadataKey: "a", value: "{{fields.a}}" }];

/** Each construct with props, and the types of what it defines. */
const PARTS: readonly (readonly [ConstructClass, object, readonly string[]])[] = [
  [MachineToMachineClient, {}, ["auth0_client", "auth0_client_credentials", "auth0_client_grant", "data.auth0_tenant"]],
  [
    VaultConnection,
    { client: { clientId: "a", clientSecret: "b" } },
    ["auth0_flow_vault_connection", "data.auth0_tenant"],
  ],
  [MetadataFlow, { connectionId: "ac_1", answers }, ["auth0_flow"]],
  [ProfileFlow, { name: "f", actions: [doNothing("nothing")] }, ["auth0_flow"]],
  [ProfileForm, { stages, flowId: "af_1" }, ["auth0_form"]],
  [ProfilingAction, { formId: "ap_1", metadataKeys: ["a"] }, ["auth0_action", "auth0_trigger_action"]],
  [SampleApplication, {}, ["auth0_client", "auth0_connection_client", "data.auth0_connection"]],
  [
    ProgressiveProfiling,
    { ending },
    [
      "auth0_action",
      "auth0_client",
      "auth0_client_credentials",
      "auth0_client_grant",
      "auth0_flow",
      "auth0_flow",
      "auth0_flow_vault_connection",
      "auth0_form",
      "auth0_trigger_action",
      "data.auth0_tenant",
    ],
  ],
  [
    ProgressiveProfiling,
    { saveBy: "action", ask: { fromLogin: 2 } } satisfies ProgressiveProfilingProps,
    ["auth0_action", "auth0_form", "auth0_trigger_action"],
  ],
];

/** The types of a stack's resources and data sources, each with the provider that it names. */
function providers(stack: TerraformStack): (readonly [type: string, provider: unknown])[] {
  const { resource = {}, data = {} } = Template.of(stack).json;
  const of = (elements: typeof resource, prefix: string) =>
    Object.entries(elements).flatMap(([type, byId]) =>
      Object.values(byId).map(({ provider }) => [`${prefix}${type}`, provider] as const),
    );
  return [...of(resource, ""), ...of(data, "data.")].sort();
}

test.each(PARTS.map(([part, props, types]) => [part.name, Object.keys(props), part, props, types] as const))(
  "%s of %j names the provider that it is given for all that it defines, and none without",
  (_name, _props, part, props, types) => {
    const stack = devStack();
    const provider = new Auth0Provider(stack, "other", { alias: "other" });
    new part(stack, "part", { ...props, provider } as never);
    expect(providers(stack)).toEqual(types.map((type) => [type, "auth0.other"]));

    const without = devStack();
    new part(without, "part", props as never);
    expect(providers(without)).toEqual(types.map((type) => [type, undefined]));
  },
);

class OtherProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: "google" });
  }
}

test.each<[string, (scope: Construct) => unknown, string]>([
  ["a name", () => "auth0.other", "provider must be an Auth0Provider, got a text; give the construct itself"],
  [
    "what it is made of",
    () => ({ alias: "other" }),
    "provider must be an Auth0Provider, got an object; give the construct itself",
  ],
  [
    "that of another cloud",
    (scope) => new OtherProvider(scope, "google"),
    'provider must be an Auth0Provider, got one of "google"',
  ],
])("%s is no provider of a tenant", (_, made, problem) => {
  for (const [part, props] of PARTS) {
    const stack = devStack();
    let problems: readonly string[] = [];
    try {
      new part(stack, "part", { ...props, provider: made(stack) } as never);
    } catch (error) {
      problems = (error as ValidationError).problems;
    }
    expect([part.name, problems]).toEqual([part.name, [problem]]);
  }
});

test("of two tenants in one stack, neither waits for the other, nor is warned of it", () => {
  const stack = devStack();
  const instances = ["one", "two"].map(
    (alias) =>
      new ProgressiveProfiling(stack, alias, { provider: new Auth0Provider(stack, `provider-${alias}`, { alias }) }),
  );
  const bindings = Template.of(stack).all("auth0_trigger_action");

  expect(bindings.map(({ depends_on, provider }) => ({ depends_on, provider }))).toEqual([
    { depends_on: undefined, provider: "auth0.one" },
    { depends_on: undefined, provider: "auth0.two" },
  ]);
  expect(instances.flatMap(({ node }) => node.metadata.filter(({ type }) => type.includes("warn")))).toEqual([]);
});

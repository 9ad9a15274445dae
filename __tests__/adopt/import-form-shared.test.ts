import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import type { ProfileFlow } from "../../lib";
import { flowNode, formOf, stepNode, update } from "../support/exported-nodes";
import { type Exported, envelope, imported } from "../support/imported-form";

type ProfileFlowClass = Construct & { readonly flow: ProfileFlow };

describe("a flow that two forms run", () => {
  const welcome = formOf("a", [stepNode("a", "f"), flowNode("f", "$ending")], [update({ name: "{{fields.a_field}}" })]);
  const other: Exported = { ...welcome, form: { ...welcome.form, name: "Other" } };
  const flow = { id: `af_${"1".repeat(22)}`, ...welcome.flows["#FLOW-1#"] };
  const form = (name: string) =>
    JSON.parse(JSON.stringify({ ...welcome.form, name }).replaceAll("#FLOW-1#", flow.id)) as object;

  test.each<[string, readonly unknown[], string]>([
    ["exports of the dashboard", [envelope(welcome), envelope(other)], "profileWriterConnectionId"],
    ["files of the Management API", [form("Form"), form("Other"), flow], "connectionId"],
  ])("is written once, and given to both: %s", (_, documents, connectionId) => {
    const result = imported(...documents);
    const stack = new TerraformStack(Testing.app(), "dev");
    const shared = result.define(stack, "Flow", { [connectionId]: `ac_${"1".repeat(22)}` }) as ProfileFlowClass;
    for (const { className } of result.modules) {
      result.define(new Construct(stack, className), className, { flowId: shared.flow.flowId });
    }
    const { resource } = JSON.parse(Testing.synth(stack));

    expect(result.sharedFlows.map(({ files }) => files.map(({ path }) => path))).toEqual([["flow.ts"]]);
    expect(result.modules.map(({ inputs }) => inputs)).toEqual([
      [{ prop: "flowId", what: 'id of the flow "Flow", which Flow defines: its `flow.flowId`' }],
      [{ prop: "flowId", what: 'id of the flow "Flow", which Flow defines: its `flow.flowId`' }],
    ]);
    expect(Object.keys(resource.auth0_flow)).toHaveLength(1);
    expect(Object.values(resource.auth0_form)).toHaveLength(2);
    const [id] = Object.keys(resource.auth0_flow);
    expect(JSON.stringify(resource.auth0_form).split(`jsonencode(auth0_flow.${id}.id)`)).toHaveLength(3);
  });

  test("names that differ in capitals alone are two files", () => {
    const paths = imported(form("userID"), form("userId"), flow).modules.map(({ files }) => files[0]?.path);

    expect(paths).toEqual(["user-id.ts", "user-id-form.ts"]);
  });

  test("is written for each where it is another one of the same name", () => {
    const { sharedFlows, modules } = imported(
      envelope(welcome),
      envelope({
        ...other,
        flows: { "#FLOW-1#": { name: "Flow", actions: [update({ nickname: "{{fields.a_field}}" })] } },
      }),
    );

    expect(sharedFlows).toEqual([]);
    expect(modules.map(({ flows }) => flows)).toEqual([["Flow"], ["Flow"]]);
  });
});

import * as library from "../lib";
import type { Raw } from "./code";
import { flowCode } from "./form-code";
import type { FormOfFile } from "./form-file";
import { type FlowOfForm, formWithFlows } from "./form-with-flows";
import { classText } from "./module-class";
import { camelCase, kebabCase, Names, pascalCase } from "./module-names";
import { type Input, type ModuleKind, ModuleScope } from "./module-scope";
import type { SharedFlow } from "./shared-flows";
import type { WrittenFile } from "./written-folder";

/** A class of TypeScript. */
export interface Module {
  readonly className: string;
  readonly files: readonly WrittenFile[];
  readonly inputs: readonly Input[];
  readonly raw: readonly Raw[];
}

/** A form as a class of TypeScript. */
export interface FormModule extends Module {
  readonly formName: string;
  readonly flows: readonly string[];
  /** Ids of the stages that it is made of. */
  readonly stages?: readonly string[];
  /** In words, why it is made of nodes. */
  readonly whyNodes?: string;
}

/** A flow that several forms run, as a class of TypeScript. */
export interface FlowModule extends Module {
  readonly flowName: string;
  /** How many forms run it. */
  readonly users: number;
}

/**
 * @param shared flows that have a class of their own, by the ids that the form has for them
 * @param classNames of the classes before, which take names
 */
export function formModule(
  { form, flows, connections }: FormOfFile,
  shared: ReadonlyMap<string, FlowModule>,
  classNames: Names,
  moduleKind: ModuleKind,
): FormModule {
  const className = classNames.of(pascalCase(form.name), "form");
  const scope = new ModuleScope(kebabCase(className), connections, moduleKind);
  const own = Object.fromEntries(Object.entries(flows).filter(([id]) => !shared.has(id)));
  const names = new Names([...Object.keys(library), className]);
  const constructIds = new Names(["Form"]);
  const variable = names.of("stages", "list");
  const flowNames = new Map(Object.entries(own).map(([id, { name }]) => [id, names.of(camelCase(name), "flow")]));
  const flowId = (id: string) => {
    const name = flowNames.get(id);
    return name === undefined ? givenFlow(id, shared.get(id), scope) : `${name}.flowId`;
  };
  const contextOf = (id?: string) => {
    const constructId = id === undefined ? "Form" : constructIds.of(pascalCase(own[id]?.name ?? ""), "Flow");
    return { ...scope.context(constructId), flowId };
  };
  const { before, behind, form: code } = formWithFlows(form, own, contextOf, variable);
  const { stages, whyNodes } = code;
  const flowCodes = [...before, ...behind];
  const statementOf = ({ id, code: { expression } }: FlowOfForm) => `const ${flowNames.get(id)} = ${expression};`;
  const text = classText({
    className,
    comment: `The form ${JSON.stringify(form.name)}.`,
    remark: whyNodes && `Made of nodes, and not of stages: ${whyNodes}.`,
    member: { name: "form", type: stages === undefined ? "Form" : "ProfileForm" },
    statements: [
      ...before.map(statementOf),
      ...(stages === undefined ? [] : [stages.statement]),
      ...behind.map(statementOf),
      `this.form = ${code.expression};`,
    ],
    imports: [...flowCodes.flatMap((flow) => flow.code.imports), ...(stages?.imports ?? []), ...code.imports],
    inputs: scope.inputs,
    hasFiles: scope.hasFiles,
  });
  return {
    className,
    formName: form.name,
    flows: Object.values(flows).map(({ name }) => name),
    files: scope.filesWith(text),
    inputs: scope.inputs,
    raw: [...flowCodes.flatMap((flow) => flow.code.raw), ...code.raw],
    stages: stages?.ids,
    whyNodes,
  };
}

function givenFlow(id: string, module: FlowModule | undefined, scope: ModuleScope): string {
  const { flowName = "", className = "" } = module ?? {};
  const what = `id of the flow ${JSON.stringify(flowName)}, which ${className} defines: its \`flow.flowId\``;
  return scope.input(id, camelCase(`${flowName} ${/flow$/i.test(flowName) ? "" : "flow"} id`), "id", what);
}

export function flowModule(
  { flow, connections, users }: SharedFlow,
  classNames: Names,
  moduleKind: ModuleKind,
): FlowModule {
  const className = classNames.of(pascalCase(flow.name), "flow");
  const scope = new ModuleScope(kebabCase(className), connections, moduleKind);
  const { expression, imports, raw } = flowCode(flow, { ...scope.context("Flow"), flowId: () => "" });
  const text = classText({
    className,
    comment: `The flow ${JSON.stringify(flow.name)}, which ${users} forms run.`,
    member: { name: "flow", type: "ProfileFlow" },
    statements: [`this.flow = ${expression};`],
    imports,
    inputs: scope.inputs,
    hasFiles: scope.hasFiles,
  });
  return { className, flowName: flow.name, users, files: scope.filesWith(text), inputs: scope.inputs, raw };
}

import * as library from "../lib";
import type { Raw } from "./code";
import { flowCode, formCode } from "./form-code";
import type { FormOfFile } from "./form-file";
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
  const contextOf = (id: string) => ({ ...scope.context(id), flowId });

  const code = formCode(form, own, contextOf("Form"), variable);
  const flowCodes = Object.entries(own).map(([id, flow]) => {
    const constructId = constructIds.of(pascalCase(flow.name), "Flow");
    const changes = code.stages?.saved.get(flowId(id));
    const made = flowCode(flow, contextOf(constructId), changes);
    return {
      statement: `const ${flowNames.get(id)} = ${made.expression};`,
      code: made,
      isOfStages: changes !== undefined,
    };
  });
  const { stages } = code;
  const flowsWhere = (isOfStages: boolean) =>
    flowCodes.filter((flow) => flow.isOfStages === isOfStages).map(({ statement }) => statement);
  const text = classText({
    className,
    comment: `The form ${JSON.stringify(form.name)}.`,
    member: { name: "form", type: stages === undefined ? "Form" : "ProfileForm" },
    statements: [
      ...flowsWhere(false),
      ...(stages === undefined ? [] : [stages.statement]),
      ...flowsWhere(true),
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
    whyNodes: code.whyNodes,
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

import { Form, type FormProps } from "../lib/form";
import { ProfileFlow, type ProfileFlowProps } from "../lib/profile-flow";
import { ProfileForm, type ProfileFormProps } from "../lib/profile-form";
import { ValidationError } from "../lib/validation-error";
import type { Code, CodeContext, CodeOfForm, FlowOfTenant, FormOfTenant, Import, Raw } from "./code";
import { isSame, minimal } from "./equal";
import { actionCode, connectionOf } from "./flow-code";
import { nodeCode } from "./node-code";
import { preparedActions, preparedForm } from "./prepared";
import {
  Call,
  Code as Expression,
  evaluated,
  given,
  isObject,
  namesOf,
  printed,
  type Source,
  type SourceObject,
  withFiles,
} from "./source";
import { type FormOfStages, stagesOf } from "./stages-code";
import { synthesised } from "./synthesised";

export const PACKAGE = "auth0-progressive-profiling";

/** Columns that the statements of a constructor are indented by. */
const INDENT = 4;

/**
 * `new ProfileFlow(…)`.
 *
 * @param changes what it writes, where that is of stages
 */
export function flowCode(flow: FlowOfTenant, context: CodeContext, changes?: Source): Code {
  const raw: Raw[] = [];
  const actions = preparedActions(flow.actions, context).map((action) => writing(action, changes));
  const connection = connectionOf(actions);
  const all: SourceObject = {
    name: flow.name,
    connectionId: connection,
    actions: actions.map((action) => actionCode(action as SourceObject, connection, raw)),
  };
  const target = { name: flow.name, actions: evaluated(actions) };
  const what = `flow ${JSON.stringify(flow.name)}`;
  const props = checkedProps("ProfileFlow", all, what, raw);
  const isEqual = (left: SourceObject) => isSame(sentBy("ProfileFlow", left), target);
  if (!isEqual(props)) {
    raw.push({ what, why: "it is written as it can be: its actions will be others" });
  }
  return codeOf("ProfileFlow", minimal(props, isEqual, ["name", "actions"]), context, raw);
}

/** The action with other changes, where it is the one that writes them. */
function writing(action: Source, changes: Source | undefined): Source {
  const { type, action: name, params } = isObject(action) ? action : {};
  return changes !== undefined && type === "AUTH0" && name === "UPDATE_USER" && isObject(params)
    ? { ...(action as SourceObject), params: { ...params, changes } }
    : action;
}

/**
 * `new ProfileForm(…)` where it is made of stages, or else `new Form(…)`.
 *
 * @param flows what no other form runs, by the ids that the document has for them
 * @param variable that holds the stages
 */
export function formCode(
  form: FormOfTenant,
  flows: Readonly<Record<string, FlowOfTenant>>,
  context: CodeContext,
  variable: string,
): CodeOfForm {
  const prepared = preparedForm(form, context);
  const own = new Map(Object.entries(flows).map(([id, flow]) => [context.flowId(id), flow]));
  const ways = stagesOf({ prepared, flows: own, variable });
  let whyNodes = typeof ways === "string" ? ways : "";
  for (const way of typeof ways === "string" ? [] : ways) {
    const code = profileFormCode(prepared, way, context, variable);
    if (typeof code !== "string") {
      return code;
    }
    whyNodes = code;
  }
  return { ...nodesCode(prepared, context), whyNodes };
}

/** What stages make of it; or in words, how that differs from the form. */
function profileFormCode(
  prepared: SourceObject,
  { ids, stages, props: own, saved, raw }: FormOfStages,
  context: CodeContext,
  variable: string,
): CodeOfForm | string {
  const target = whole(evaluated(prepared) as FormOfTenant);
  const all: SourceObject = {
    name: prepared.name,
    languages: "none",
    ...present(settingsCode(prepared)),
    stages: new Expression(variable, evaluated(stages)),
    ...own,
    coordinates: coordinatesCode(prepared),
  };
  const told = [...raw];
  const checked = checkedProps("ProfileForm", all, `form ${JSON.stringify(prepared.name)}`, told);
  const isEqual = (left: SourceObject) => isSame(sentBy("ProfileForm", left), target);
  if (!isEqual(checked)) {
    return told[raw.length]?.why ?? `as stages, its ${differences(target, sentBy("ProfileForm", checked))}`;
  }
  const props = minimal(checked, isEqual, ["name", "stages"]);
  const list = withFiles(stages, context.file);
  return {
    ...codeOf("ProfileForm", props, context, told),
    stages: {
      ids,
      imports: importsOf(list),
      statement: `const ${variable} = ${printed(list, INDENT, INDENT + variable.length + 9)};`,
      saved,
    },
  };
}

function coordinatesCode({ start, ending }: SourceObject): SourceObject | undefined {
  return present({
    start: isObject(start) ? start.coordinates : undefined,
    ending: isObject(ending) ? ending.coordinates : undefined,
  });
}

/** `new Form(…)`. */
function nodesCode(prepared: SourceObject, context: CodeContext): Code {
  const raw: Raw[] = [];
  const { name = "", start, nodes } = prepared;
  const target = whole(evaluated(prepared) as FormOfTenant);
  const what = `form ${JSON.stringify(name)}`;
  const all: SourceObject = {
    name,
    ...settingsCode(prepared),
    start: isObject(start) ? start.next_node : undefined,
    coordinates: coordinatesCode(prepared),
    isLaidOut: false,
    nodes: ((nodes ?? []) as readonly SourceObject[]).map((node) => nodeCode(node, raw)),
  };
  const props = checkedProps("Form", all, what, raw);
  const isEqual = (left: SourceObject) => isSame(sentBy("Form", left), target);
  if (!isEqual(props)) {
    raw.push({ what, why: `it is written as it can be: ${differences(target, sentBy("Form", props))}` });
    return codeOf("Form", props, context, raw);
  }
  const placeless = withoutCoordinates(props);
  return codeOf("Form", minimal(isEqual(placeless) ? placeless : props, isEqual, ["name", "nodes"]), context, raw);
}

type Kind = keyof typeof CONSTRUCTS;
const CONSTRUCTS = { Form, ProfileForm, ProfileFlow };

/** What a construct with these props sends; or what it says of them. */
function sentBy(kind: Kind, props: SourceObject): object | ValidationError {
  const all = evaluated(props) as FormProps & ProfileFormProps & ProfileFlowProps;
  try {
    const sent = synthesised((scope) => new CONSTRUCTS[kind](scope, "it", all));
    return kind === "ProfileFlow" ? sent : whole(sent as unknown as FormOfTenant);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error;
    }
    throw error;
  }
}

/** The props, with `isChecked: false` where what stands in the tenant would be refused. */
function checkedProps(kind: Kind, props: SourceObject, what: string, raw: Raw[]): SourceObject {
  const sent = sentBy(kind, props);
  if (!(sent instanceof ValidationError)) {
    return props;
  }
  raw.push(...sent.problems.map((why) => ({ what: `${what} as a whole`, why })));
  const { name, ...others } = props;
  return { name, isChecked: false, ...others };
}

/** What of a form is neither its name nor its graph. */
function settingsCode({ languages, messages, translations, style, start, ending }: SourceObject): SourceObject {
  const { redirection: redirect, after_submit, resume_flow = false } = isObject(ending) ? ending : {};
  return {
    languages: isObject(languages) ? present({ primary: languages.primary, default: languages.default }) : undefined,
    css: isObject(style) ? style.css : undefined,
    messages: withoutEmpty(messages),
    translations: isObject(translations) && Object.keys(translations).length > 0 ? translations : undefined,
    hiddenFields: isObject(start) ? start.hidden_fields : undefined,
    ending: present({
      redirect,
      resumesLogin: resume_flow === (redirect === undefined) ? undefined : resume_flow,
      afterSubmit: isObject(after_submit) ? after_submit.flow_id : undefined,
    }),
  };
}

function withoutCoordinates({ coordinates: _, isLaidOut: __, nodes, ...props }: SourceObject): SourceObject {
  const placeless = (nodes as readonly Source[]).map((node) => {
    const [id = "", options] = node instanceof Call ? node.args : [];
    if (!(node instanceof Call) || node.name === "rawNode" || !isObject(options)) {
      return node;
    }
    const { coordinates: ___, ...others } = options;
    return new Call(node.name, [id, others]);
  });
  return { ...props, nodes: placeless };
}

/** What is compared: Auth0 gives neither back what is empty. */
function whole({ name, languages, messages, translations, style, start, nodes, ending }: FormOfTenant): object {
  const parts = {
    messages: withoutEmpty(messages as Source),
    translations: Object.keys(translations ?? {}).length > 0 ? translations : undefined,
    style: withoutEmpty(style),
  };
  const { hidden_fields, ...beginning } = start ?? {};
  return {
    name,
    languages,
    ...parts,
    start: { ...beginning, ...(hidden_fields?.length ? { hidden_fields } : {}) },
    nodes,
    ending: ending ?? {},
  };
}

function withoutEmpty(value: Source | undefined): SourceObject | undefined {
  return isObject(value)
    ? present(
        Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, isObject(member) ? present(member) : member]),
        ),
      )
    : undefined;
}

/** Without what is undefined, or null; nothing where nothing is left. */
function present(members: SourceObject): SourceObject | undefined {
  const entries = Object.entries(members).filter(([, member]) => member !== undefined && member !== null);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function differences(left: object, right: object): string {
  const [file, code] = [left, right] as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys({ ...left, ...right }).filter((name) => !isSame(file?.[name], code?.[name]));
  return `${names.join(", ")} will be another`;
}

function codeOf(name: Kind, props: SourceObject, context: CodeContext, raw: readonly Raw[]): Code {
  const source = withFiles(
    new Call(name, [new Expression("this", null), context.id, given(props)], true),
    context.file,
  );
  return {
    imports: importsOf(source),
    expression: printed(source, INDENT, INDENT + 40),
    resource: name === "ProfileFlow" ? ".flow" : ".form",
    idOf: name === "ProfileFlow" ? ".flowId" : ".formId",
    raw,
  };
}

function importsOf(source: Source): readonly Import[] {
  return [...namesOf(source)].sort().map((name) => ({ name, from: PACKAGE }));
}

import type { Form as FormResource } from "@cdktf/provider-auth0/lib/form";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { checkName } from "./checks";
import { checkFields, type FieldsOf, flag, type Given, isObject, other } from "./fields";
import { type FlowDefinition, isFlow } from "./form/flow";
import { needsConnection } from "./form/flow-action";
import type { Coordinates } from "./form/layout";
import { type FormNode, graphOf, unreachable } from "./form/node";
import { areNodes, checkCoordinates, checkNodes } from "./form/node-checks";
import { checkFormSettings, FORM_SETTINGS, type FormSettings } from "./form/settings";
import { checkWords, inPrimary } from "./form/translation";
import { checkLanguages, formResource, type Languages } from "./form-resource";
import { ProfileFlow } from "./profile-flow";
import { shown } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { Problems } from "./validation-error";
import { checkConnectionId } from "./vault-connection";

/** Places of what is no node, in the dashboard's editor. */
export interface FormCoordinates {
  readonly start?: Coordinates;
  readonly ending?: Coordinates;
}

export interface FormProps extends FormSettings, TenantProviderProps {
  /** Name of the form, 1 to 150 characters. */
  readonly name: string;
  /** What the form is made of, in any order: at least one node, made by `stepNode`, `flowNode` or `routerNode`. */
  readonly nodes: readonly FormNode[];
  /**
   * Id of the node that it begins with.
   *
   * @default - the first one
   */
  readonly start?: string;
  /**
   * Languages of the form.
   *
   * @default - Auth0's own; with texts in several languages { primary: "en" }
   */
  readonly languages?: Languages;
  /**
   * Id of the Vault connection (`ac_…`) of those AUTH0 actions that name none, in the flows that the form defines.
   *
   * @default - each names its own
   */
  readonly connectionId?: string;
  /**
   * Places of start and ending in the dashboard's editor.
   *
   * @default - those of the form's own layout
   */
  readonly coordinates?: FormCoordinates;
  /**
   * Whether what is given no place in the dashboard's editor gets one.
   *
   * @default true
   */
  readonly isLaidOut?: boolean;
  /**
   * Whether what Auth0 would refuse, or what would never work, is refused. Where it is not, each such problem is a warning, and
   * Auth0 has the last word: for what stands in a tenant and is to stay as it is.
   *
   * @default true
   */
  readonly isChecked?: boolean;
}

const FORM: FieldsOf<FormProps> = {
  name: other,
  nodes: other,
  start: other,
  languages: other,
  connectionId: other,
  coordinates: other,
  isLaidOut: flag,
  isChecked: flag,
  ...FORM_SETTINGS,
  ...TENANT_PROVIDER,
};
const COORDINATES: FieldsOf<FormCoordinates> = { start: other, ending: other };

/** Adds all that is wrong with the props. */
export function checkForm(props: unknown, problems: Problems): void {
  const given = checkFields<FormProps>("", props, FORM, problems);
  const { name, nodes, languages, connectionId, coordinates, provider } = given;
  checkProvider(provider, problems);
  checkName("name", name ?? "", problems);
  if (languages !== undefined) {
    checkLanguages(languages, problems);
  }
  if (areNodes(nodes)) {
    checkWords({ ...given, stages: nodes }, primaryOf(languages), problems);
  }
  const spoken = inPrimaryLanguage(given);
  checkNodes(spoken.nodes as readonly FormNode[], startOf(given), spoken, problems);
  if (coordinates !== undefined) {
    checkFormCoordinates(coordinates, problems);
  }
  checkConnectionId(connectionId, problems);
  const isSound = problems.all.length === 0 && areNodes(nodes);
  const components = isSound ? nodes.flatMap((node) => node.components) : undefined;
  checkFormSettings(spoken, components && new Set(components.map(({ id }) => id)), problems);
  if (isSound && connectionId === undefined) {
    for (const { id, actions } of flowsOf(given)) {
      if (needsConnection(actions)) {
        problems.add(
          `connectionId is missing, and flow ${shown(id)} has AUTH0 actions without a connection_id; give it`,
        );
      }
    }
  }
}

export function checkFormCoordinates(coordinates: unknown, problems: Problems): void {
  const places = checkFields<FormCoordinates>("coordinates", coordinates, COORDINATES, problems);
  for (const [what, place] of Object.entries(places)) {
    checkCoordinates(`coordinates.${what}`, place, problems);
  }
}

function startOf({ start, nodes }: Given<FormProps>): string | undefined {
  return start ?? (areNodes(nodes) ? nodes[0]?.id : undefined);
}

/** The flows that the form defines, each once. */
function flowsOf({ nodes = [], ending }: Given<FormProps>): ReadonlySet<FlowDefinition> {
  return new Set([...nodes.flatMap(({ flows }) => flows), ending?.afterSubmit].filter(isFlow));
}

/** Of props, be they without types: their texts in the primary language, the others as translations. */
function inPrimaryLanguage<P extends Given<FormProps>>({ nodes, ...props }: P): Given<FormProps> {
  if (!areNodes(nodes)) {
    return { ...props, nodes };
  }
  const { stages, ...spoken } = inPrimary({ ...props, stages: nodes }, primaryOf(props.languages));
  return { ...spoken, nodes: stages };
}

function primaryOf(languages: unknown): string {
  return isObject(languages) && typeof languages.primary === "string" ? languages.primary : "en";
}

/**
 * A form of any graph: steps, routers and flows that lead to one another.
 *
 * Nothing is asked by itself, and nothing is saved: an Action renders the form by its id, and flows do what is to be done. For
 * profiling there is `ProgressiveProfiling`, which makes the graph itself.
 *
 * @example
 * new Form(this, "welcome", {
 *   name: "Welcome",
 *   nodes: [
 *     stepNode("ask", { components: [text("nickname", { label: "Nickname" }), nextButton()], next: "save" }),
 *     flowNode("save", { flow: "af_…", next: "$ending" }),
 *   ],
 * });
 * @see https://auth0.com/docs/customize/forms
 */
export class Form extends Construct {
  readonly form: FormResource;
  /** Id of the form (`ap_…`). */
  readonly formId: string;
  /** The flows that it defines, by their ids. */
  readonly flows: ReadonlyMap<string, ProfileFlow>;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: FormProps) {
    super(scope, id);
    const problems = new Problems();
    checkForm(props, problems);
    problems.throwOrWarn(this, props?.isChecked !== false || !areNodes(props.nodes));

    const { nodes = [], ...settings } = inPrimaryLanguage(props);
    const start = startOf(props) ?? "";
    this.flows = this.flowsOf(props);
    const flowIdOf = ({ id }: FlowDefinition) => this.flows.get(id)?.flowId ?? "";
    const graph = graphOf(nodes, {
      start,
      coordinates: props.coordinates,
      isLaidOut: props.isLaidOut ?? true,
      flowIdOf,
    });
    const isTranslated = settings.translations !== props.translations;
    const languages = props.languages ?? (isTranslated ? { primary: "en" } : undefined);
    this.form = formResource(this, { ...settings, name: props.name, languages }, graph, flowIdOf);
    this.formId = this.form.id;

    for (const node of unreachable(nodes, start)) {
      Annotations.of(this).addWarning(`nothing leads to ${node.noun} ${shown(node.id)}, so that nobody gets there`);
    }
  }

  private flowsOf(props: FormProps): ReadonlyMap<string, ProfileFlow> {
    const definitions = [...flowsOf(props)];
    if (definitions.length === 0) {
      return new Map();
    }
    const scope = new Construct(this, "Flows");
    const { connectionId, provider, isChecked } = props;
    return new Map(
      definitions.map(({ id, name, actions }) => [
        id,
        new ProfileFlow(scope, id, { name, actions, connectionId, provider, isChecked }),
      ]),
    );
  }
}

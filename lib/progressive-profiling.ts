import { Annotations, Lazy, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ActionSource } from "./action-source";
import { checkName, isKnown } from "./checks";
import { checkFields, type FieldsOf, type Given, isObject, other, text } from "./fields";
import { ARTICLE_STAGES } from "./form/article-stages";
import {
  checkKnownBefore,
  checkSavedByAction,
  isActionDeciding,
  metadataKeysOf,
  savedAnswers,
  stageMoments,
  varsGiven,
} from "./form/asking";
import { type Destination, described } from "./form/destination";
import { type FlowDefinition, isFlow } from "./form/flow";
import { allActions, type FlowAction, needsConnection } from "./form/flow-action";
import { checkMoment, type Moment } from "./form/moment";
import { type Write, writesOf } from "./form/saving";
import { FORM_SETTINGS, type FormSettings } from "./form/settings";
import { flowsOf, type Stage } from "./form/stage";
import type { Languages } from "./form-resource";
import {
  checkMachineToMachineClient,
  MachineToMachineClient,
  type ManagementClient,
} from "./machine-to-machine-client";
import { checkWhenSavingFails, type MetadataAnswer, MetadataFlow, type WhenSavingFails } from "./metadata-flow";
import { ProfileFlow } from "./profile-flow";
import { type CheckedForm, checkProfileForm, ProfileForm, type SaveBy } from "./profile-form";
import { checkActionSource, ProfilingAction, type ProfilingActionProps } from "./profiling-action";
import { shown } from "./shown";
import { checkProvider, providersTenantDomain, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { Problems } from "./validation-error";
import { checkConnectionId, checkVaultConnection, VaultConnection } from "./vault-connection";

/** Names in the tenant, as the dashboard shows them: 1 to 150 characters each. */
export interface Names {
  /** @default "Progressive Profiling" */
  readonly form?: string;
  /** @default "Update user_metadata" */
  readonly flow?: string;
  /** @default "Progressive Profiling" */
  readonly vaultConnection?: string;
  /** @default "Progressive Profiling" */
  readonly action?: string;
  /** @default "Progressive Profiling" */
  readonly client?: string;
}

const NAMES: FieldsOf<Names> = { form: other, flow: other, vaultConnection: other, action: other, client: other };

export interface ProgressiveProfilingProps extends FormSettings, TenantProviderProps {
  /**
   * What is asked, in this order, one stage per login unless `stagesPerLogin` says more: 1 to 10 stages.
   *
   * @default - Missing Profile Data (`job_title`, `phone_number`), then Missing Company Data (`company_name`, `company_size`)
   */
  readonly stages?: readonly Stage[];
  /**
   * Names of the parts.
   *
   * @default - those of the article, see {@link Names}
   */
  readonly names?: Names;
  /**
   * Languages of the form.
   *
   * @default { primary: "en" }
   */
  readonly languages?: Languages;
  /**
   * When people are asked, whatever the stage.
   *
   * @default - at every login at which a stage is due
   */
  readonly ask?: Moment;
  /**
   * How many of the stages that are due one login shows at most, one after the other: an integer of 1 to 10. Which they are
   * is decided before the first is shown: what one answers makes no other due before the next login.
   *
   * @default 1
   */
  readonly stagesPerLogin?: number;
  /**
   * Who saves the answers: a flow, with a client of the Management API (`"flow"`), or the Action (`"action"`): then there is no
   * client, no grant, no Vault connection and no secret, and nothing but metadata can be written.
   *
   * @default "flow"
   */
  readonly saveBy?: SaveBy;
  /**
   * File with the Action's source, see {@link ProfilingActionProps.sourceFile}.
   *
   * @default - the Action of this library
   */
  readonly sourceFile?: string;
  /**
   * Client that the flow writes answers with: it needs the scope `update:users`, and `update:users_app_metadata` where something
   * is written to `app_metadata`.
   *
   * @default - a Machine to Machine application is defined
   */
  readonly client?: ManagementClient;
  /**
   * Id of an existing Vault connection (`ac_…`) that the flow writes answers with: its client needs the scope
   * `update:users`. No client and no Vault connection are defined then, and no secret lies in the Terraform state.
   *
   * Not to be given together with `client`, nor with what is of a client or a Vault connection that is defined.
   *
   * @default - a Vault connection is defined
   */
  readonly connectionId?: string;
  /**
   * Scopes of the Machine to Machine application that is defined; not to be given together with `client`.
   *
   * @default ManagementScopes.ARTICLE
   */
  readonly scopes?: readonly string[];
  /**
   * Version of the secret of the Machine to Machine application that is defined, a text of your choice: another value
   * replaces the application without a break, see {@link MachineToMachineClientProps.secretVersion}; not to be given
   * together with `client`, which has a version of its own.
   *
   * @default "1"
   */
  readonly secretVersion?: string;
  /**
   * What happens at a login whose answers can not be saved, see {@link MetadataFlowProps.whenSavingFails}.
   *
   * @default "continue"
   */
  readonly whenSavingFails?: WhenSavingFails;
  /**
   * Domain of the tenant, e.g. `example.eu.auth0.com`. Needed where the provider is configured with a custom domain.
   *
   * @default - the domain of the tenant that the provider is configured for
   */
  readonly domain?: string;
}

export const PROGRESSIVE_PROFILING: FieldsOf<ProgressiveProfilingProps> = {
  stages: other,
  names: other,
  languages: other,
  ask: other,
  stagesPerLogin: other,
  saveBy: other,
  sourceFile: text,
  client: other,
  connectionId: other,
  scopes: other,
  secretVersion: other,
  whenSavingFails: other,
  domain: other,
  ...FORM_SETTINGS,
  ...TENANT_PROVIDER,
};

/** What follows from props in which nothing is wrong. */
interface Checked {
  readonly form: CheckedForm;
  readonly isActionDeciding: boolean;
  /** What the Action is given, but for the form's id and its own name. */
  readonly action: Omit<ProfilingActionProps, "formId">;
  readonly source?: ActionSource;
}

/** Adds all that is wrong with the props, and with what the parts would be given of them. */
export function checkProgressiveProfiling(props: unknown, problems: Problems): Checked {
  const given = checkFields<ProgressiveProfilingProps>("", props, PROGRESSIVE_PROFILING, problems);
  const {
    stages = ARTICLE_STAGES,
    ask,
    saveBy,
    sourceFile,
    connectionId,
    secretVersion,
    scopes,
    domain,
    provider,
  } = given;
  const { languages, css, messages, translations, hiddenFields, ending, whenSavingFails, stagesPerLogin } = given;
  const names = given.names === undefined ? {} : checkFields<Names>("names", given.names, NAMES, problems);
  // stands for what one part has of another, as long as neither is defined
  const ofAnotherPart = Lazy.stringValue({ produce: () => undefined });
  const client = given.client ?? { clientId: ofAnotherPart, clientSecret: ofAnotherPart };

  const form = checkProfileForm(
    {
      ...{ stages, stagesPerLogin, saveBy, languages, css, messages, translations, hiddenFields, ending },
      ...{ flowId: ofAnotherPart, flowIdOf: () => ofAnotherPart, name: names.form },
    },
    problems,
    "names.form",
    whenSavingFails !== "stay",
    sourceFile === undefined ? (all) => varsGiven(all, ask, saveBy === "action", stagesPerLogin ?? 1) : undefined,
  );
  checkProvider(provider, problems);
  checkName("names.flow", names.flow, problems);
  checkName("names.action", names.action, problems);
  if (ask !== undefined) {
    checkMoment("ask", ask, problems);
  }
  if (whenSavingFails !== undefined) {
    checkWhenSavingFails(whenSavingFails, problems);
  }
  if (saveBy === "action" && whenSavingFails === "stay") {
    problems.add('whenSavingFails: an Action can keep nobody on the form; leave "stay" out, or saveBy');
  }
  if (saveBy === "action") {
    checkSavedByAction(form.stages, stagesPerLogin ?? 1, problems);
  }
  checkRedirect(form.stages, given, problems);
  const isDeciding = isActionDeciding(form.stages, ask, saveBy === "action", stagesPerLogin ?? 1);
  const action = { ...actionProps(form.stages, isDeciding, given), sourceFile };
  if (action.tellsStage) {
    checkKnownBefore(form.stages, problems);
  }
  const source = checkActionSource({ ...action, formId: ofAnotherPart }, problems);
  checkMachineToMachineClient({ scopes, secretVersion, domain, name: names.client }, problems, "names.client");
  checkVaultConnection({ client, domain, name: names.vaultConnection }, problems, "names.vaultConnection");
  checkConnectionId(connectionId, problems);
  checkUse(given, names, problems);
  if (problems.all.length === 0) {
    checkNeeded(form, given, names, problems);
  }
  return { form, isActionDeciding: isDeciding, action, source };
}

/** After a form that sends people elsewhere the Action does not go on: it saves nothing, and remembers nobody. */
function checkRedirect(
  stages: readonly Stage[],
  { ask, saveBy, ending }: Given<ProgressiveProfilingProps>,
  problems: Problems,
): void {
  const remembers = [ask, ...stages.map((stage) => stage.ask)].some((moment) => moment?.atMostEvery !== undefined);
  if (ending?.redirect == null || (saveBy !== "action" && !remembers)) {
    return;
  }
  const needs = saveBy === "action" ? 'saveBy: "action" saves' : "atMostEvery remembers";
  problems.add(`ending.redirect leaves the login, and ${needs} only where it goes on; leave one of them out`);
}

/** The flows, apart from the one that is shared. */
function definitionsOf({ stages, saving, settings }: CheckedForm): ReadonlySet<FlowDefinition> {
  const { afterSubmit } = settings.ending ?? {};
  return new Set([...saving.own.values(), ...stages.flatMap(flowsOf), ...[afterSubmit].filter(isFlow)]);
}

/** Adds what no flow needs, and scopes that one needs and that are not there. */
function checkNeeded(
  form: CheckedForm,
  given: Given<ProgressiveProfilingProps>,
  names: Given<Names>,
  problems: Problems,
): void {
  const { client, connectionId, scopes, secretVersion } = given;
  const { saving } = form;
  const actions = [...definitionsOf(form)].flatMap((flow) => allActions(flow.actions));
  if (saving.shared.length === 0 && !needsConnection(actions)) {
    const parts = {
      client,
      connectionId,
      scopes,
      secretVersion,
      "names.client": names.client,
      "names.vaultConnection": names.vaultConnection,
    };
    const unused = usedOf(parts);
    if (unused.length > 0) {
      problems.add(`${unused.join(", ")}: no flow needs a client or a Vault connection; leave it out`);
    }
  } else if (Array.isArray(scopes) && scopes.every(isKnown)) {
    const missing = neededScopes(actions).filter((scope) => !scopes.includes(scope));
    if (missing.length > 0) {
      problems.add(
        `scopes must include ${missing.map(shown).join(", ")}, which the flows need, got ${scopes.map(shown).join(", ")}; add it`,
      );
    }
  }
}

/** Scopes beside `update:users`, which every flow that saves needs. */
function neededScopes(actions: readonly FlowAction[]): readonly string[] {
  const has = (name: string) => actions.some(({ type, action }) => type === "AUTH0" && action === name);
  const writesApp = actions.some(
    ({ action, params }) => action === "UPDATE_USER" && isObject(params.changes) && "app_metadata" in params.changes,
  );
  return [
    ...(writesApp ? ["update:users_app_metadata"] : []),
    ...(has("GET_USER") ? ["read:users"] : []),
    ...(has("CREATE_USER") ? ["create:users"] : []),
  ];
}

/** What the Action decides by. */
function actionProps(
  stages: readonly Stage[],
  isDeciding: boolean,
  { ask, saveBy, stagesPerLogin }: Given<ProgressiveProfilingProps>,
): Checked["action"] {
  const metadataKeys = isDeciding ? undefined : metadataKeysOf(stages);
  if (metadataKeys !== undefined) {
    return { metadataKeys };
  }
  return {
    stages: stageMoments(stages),
    ask,
    saves: saveBy === "action" ? savedAnswers(stages, stagesPerLogin ?? 1) : undefined,
    tellsStage: isDeciding && stages.length > 1,
    stagesPerLogin: stages.length > 1 ? stagesPerLogin : undefined,
  };
}

/** Adds what would be of a client or a Vault connection that is not defined here. */
function checkUse(given: Given<ProgressiveProfilingProps>, names: Given<Names>, problems: Problems): void {
  const { client, connectionId, scopes, secretVersion } = given;
  const ofClient = { scopes, secretVersion, "names.client": names.client };
  if (connectionId !== undefined) {
    const unused = usedOf({ client, ...ofClient, "names.vaultConnection": names.vaultConnection });
    if (unused.length > 0) {
      problems.add(
        `${unused.join(", ")}: with connectionId, no client and no Vault connection are defined; leave it out, or leave connectionId out`,
      );
    }
  } else if (client !== undefined && usedOf(ofClient).length > 0) {
    problems.add(
      `${usedOf(ofClient).join(", ")}: with client, no application is defined; leave it out, or leave client out`,
    );
  }
}

/** The names of the props that were given. */
function usedOf(props: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(props).filter((name) => props[name] !== undefined);
}

/** What the shared flow writes. */
function answersOf(shared: readonly Write[]): MetadataAnswer[] {
  return shared.map(({ to, value }) => ({ metadataKey: to.slice("user_metadata.".length), value: String(value) }));
}

/** Whether neither it nor what it is in was removed. */
function isInTree({ node }: Construct): boolean {
  return node.scopes.every(
    (construct) => construct.node.scope?.node.tryFindChild(construct.node.id) === construct || construct === node.root,
  );
}

/** In the order in which they were defined: to search a stack's tree for them would cost the more, the more there are. */
const instancesOf = new WeakMap<TerraformStack, ProgressiveProfiling[]>();

/**
 * Progressive profiling in an Auth0 tenant: a form that asks a little at each login, until nothing is missing.
 *
 * Defines the Machine to Machine application with its grant, the Vault connection, the flow, the form, and the Action
 * bound to the post-login trigger. Without props it is the set-up of Auth0's Progressive Profiling template.
 *
 * @example new ProgressiveProfiling(this, "profiling", { ask: { fromLogin: 3 } })
 * @see https://auth0.com/docs/customize/forms
 */
export class ProgressiveProfiling extends Construct {
  /** The Machine to Machine application; absent where another kind of client, or a Vault connection, was given. */
  readonly client?: MachineToMachineClient;
  /** Absent where an existing one was given. */
  readonly vaultConnection?: VaultConnection;
  /** Absent where no stage's answers are saved by the flow that serves many stages. */
  readonly flow?: MetadataFlow;
  /** The other flows, by their ids. */
  readonly flows: ReadonlyMap<string, ProfileFlow>;
  readonly form: ProfileForm;
  readonly action: ProfilingAction;

  /** Id of the client that the flow writes answers with; absent where an existing Vault connection was given. */
  readonly clientId?: string;
  /** Id of the Vault connection (`ac_…`); absent where no flow needs one. */
  readonly connectionId?: string;
  /** Id of the flow (`af_…`) that serves many stages, where there is one. */
  readonly flowId?: string;
  /** Id of the form (`ap_…`). */
  readonly formId: string;
  /** Id of the Action. */
  readonly actionId: string;

  private readonly writtenPlaces: readonly Destination[];

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: ProgressiveProfilingProps = {}) {
    super(scope, id);
    // All at once, before anything is defined: the parts check only what they are given themselves.
    const problems = new Problems();
    const { form, isActionDeciding, action, source } = checkProgressiveProfiling(props, problems);
    problems.throwIfAny(this);

    const { stages, saving } = form;
    const { provider } = props;
    const names = props.names ?? {};
    const definitions = definitionsOf(form);
    const isConnected = saving.shared.length > 0 || [...definitions].some(({ actions }) => needsConnection(actions));
    if (props.connectionId != null) {
      this.connectionId = props.connectionId;
    } else if (isConnected) {
      const { secretVersion, scopes } = props;
      const domain = props.domain ?? providersTenantDomain(this, provider);
      const client =
        props.client ??
        new MachineToMachineClient(this, "Client", { name: names.client, scopes, secretVersion, domain, provider });
      if (client instanceof MachineToMachineClient) {
        this.client = client;
      }
      this.clientId = client.clientId;
      this.vaultConnection = new VaultConnection(this, "VaultConnection", {
        client,
        domain,
        name: names.vaultConnection,
        provider,
      });
      this.connectionId = this.vaultConnection.connectionId;
    }

    this.writtenPlaces = stages.flatMap(writesOf).map(({ to }) => to);
    if (saving.shared.length > 0) {
      this.flow = new MetadataFlow(this, "Flow", {
        connectionId: this.connectionId ?? "",
        answers: answersOf(saving.shared),
        name: names.flow,
        whenSavingFails: props.whenSavingFails,
        provider,
      });
      this.flowId = this.flow.flowId;
    }
    this.flows = this.flowsOf(definitions, provider);

    const flowIdOf = ({ id }: FlowDefinition) => this.flows.get(id)?.flowId ?? "";
    this.form = new ProfileForm(
      this,
      "Form",
      {
        stages,
        flowId: this.flowId,
        flowIdOf,
        isActionDeciding,
        stagesPerLogin: action.stagesPerLogin,
        name: names.form,
        languages: props.languages,
        provider,
      },
      form,
    );
    this.formId = this.form.formId;

    this.action = new ProfilingAction(
      this,
      "Action",
      { ...action, formId: this.formId, name: names.action, provider },
      source,
    );
    this.actionId = this.action.actionId;

    this.warn(stages, this.joinStack());
  }

  private flowsOf(
    definitions: ReadonlySet<FlowDefinition>,
    provider: TerraformProvider | undefined,
  ): ReadonlyMap<string, ProfileFlow> {
    if (definitions.size === 0) {
      return new Map();
    }
    const scope = new Construct(this, "Flows");
    const { connectionId } = this;
    return new Map(
      [...definitions].map(({ id, name, actions }) => [
        id,
        new ProfileFlow(scope, id, { name, actions, connectionId, provider }),
      ]),
    );
  }

  private warn(stages: readonly Stage[], others: readonly ProgressiveProfiling[]): void {
    for (const { id, waitsFor, version, components } of stages) {
      const field = components.find(({ answer }) => waitsFor !== undefined && answer?.to.includes(waitsFor));
      if (waitsFor === undefined || version !== undefined || field?.required === true || !isKnown(field?.required)) {
        continue;
      }
      Annotations.of(this).addWarning(
        `stage ${shown(id)} waits for ${shown(waitsFor.replace(/^user_metadata\./, ""))}, whose field is not required: ` +
          "who leaves it empty is asked again at every login",
      );
    }
    for (const place of this.writtenPlaces) {
      const other = others.find((candidate) => candidate.writtenPlaces.includes(place) && isInTree(candidate));
      if (other === undefined) {
        continue;
      }
      Annotations.of(this).addWarning(
        `asks for the ${described(place)}, as [${other.node.path}] does: the answer that is given last stays`,
      );
    }
    const name = this.action.action.nameInput;
    const namesake = others.find((candidate) => candidate.action.action.nameInput === name && isInTree(candidate));
    if (namesake !== undefined) {
      Annotations.of(this).addWarning(
        `its Action has the name ${shown(name)}, as that of [${namesake.node.path}]; give one another names.action`,
      );
    }
  }

  /** Is one of the stack's instances from here on. @returns those that were it before, and go to the same tenant */
  private joinStack(): ProgressiveProfiling[] {
    const stack = TerraformStack.of(this);
    const instances = instancesOf.get(stack) ?? [];
    const others = instances.filter(({ form }) => form.form.provider?.alias === this.form.form.provider?.alias);
    instances.push(this);
    instancesOf.set(stack, instances);
    return others;
  }
}

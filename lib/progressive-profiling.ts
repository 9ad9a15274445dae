import { Annotations, Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isKnown } from "./checks";
import { checkFields, type FieldsOf, type Given, other } from "./fields";
import { checkStages } from "./form/checks";
import type { Answer } from "./form/component";
import { articleStages, type Stage } from "./form/stage";
import {
  checkMachineToMachineClient,
  MachineToMachineClient,
  type ManagementClient,
} from "./machine-to-machine-client";
import { checkMetadataFlow, MetadataFlow, type WhenSavingFails } from "./metadata-flow";
import { checkProfileForm, type Languages, ProfileForm } from "./profile-form";
import { checkProfilingAction, ProfilingAction } from "./profiling-action";
import { providersTenantDomain } from "./tenant-domain";
import { Problems, shown } from "./validation-error";
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

export interface ProgressiveProfilingProps {
  /**
   * What is asked, one stage per login, in this order: 1 to 10 stages.
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
   * Client that the flow writes answers with: it needs the scope `update:users`.
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
  client: other,
  connectionId: other,
  scopes: other,
  secretVersion: other,
  whenSavingFails: other,
  domain: other,
};

/** Stands for what one part has of another, as long as neither is defined. */
const OF_ANOTHER_PART = Lazy.stringValue({ produce: () => undefined });

/** Adds all that is wrong with the props, and with what the parts would be given of them. */
export function checkProgressiveProfiling(props: unknown, problems: Problems): void {
  const given = checkFields<ProgressiveProfilingProps>("", props, PROGRESSIVE_PROFILING, problems);
  const { stages = articleStages(), languages, connectionId, scopes, secretVersion, whenSavingFails, domain } = given;
  const names = given.names === undefined ? {} : checkFields<Names>("names", given.names, NAMES, problems);
  const client = given.client ?? { clientId: OF_ANOTHER_PART, clientSecret: OF_ANOTHER_PART };
  // What would follow from stages that are wrong is not told beside it.
  const asked = soundStages(stages);

  checkProfileForm({ stages, languages, flowId: OF_ANOTHER_PART, name: names.form }, problems, "names.form");
  checkMetadataFlow(
    { answers: answersOf(asked), connectionId: OF_ANOTHER_PART, name: names.flow, whenSavingFails },
    problems,
    "names.flow",
  );
  checkProfilingAction(
    { metadataKeys: keysToLookFor(asked), formId: OF_ANOTHER_PART, name: names.action },
    problems,
    "names.action",
  );
  checkMachineToMachineClient({ scopes, secretVersion, domain, name: names.client }, problems, "names.client");
  checkVaultConnection({ client, domain, name: names.vaultConnection }, problems, "names.vaultConnection");
  if (connectionId !== undefined) {
    checkConnectionId(connectionId, problems);
  }
  checkUse(given, names, problems);
}

function soundStages(stages: readonly Stage[]): readonly Stage[] {
  const found = new Problems();
  checkStages(stages, found);
  return found.all.length === 0 ? stages : articleStages();
}

/** Adds what would be of a client or a Vault connection that is not defined here. */
function checkUse(given: Given<ProgressiveProfilingProps>, names: Given<Names>, problems: Problems): void {
  const { client, connectionId, scopes, secretVersion } = given;
  const ofClient = { scopes, secretVersion, "names.client": names.client };
  const used = (parts: Readonly<Record<string, unknown>>) =>
    Object.keys(parts).filter((part) => parts[part] !== undefined);

  if (connectionId !== undefined) {
    const unused = used({ client, ...ofClient, "names.vaultConnection": names.vaultConnection });
    if (unused.length > 0) {
      problems.add(
        `${unused.join(", ")}: with connectionId, no client and no Vault connection are defined; leave it out, or leave connectionId out`,
      );
    }
  } else if (client !== undefined && used(ofClient).length > 0) {
    problems.add(
      `${used(ofClient).join(", ")}: with client, no application is defined; leave it out, or leave client out`,
    );
  }
}

/** What the stages write. */
function answersOf(stages: readonly Stage[]): Required<Answer>[] {
  return stages.flatMap(({ components }) => components.flatMap(({ answer }) => answer ?? []));
}

/** What the stages wait for. */
function keysToLookFor(stages: readonly Stage[]): string[] {
  return stages.map(({ metadataKey }) => metadataKey);
}

/**
 * Progressive profiling in an Auth0 tenant: a form that asks a little at each login, until nothing is missing.
 *
 * Defines the Machine to Machine application with its grant, the Vault connection, the flow, the form, and the Action
 * bound to the post-login trigger. Without props it is the set-up of Auth0's Progressive Profiling template.
 *
 * @see https://auth0.com/docs/customize/forms
 */
export class ProgressiveProfiling extends Construct {
  /** The Machine to Machine application; absent where another kind of client, or a Vault connection, was given. */
  readonly client?: MachineToMachineClient;
  /** Absent where an existing one was given. */
  readonly vaultConnection?: VaultConnection;
  readonly flow: MetadataFlow;
  readonly form: ProfileForm;
  readonly action: ProfilingAction;

  /** Id of the client that the flow writes answers with; absent where an existing Vault connection was given. */
  readonly clientId?: string;
  /** Id of the Vault connection (`ac_…`). */
  readonly connectionId: string;
  /** Id of the flow (`af_…`). */
  readonly flowId: string;
  /** Id of the form (`ap_…`). */
  readonly formId: string;
  /** Id of the Action. */
  readonly actionId: string;

  private readonly writtenKeys: readonly string[];

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: ProgressiveProfilingProps = {}) {
    super(scope, id);
    // All at once, before anything is defined: the parts check only what they are given themselves.
    const problems = new Problems();
    checkProgressiveProfiling(props, problems);
    problems.throwIfAny(this);

    const stages = props.stages ?? articleStages();
    const names = props.names ?? {};
    if (props.connectionId != null) {
      this.connectionId = props.connectionId;
    } else {
      const { secretVersion, scopes } = props;
      const domain = props.domain ?? providersTenantDomain(this);
      const client =
        props.client ??
        new MachineToMachineClient(this, "Client", { name: names.client, scopes, secretVersion, domain });
      if (client instanceof MachineToMachineClient) {
        this.client = client;
      }
      this.clientId = client.clientId;
      this.vaultConnection = new VaultConnection(this, "VaultConnection", {
        client,
        domain,
        name: names.vaultConnection,
      });
      this.connectionId = this.vaultConnection.connectionId;
    }

    const answers = answersOf(stages);
    this.writtenKeys = answers.map(({ metadataKey }) => metadataKey);
    this.flow = new MetadataFlow(this, "Flow", {
      connectionId: this.connectionId,
      answers,
      name: names.flow,
      whenSavingFails: props.whenSavingFails,
    });
    this.flowId = this.flow.flowId;

    this.form = new ProfileForm(this, "Form", {
      stages,
      flowId: this.flowId,
      languages: props.languages,
      name: names.form,
    });
    this.formId = this.form.formId;

    this.action = new ProfilingAction(this, "Action", {
      formId: this.formId,
      metadataKeys: keysToLookFor(stages),
      name: names.action,
    });
    this.actionId = this.action.actionId;

    this.warn(stages);
  }

  private warn(stages: readonly Stage[]): void {
    for (const { id, metadataKey, components } of stages) {
      const field = components.find(({ answer }) => answer?.metadataKey === metadataKey);
      if (field?.required === true || !isKnown(field?.required)) {
        continue;
      }
      Annotations.of(this).addWarning(
        `stage ${shown(id)} waits for ${shown(metadataKey)}, whose field is not required: ` +
          "who leaves it empty is asked again at every login",
      );
    }
    const others = this.othersOfStack();
    for (const key of this.writtenKeys) {
      const other = others.find((candidate) => candidate.writtenKeys.includes(key));
      if (other === undefined) {
        continue;
      }
      Annotations.of(this).addWarning(
        `asks for the user_metadata key ${shown(key)}, as [${other.node.path}] does: the answer that is given last stays`,
      );
    }
    const name = this.action.action.nameInput;
    const namesake = others.find((candidate) => candidate.action.action.nameInput === name);
    if (namesake !== undefined) {
      Annotations.of(this).addWarning(
        `its Action has the name ${shown(name)}, as that of [${namesake.node.path}]; give one another names.action`,
      );
    }
  }
  /** The other instances of the stack; one that was refused has no Action. */
  private othersOfStack(): ProgressiveProfiling[] {
    return TerraformStack.of(this)
      .node.findAll()
      .filter((construct) => construct instanceof ProgressiveProfiling)
      .filter((instance) => instance !== this && instance.action !== undefined);
  }
}

import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkClientName, checkLanguages, checkName, isKnown } from "./checks";
import { checkStages } from "./form/checks";
import { articleStages, type Stage } from "./form/stage";
import {
  checkManagementClient,
  checkSecretVersion,
  MachineToMachineClient,
  type ManagementClient,
} from "./machine-to-machine-client";
import { checkScopes } from "./management-scopes";
import { MetadataFlow } from "./metadata-flow";
import { type Languages, ProfileForm } from "./profile-form";
import { ProfilingAction } from "./profiling-action";
import { checkDomain, providersTenantDomain } from "./tenant-domain";
import { Problems, shown } from "./validation-error";
import { checkConnectionId, VaultConnection } from "./vault-connection";

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

/** The instances of a stack, in the order in which they were defined. */
const instances = new WeakMap<TerraformStack, ProgressiveProfiling[]>();

const PARTS: readonly string[] = ["form", "flow", "vaultConnection", "action", "client"] satisfies (keyof Names)[];

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
   * together with `client`.
   *
   * @default - the application is replaced only on demand, by `terraform apply -replace`
   */
  readonly secretVersion?: string;
  /**
   * Domain of the tenant, e.g. `example.eu.auth0.com`. Needed where the provider is configured with a custom domain.
   *
   * @default - the domain of the tenant that the provider is configured for
   */
  readonly domain?: string;
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
    const stages = props.stages ?? articleStages();
    const names = props.names ?? {};
    this.check(props, stages);

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

    const answers = stages.flatMap((stage) => stage.components.flatMap((component) => component.answer ?? []));
    this.writtenKeys = answers.map(({ metadataKey }) => metadataKey);
    this.flow = new MetadataFlow(this, "Flow", { connectionId: this.connectionId, answers, name: names.flow });
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
      metadataKeys: stages.map((stage) => stage.metadataKey),
      name: names.action,
    });
    this.actionId = this.action.actionId;

    const stack = TerraformStack.of(this);
    const others = instances.get(stack) ?? [];
    this.warn(stages, others);
    others.push(this);
    instances.set(stack, others);
  }

  /** All problems at once, before anything is defined: the parts check only what they are given themselves. */
  private check(props: ProgressiveProfilingProps, stages: readonly Stage[]): void {
    const problems = new Problems();
    checkStages(stages, problems);
    for (const [part, name] of Object.entries(props.names ?? {})) {
      if (!PARTS.includes(part)) {
        problems.add(`names has no part ${shown(part)}; its parts are ${PARTS.join(", ")}`);
      } else if (name != null) {
        (part === "client" ? checkClientName : checkName)(`names.${part}`, name, problems);
      }
    }
    if (props.languages != null) {
      checkLanguages(props.languages, problems);
    }
    checkDomain(props.domain, problems);
    if (props.scopes != null) {
      checkScopes(props.scopes, problems);
    }
    checkSecretVersion(props.secretVersion, problems);
    if (props.client != null) {
      checkManagementClient(props.client, problems);
    }
    if (props.connectionId != null) {
      checkConnectionId(props.connectionId, problems);
    }
    this.checkUse(props, problems);
    problems.throwIfAny(this);
  }

  /** Adds what would be of a client or a Vault connection that is not defined here. */
  private checkUse(props: ProgressiveProfilingProps, problems: Problems): void {
    const { client, connectionId, scopes, secretVersion } = props;
    const { client: clientName, vaultConnection: connectionName } = props.names ?? {};
    const ofClient = { scopes, secretVersion, "names.client": clientName };
    const given = (parts: Readonly<Record<string, unknown>>) =>
      Object.keys(parts).filter((part) => parts[part] != null);

    if (connectionId != null) {
      const unused = given({ client, ...ofClient, "names.vaultConnection": connectionName });
      if (unused.length > 0) {
        problems.add(
          `${unused.join(", ")}: with connectionId, no client and no Vault connection are defined; leave it out, or leave connectionId out`,
        );
      }
    } else if (client != null && given(ofClient).length > 0) {
      problems.add(
        `${given(ofClient).join(", ")}: with client, no application is defined; leave it out, or leave client out`,
      );
    }
  }

  private warn(stages: readonly Stage[], others: readonly ProgressiveProfiling[]): void {
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
}

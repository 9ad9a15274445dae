import { Flow } from "@cdktf/provider-auth0/lib/flow";
import { Construct } from "constructs";
import { checkName, isList } from "./checks";
import { checkFields, type FieldsOf, other } from "./fields";
import { connected, type FlowAction, needsConnection } from "./form/flow-action";
import { checkFlowActions } from "./form/flow-checks";
import { kind } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { canonicalJson, literal } from "./terraform-text";
import { Problems } from "./validation-error";
import { checkConnectionId } from "./vault-connection";

export interface ProfileFlowProps extends TenantProviderProps {
  /** What runs, in this order: at least one action. */
  readonly actions: readonly FlowAction[];
  /** Name of the flow, 1 to 150 characters. */
  readonly name: string;
  /**
   * Id of the Vault connection (`ac_…`) of those AUTH0 actions that name none.
   *
   * @default - each names its own
   */
  readonly connectionId?: string;
  /**
   * Whether what Auth0 would refuse, or what would never work, is refused. Where it is not, each such problem is a warning, and
   * Auth0 has the last word: for what stands in a tenant and is to stay as it is.
   *
   * @default true
   */
  readonly isChecked?: boolean;
}

const PROFILE_FLOW: FieldsOf<ProfileFlowProps> = {
  actions: other,
  name: other,
  connectionId: other,
  isChecked: other,
  ...TENANT_PROVIDER,
};

/** Adds all that is wrong with the props. */
function checkProfileFlow(props: unknown, problems: Problems): void {
  const { actions, name, connectionId, provider } = checkFields<ProfileFlowProps>("", props, PROFILE_FLOW, problems);
  checkName("name", name ?? "", problems);
  checkConnectionId(connectionId, problems);
  checkProvider(provider, problems);
  if (actions === undefined || !isList(actions)) {
    problems.add(
      `actions must be a list of a flow's actions, got ${kind(actions)}; make them by updateUser and its like`,
    );
    return;
  }
  checkFlowActions("", actions, problems);
  if (connectionId === undefined && problems.all.length === 0 && needsConnection(actions)) {
    problems.add("connectionId is missing, and there are AUTH0 actions without a connection_id; give it");
  }
}

/**
 * A flow of typed actions.
 *
 * @example new ProfileFlow(this, "flow", { name: "Follow", actions: [doNothing("nothing")] })
 * @see https://auth0.com/docs/customize/forms/flows
 */
export class ProfileFlow extends Construct {
  readonly flow: Flow;
  /** Id of the flow (`af_…`). */
  readonly flowId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: ProfileFlowProps) {
    super(scope, id);
    const problems = new Problems();
    checkProfileFlow(props, problems);
    problems.throwOrWarn(this, props?.isChecked !== false || !isList(props.actions));

    const actions = canonicalJson(connected(props.actions, props.connectionId));
    this.flow = new Flow(this, "Resource", { name: literal(props.name), actions, provider: props.provider });
    this.flowId = this.flow.id;
  }
}

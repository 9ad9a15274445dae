import { Flow } from "@cdktf/provider-auth0/lib/flow";
import { Construct } from "constructs";
import { checkGiven, checkMetadataKey, checkName, repeated } from "./checks";
import type { Answer } from "./form/component";
import { canonicalJson, literal } from "./terraform-text";
import { Problems, shown } from "./validation-error";

export interface MetadataFlowProps {
  /** Id of the Vault connection (`ac_…`) whose client may update users. */
  readonly connectionId: string;
  /** What is written: the keys of `user_metadata` with the expressions of their values. */
  readonly answers: readonly Required<Answer>[];
  /**
   * Name of the flow, 1 to 150 characters.
   *
   * @default "Update user_metadata"
   */
  readonly name?: string;
}

/**
 * A flow with one action, Update user, that writes answers into the `user_metadata` of the user who logs in.
 *
 * A variable that has no value drops out of the request, and Auth0 merges `user_metadata` key by key: one flow serves
 * all stages, and a later stage leaves the answers of an earlier one alone.
 *
 * @see https://auth0.com/docs/customize/forms/flows/actions/auth0
 */
export class MetadataFlow extends Construct {
  readonly flow: Flow;
  /** Id of the flow (`af_…`). */
  readonly flowId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: MetadataFlowProps) {
    super(scope, id);
    const name = props.name ?? "Update user_metadata";

    const problems = new Problems();
    checkName("name", name, problems);
    // The provider can not clear a flow's actions, and a flow that writes nothing serves nobody.
    if (props.answers.length === 0) {
      problems.add("the flow has no answer to write; give at least one");
    }
    checkGiven("connectionId", props.connectionId, problems);
    const keys = props.answers.map(({ metadataKey }) => metadataKey);
    for (const key of keys) {
      checkMetadataKey("metadataKey", key, problems);
    }
    for (const key of repeated(keys)) {
      problems.add(
        `user_metadata key ${shown(key)} is written more than once; give one of its answers another metadataKey`,
      );
    }
    problems.throwIfAny(this);

    const action = {
      id: "update_user",
      type: "AUTH0",
      action: "UPDATE_USER",
      allow_failure: false,
      mask_output: false,
      params: {
        connection_id: props.connectionId,
        user_id: "{{context.user.user_id}}",
        changes: {
          user_metadata: Object.fromEntries(props.answers.map(({ metadataKey, value }) => [metadataKey, value])),
        },
      },
    };
    this.flow = new Flow(this, "Resource", { name: literal(name), actions: canonicalJson([action]) });
    this.flowId = this.flow.id;
  }
}

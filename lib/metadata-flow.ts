import { Flow } from "@cdktf/provider-auth0/lib/flow";
import { Construct } from "constructs";
import { checkMetadataKey, checkName, repeated } from "./checks";
import { checkFields, type FieldsOf, other, requiredOther } from "./fields";
import { connected, updateUser } from "./form/flow-action";
import { kind, shown } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { canonicalJson, literal } from "./terraform-text";
import { Problems } from "./validation-error";
import { checkConnectionId } from "./vault-connection";

/** What a flow that can not save does with the login: `continue` or `stay`. */
export type WhenSavingFails = "continue" | "stay";

const WHEN_SAVING_FAILS: readonly unknown[] = ["continue", "stay"] satisfies WhenSavingFails[];

/** A key of `user_metadata`, and the expression of its value, e.g. `{{fields.job_title}}`. */
export interface MetadataAnswer {
  readonly metadataKey: string;
  readonly value: string;
}

export interface MetadataFlowProps extends TenantProviderProps {
  /** Id of the Vault connection (`ac_…`) whose client may update users. */
  readonly connectionId: string;
  /** What is written: the keys of `user_metadata` with the expressions of their values. */
  readonly answers: readonly MetadataAnswer[];
  /**
   * Name of the flow, 1 to 150 characters.
   *
   * @default "Update user_metadata"
   */
  readonly name?: string;
  /**
   * What happens where the answers can not be saved, e.g. as the Vault connection's secret is wrong or the Management API's
   * rate limit is reached. `"continue"`: the login goes on, and a later one asks again. `"stay"`: the form says that something
   * went wrong, and nobody with a missing answer gets past it. In Auth0 it is the action's `allow_failure`.
   *
   * @default "continue"
   */
  readonly whenSavingFails?: WhenSavingFails;
}

const METADATA_FLOW: FieldsOf<MetadataFlowProps> = {
  connectionId: requiredOther,
  answers: other,
  name: other,
  whenSavingFails: other,
  ...TENANT_PROVIDER,
};

const ANSWER: FieldsOf<MetadataAnswer> = { metadataKey: requiredOther, value: requiredOther };

/** Adds all that is wrong with the props. */
function checkMetadataFlow(props: unknown, problems: Problems): void {
  const given = checkFields<MetadataFlowProps>("", props, METADATA_FLOW, problems);
  const { connectionId, answers, name, whenSavingFails, provider } = given;
  checkName("name", name, problems);
  checkConnectionId(connectionId, problems);
  checkAnswers(answers, problems);
  checkProvider(provider, problems);
  if (whenSavingFails !== undefined) {
    checkWhenSavingFails(whenSavingFails, problems);
  }
}

export function checkWhenSavingFails(value: unknown, problems: Problems): void {
  if (!WHEN_SAVING_FAILS.includes(value)) {
    problems.add(`whenSavingFails must be "continue" or "stay", got ${shown(value)}; choose one`);
  }
}

function checkAnswers(answers: unknown, problems: Problems): void {
  if (!Array.isArray(answers)) {
    problems.add(`answers must be a list such as [{ metadataKey, value }], got ${kind(answers)}`);
    return;
  }
  // The provider can not clear a flow's actions, and a flow that writes nothing serves nobody.
  if (answers.length === 0) {
    problems.add("the flow has no answer to write; give at least one");
  }
  const keys = [...answers.entries()].flatMap(([index, answer]) => {
    const { metadataKey } = checkFields<MetadataAnswer>(`answers[${index}]`, answer, ANSWER, problems);
    if (metadataKey !== undefined) {
      checkMetadataKey(`answers[${index}].metadataKey`, metadataKey, problems);
    }
    return metadataKey ?? [];
  });
  for (const key of repeated(keys)) {
    problems.add(
      `user_metadata key ${shown(key)} is written more than once; give one of its answers another metadataKey`,
    );
  }
}

/**
 * A flow with one action, Update user, that writes answers into the `user_metadata` of the user who logs in.
 *
 * A variable that has no value drops out of the request, and Auth0 merges `user_metadata` key by key: one flow serves
 * all stages, and a later stage leaves the answers of an earlier one alone.
 *
 * @example
 * ```ts
 * const answers = [{ metadataKey: "plan", value: "{{fields.plan}}" }];
 * new MetadataFlow(this, "flow", { answers, connectionId: "ac_…" });
 * ```
 * @see https://auth0.com/docs/customize/forms/flows/actions/auth0
 */
export class MetadataFlow extends Construct {
  readonly flow: Flow;
  /** Id of the flow (`af_…`). */
  readonly flowId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: MetadataFlowProps) {
    super(scope, id);
    const problems = new Problems();
    checkMetadataFlow(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Update user_metadata";
    const user_metadata = Object.fromEntries(props.answers.map(({ metadataKey, value }) => [metadataKey, value]));
    const allowFailure = props.whenSavingFails !== "stay";
    const actions = [updateUser("update_user", { changes: { user_metadata } }, { allowFailure })];
    this.flow = new Flow(this, "Resource", {
      name: literal(name),
      actions: canonicalJson(connected(actions, props.connectionId)),
      provider: props.provider,
    });
    this.flowId = this.flow.id;
  }
}

import { CommandError } from "../command/command-error";
import type { State, Values } from "./state";
import type { SynthesisedStack } from "./state-sources";

/** Something that stacks will have in a tenant, or read of it. */
export interface Planned {
  /** As Terraform names its kind: `auth0_form`, `data.auth0_tenant`. */
  readonly type: string;
  /** In the tenant; absent where it has none, or Terraform makes it. */
  readonly name?: string;
  readonly values: Values;
  /** Whether a deploy makes it: no state has it, and it is not imported. */
  readonly isNew: boolean;
}

interface Configuration {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly import?: readonly { readonly to: string }[];
}

/** By type, then by the resource's own name. */
type Blocks = Readonly<Record<string, Readonly<Record<string, Values>>>>;

const named = (type: string, name: string): Planned => ({ type, name, values: { name }, isNew: true });
const unnamed = (type: string, values: Values = {}): Planned => ({ type, values, isNew: true });

/** What `ProgressiveProfiling` has without props: the article's set-up. */
export const ARTICLE: readonly Planned[] = [
  unnamed("data.auth0_tenant"),
  named("auth0_client", "Progressive Profiling"),
  unnamed("auth0_client_credentials"),
  unnamed("auth0_client_grant"),
  named("auth0_flow_vault_connection", "Progressive Profiling"),
  named("auth0_flow", "Update user_metadata"),
  named("auth0_form", "Progressive Profiling"),
  named("auth0_action", "Progressive Profiling"),
  unnamed("auth0_trigger_action", { trigger: "post-login" }),
];

/**
 * What a stack will have in its tenant.
 *
 * @param state undefined where there is none
 * @throws {@link CommandError} where it has nothing of Auth0
 */
export function plannedOf(stack: SynthesisedStack, state: State | undefined): readonly Planned[] {
  const configuration = stack.configuration as Configuration;
  const known = new Set([
    ...(configuration.import ?? []).map(({ to }) => to),
    ...(state?.resources ?? []).map(({ address }) => address.replace(/\[[^[\]]*\]$/, "")),
  ]);
  const all = [
    ...plannedIn(configuration.data ?? {}, "data.", known),
    ...plannedIn(configuration.resource ?? {}, "", known),
  ];
  if (all.length === 0) {
    throw new CommandError([`[${stack.name}] has no resource of Auth0; is it the right stack?`]);
  }
  return all;
}

function plannedIn(blocks: Blocks, prefix: string, known: ReadonlySet<string>): readonly Planned[] {
  return Object.entries(blocks)
    .filter(([type]) => type.startsWith("auth0_"))
    .flatMap(([type, resources]) =>
      Object.entries(resources).map(([id, values]): Planned => {
        const name = knownText(values.name);
        return {
          type: `${prefix}${type}`,
          ...(name !== undefined && { name }),
          values,
          isNew: prefix === "" && !known.has(`${type}.${id}`),
        };
      }),
    );
}

/** A text of the configuration as the tenant gets it; undefined where Terraform makes it. */
function knownText(value: unknown): string | undefined {
  if (typeof value !== "string" || /(?<!\$)\$\{|(?<!%)%\{/.test(value)) {
    return undefined;
  }
  return value.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}

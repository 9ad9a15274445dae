import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { printedBy, readOnlyFile } from "../command/given-file";
import { isSameTenant } from "../lib/tenant-domain";
import { type Item, ManagementClient, tenantDomain } from "./management-client";
import { idsIn, type ShownState } from "./state";
import { ACTIONS, GRANTS, LISTS, type List, type ListedType, readReferrers } from "./tenant";

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
}

interface Plan {
  /** What the state has, after it was compared with the tenant. */
  readonly prior_state?: ShownState;
  readonly resource_changes?: readonly Planned[];
  readonly configuration?: {
    readonly root_module?: { readonly resources?: readonly Configured[] };
    readonly provider_config?: Readonly<Record<string, ConfiguredProvider>>;
  };
}

interface ConfiguredProvider {
  readonly name: string;
  readonly expressions?: { readonly domain?: { readonly constant_value?: string } };
}

interface Configured {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, { readonly references?: readonly string[] }>>;
}

/** What can be there twice under one name, or can not be made again since its name is taken. */
const IMPORTED: Readonly<Record<string, List | undefined>> = {
  ...LISTS,
  auth0_action: ACTIONS,
};

const USAGE = `auth0-progressive-profiling unmanaged PLAN.json [options]

Prints what the plan would create although the tenant has it, as terraform import commands: what an apply made whose
engine was killed before it wrote the state. PLAN.json is what terraform show -json prints of a plan; AUTH0_DOMAIN and
the credentials are those of the deploy. Changes nothing.

  --json  writes JSON: by its address, the ids that the tenant has
  --help

  terraform plan -out=plan && terraform show -json plan > plan.json
  npx auth0-progressive-profiling unmanaged plan.json

Ends with 0 when all is printed, 1 when the command or the plan is wrong or the tenant can not be read.
`;

/** Prints what a plan would create and the tenant has; returns the exit code. @throws {@link CommandError} */
export async function unmanagedCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { json: "nothing" }, (problem) => problems.push(problem));
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [file] = positionals;
  if (positionals.length !== 1) {
    problems.push(`[PLAN.json] must be one file, got ${positionals.length}; see --help`);
  }
  if (file === undefined || problems.length > 0) {
    throw new CommandError(problems);
  }
  const unmanaged = await unmanagedOf(read(file));
  process.stdout.write(values.has("json") ? `${JSON.stringify(unmanaged, undefined, 2)}\n` : unmanagedText(unmanaged));
  return 0;
}

/** What a plan would create and a tenant has. */
interface Unmanaged {
  readonly domain: string;
  /** How many resources the plan would create. */
  readonly toCreate: number;
  readonly resources: readonly { readonly address: string; readonly found: readonly Found[] }[];
}

interface Found {
  readonly id: string;
  /** Paths of what refers to it; undefined where Auth0 does not tell, or there is only this one. */
  readonly referrers?: readonly string[];
}

/** @throws {@link CommandError} */
async function unmanagedOf(plan: Plan): Promise<Unmanaged> {
  const created = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === "create");
  checkTenant(plan, tenantDomain(process.env));
  const tenant = await ManagementClient.enter();

  // In a rotation, what is to be destroyed has the same name.
  const managed = idsIn(plan.prior_state ?? {});
  const lists = new Map<string, readonly Item[]>();
  for (const type of new Set(created.map(({ type }) => type))) {
    const list = type === "auth0_client_grant" ? GRANTS : IMPORTED[type];
    if (list !== undefined) {
      const items = await tenant.list(list.path, list.key, list.query);
      lists.set(
        type,
        items.filter((item) => !managed.has(String(item[list.id]))),
      );
    }
  }
  tenant.throwIfScopesMissing();

  const idsOf = new Map<string, readonly string[]>();
  for (const { address, type, change } of created) {
    const list = IMPORTED[type];
    if (list !== undefined) {
      const namesakes = (lists.get(type) ?? []).filter(({ name }) => name === change.after?.name);
      idsOf.set(address, ids(namesakes, list.id));
    }
  }
  for (const { address, change } of created.filter(({ type }) => type === "auth0_client_grant")) {
    const [known, ...others] = idsOf.get(referred(plan, address, "client_id")) ?? [];
    const clientId = change.after?.client_id ?? (others.length === 0 ? known : undefined);
    const audience = change.after?.audience;
    const grants = (lists.get("auth0_client_grant") ?? []).filter(
      (grant) =>
        typeof clientId === "string" &&
        grant.client_id === clientId &&
        (audience === undefined || grant.audience === audience),
    );
    idsOf.set(address, ids(grants, GRANTS.id));
  }

  const resources = [];
  for (const [address, all] of idsOf) {
    const found: Found[] = [];
    for (const id of all) {
      const type = created.find((one) => one.address === address)?.type ?? "";
      const referrers = all.length > 1 ? await referrersOf(tenant, type, id) : undefined;
      found.push({ id, ...(referrers && { referrers }) });
    }
    if (found.length > 0) {
      resources.push({ address, found });
    }
  }
  return { domain: tenant.domain, toCreate: created.length, resources };
}

/** As commands, and as comments what is to be done before there can be one. */
function unmanagedText({ domain, toCreate, resources }: Unmanaged): string {
  const lines = resources.flatMap(({ address, found }) =>
    found.length === 1
      ? [`terraform import '${address}' '${found[0]?.id}'`]
      : [
          `# ${address}: the tenant has ${found.length} of this name; delete all but one, first what nothing refers to`,
          ...found.map(({ id, referrers }) => `#   ${id}${referrersText(referrers)}`),
        ],
  );
  return [
    `# ${toCreate} to create; of these, the tenant ${domain} has${lines.length === 0 ? " none" : ":"}`,
    ...lines,
    "",
  ].join("\n");
}

function referrersText(referrers: readonly string[] | undefined): string {
  if (referrers === undefined) {
    return "";
  }
  return referrers.length === 0 ? ": nothing refers to it" : `: ${referrers.join(", ")} refers to it`;
}

/** Where Auth0 tells: it does not for a form, whose id is in the code of the Action, or in a secret. */
async function referrersOf(tenant: ManagementClient, type: string, id: string): Promise<readonly string[] | undefined> {
  if (!Object.hasOwn(LISTS, type) || type === "auth0_form") {
    return undefined;
  }
  const referrers = await readReferrers(tenant, type as ListedType);
  tenant.throwIfScopesMissing();
  return referrers.filter(({ text }) => text.includes(id)).map(({ path }) => path);
}

/** @throws {@link CommandError} where the plan names another tenant */
function checkTenant(plan: Plan, domain: string): void {
  const planned = domainOf(plan);
  if (planned !== undefined && !isSameTenant(planned, domain)) {
    throw new CommandError([
      `the plan is one of ${planned}, but AUTH0_DOMAIN is ${domain}, which has other ids; set the variables of ${planned}`,
    ]);
  }
}

/** The tenant that the plan is of, where its provider says so; main.ts sees to it. */
function domainOf(plan: Plan): string | undefined {
  const providers = Object.values(plan.configuration?.provider_config ?? {});
  return providers.find(({ name }) => name === "auth0")?.expressions?.domain?.constant_value;
}

const MAKES_PLAN = "terraform show -json PLANFILE";

/** @throws {@link CommandError} */
function read(file: string): Plan {
  const plan = planIn(readOnlyFile(file, printedBy(MAKES_PLAN)));
  if (plan === undefined) {
    throw new CommandError([`[${file}] is no plan; give what \`${MAKES_PLAN}\` prints`]);
  }
  return plan;
}

/** What JSON.parse says of a text that is none is not shown: it quotes the text. */
function planIn(text: string): Plan | undefined {
  try {
    const plan = JSON.parse(text);
    const changes: unknown = plan.resource_changes ?? (plan.planned_values && []);
    return Array.isArray(changes) && changes.every(isPlanned) ? plan : undefined;
  } catch {
    return undefined;
  }
}

function isPlanned(value: unknown): value is Planned {
  const planned = value as Partial<Planned> | null;
  return (
    typeof planned?.address === "string" && typeof planned.type === "string" && Array.isArray(planned.change?.actions)
  );
}

function ids(items: readonly Item[], key: string): string[] {
  return items.flatMap((item) => (typeof item[key] === "string" ? item[key] : []));
}

/** The address of the resource from which an argument comes: of the instance with the same key, where they have keys. */
function referred(plan: Plan, address: string, argument: string): string {
  const [, name = "", key = ""] = /^([^[]*)(.*)$/s.exec(address) ?? [];
  const resource = plan.configuration?.root_module?.resources?.find((candidate) => candidate.address === name);
  const references = resource?.expressions?.[argument]?.references ?? [];
  const reference = references.find((candidate) => candidate.startsWith("auth0_")) ?? "";
  return reference.split("[")[0]?.split(".").slice(0, 2).join(".") + key;
}

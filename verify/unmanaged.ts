// Prints, as `terraform import` commands, what a plan would create although the tenant has it: what an apply made whose
// engine was killed before it wrote the state.
import { readFileSync } from "node:fs";
import { readTenant, throwUnlessSound } from "../lib/environments/tenant-environment";
import { isSameTenant } from "../lib/tenant-domain";

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
}

interface Plan {
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

type Item = Readonly<Record<string, string>>;

/** Where the tenant lists what can be there twice under one name, and what its id is called. */
const LISTS: Readonly<Record<string, { readonly path: string; readonly key: string; readonly id: string }>> = {
  auth0_client: { path: "clients", key: "clients", id: "client_id" },
  auth0_flow_vault_connection: { path: "flows/vault/connections", key: "connections", id: "id" },
  auth0_flow: { path: "flows", key: "flows", id: "id" },
  auth0_form: { path: "forms", key: "forms", id: "id" },
  auth0_action: { path: "actions/actions", key: "actions", id: "id" },
};

/** What refers to such a one by its id, and whether it takes a request for each of them to see it. */
const REFERRERS: Readonly<Record<string, { readonly path: string; readonly key: string; readonly each: boolean }>> = {
  auth0_client: { path: "client-grants", key: "client_grants", each: false },
  auth0_flow_vault_connection: { path: "flows", key: "flows", each: true },
  auth0_flow: { path: "forms", key: "forms", each: true },
};

const PAGE = 100;
const HELP = `npm run --silent unmanaged -- PLAN.json

Prints what the plan would create although the tenant has it, as terraform import commands. PLAN.json is what
terraform show -json prints of a plan; AUTH0_DOMAIN and the credentials are those of the deploy. Changes nothing.
docs/state.md, "After a crash", tells when it is needed.`;

async function main([file]: readonly string[]): Promise<void> {
  if (file === "--help" || file === "-h") {
    console.log(HELP);
    return;
  }
  if (file === undefined) {
    throw new Error(`which plan?\n\n${HELP}`);
  }
  const plan = read(file);
  const created = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === "create");
  const tenant = await Tenant.enter(plan);

  console.log(`# ${created.length} to create; of these, the tenant ${tenant.domain} has:`);
  const found = new Map<string, string>();
  const toImport = async ({ address, type }: Planned, ids: readonly string[]) => {
    const [id] = ids;
    if (id === undefined) {
      return;
    }
    if (ids.length > 1) {
      console.log(
        `# ${address}: the tenant has ${ids.length} of this name; delete all but one, first what nothing refers to`,
      );
      for (const one of ids) {
        console.log(`#   ${one}${await referrersText(tenant, type, one)}`);
      }
      return;
    }
    found.set(address, id);
    console.log(`terraform import '${address}' '${id}'`);
  };

  for (const planned of created) {
    const list = LISTS[planned.type];
    if (list === undefined) {
      continue;
    }
    const items = (await tenant.list(list.path, list.key)).filter(({ name }) => name === planned.change.after?.name);
    await toImport(planned, ids(items, list.id));
  }
  for (const planned of created.filter(({ type }) => type === "auth0_client_grant")) {
    const { address, change } = planned;
    const clientId = change.after?.client_id ?? found.get(referred(plan, address, "client_id"));
    if (typeof clientId !== "string") {
      continue;
    }
    const grants = await tenant.list("client-grants", "client_grants", `&client_id=${encodeURIComponent(clientId)}`);
    const audience = change.after?.audience;
    const ofAudience = grants.filter((grant) => audience === undefined || grant.audience === audience);
    await toImport(planned, ids(ofAudience, "id"));
  }
}

/** What refers to a resource, as far as Auth0 tells: it does not for a form, whose id is in a secret of the Action. */
async function referrersText(tenant: Tenant, type: string, id: string): Promise<string> {
  const referrers = REFERRERS[type];
  if (referrers === undefined) {
    return "";
  }
  const { path, key, each } = referrers;
  const items = await tenant.list(path, key);
  const whole = each ? await Promise.all(items.map((item) => tenant.get(`${path}/${item.id}`))) : items;
  const referring = items.filter((_, index) => JSON.stringify(whole[index]).includes(id));
  if (referring.length === 0) {
    return ": nothing refers to it";
  }
  return `: ${referring.map((item) => `${path}/${item.id}`).join(", ")} refers to it`;
}

/** The tenant that the plan is of, where its provider says so; main.ts sees to it. */
function domainOf(plan: Plan): string | undefined {
  const providers = Object.values(plan.configuration?.provider_config ?? {});
  return providers.find(({ name }) => name === "auth0")?.expressions?.domain?.constant_value;
}

function read(file: string): Plan {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} can not be read as a plan: ${(error as Error).message}; make it by terraform show -json`);
  }
}

function ids(items: readonly Item[], key: string): string[] {
  return items.flatMap((item) => item[key] ?? []);
}

/** The address of the resource from which an argument comes. */
function referred(plan: Plan, address: string, argument: string): string {
  const resource = plan.configuration?.root_module?.resources?.find((candidate) => candidate.address === address);
  const [reference = ""] = resource?.expressions?.[argument]?.references ?? [];
  return reference.split(".").slice(0, 2).join(".");
}

/** The tenant that the environment names, as Auth0's provider reads it. */
class Tenant {
  static async enter(plan: Plan): Promise<Tenant> {
    const { domain, problems } = readTenant(process.env);
    throwUnlessSound(problems);
    const planned = domainOf(plan);
    if (planned !== undefined && !isSameTenant(planned, domain)) {
      throw new Error(
        `the plan is one of ${planned}, but AUTH0_DOMAIN is ${domain}, which has other ids; set the variables of ${planned}`,
      );
    }
    const { AUTH0_API_TOKEN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } = process.env;
    if (AUTH0_API_TOKEN) {
      return new Tenant(domain, AUTH0_API_TOKEN);
    }
    if (!AUTH0_CLIENT_ID || !AUTH0_CLIENT_SECRET) {
      throw new Error(
        "this command logs in with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or with AUTH0_API_TOKEN; set them",
      );
    }
    const reply = await fetch(`https://${domain}/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        audience: `https://${domain}/api/v2/`,
        client_id: AUTH0_CLIENT_ID,
        client_secret: AUTH0_CLIENT_SECRET,
      }),
    });
    if (!reply.ok) {
      throw new Error(`${domain} gives no token, it answers ${reply.status}`);
    }
    const { access_token: token } = (await reply.json()) as { access_token: string };
    return new Tenant(domain, token);
  }

  private constructor(
    readonly domain: string,
    private readonly token: string,
  ) {}

  async get(path: string): Promise<unknown> {
    const url = `https://${this.domain}/api/v2/${path}`;
    const reply = await fetch(url, { headers: { authorization: `Bearer ${this.token}` } });
    if (!reply.ok) {
      throw new Error(`GET ${url} is answered with ${reply.status}: ${await reply.text()}`);
    }
    return reply.json();
  }

  async list(path: string, key: string, query = ""): Promise<Item[]> {
    const all: Item[] = [];
    for (let page = 0; ; page++) {
      const body = (await this.get(`${path}?page=${page}&per_page=${PAGE}${query}`)) as
        | readonly Item[]
        | Readonly<Record<string, readonly Item[]>>;
      const items = (Array.isArray(body) ? body : (body as Readonly<Record<string, readonly Item[]>>)[key]) ?? [];
      all.push(...items);
      if (items.length < PAGE) {
        return all;
      }
    }
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { LocalTenant } from "../dev/local-tenant";
import { installBeside } from "./beside";
import { runToEnd } from "./terraform";
import { otherLabel, type Way } from "./way";

const VERSION = "8.44.0";
const KINDS = [
  ...["clients", "clientGrants", "databases", "flowVaultConnections", "flows", "forms", "actions", "triggers"],
];
/** Stands for the domain in what was exported. */
const DOMAIN = "tenant.example.com";

/** auth0-deploy-cli, which keeps files and no state. */
export class DeployCli implements Way {
  static install(folder: string): DeployCli {
    installBeside(folder, `auth0-deploy-cli@${VERSION}`);
    return new DeployCli(folder);
  }

  private constructor(private readonly folder: string) {}

  readonly run: Way["run"] = {
    apply: (tenant) => this.import(tenant),
    "plan without a change": (tenant) => this.import(tenant, "--dry_run"),
    "apply of one changed label": (tenant) => {
      writeFileSync(this.form, otherLabel(this.exported.form));
      this.import(tenant);
    },
    destroy: (tenant) => {
      const { databases, ...others } = parse(this.exported.tenant);
      const nothing = Object.fromEntries(Object.keys(others).map((kind) => [kind, []]));
      // The database is the tenant's own, and has only one client less.
      const stays = databases.map((database: object) => ({ ...database, enabled_clients: [] }));
      writeFileSync(
        this.config,
        stringify({ ...nothing, triggers: { "post-login": [] }, databases: stays, clients: [] }),
      );
      this.import(tenant);
    },
  };

  private exported = { tenant: "", form: "" };

  /** Keeps what a tenant has, with a secret for its Vault connection, which is never exported. */
  export(tenant: LocalTenant): void {
    this.a0deploy(tenant, "export", "--format", "yaml", "--output_folder", join(this.folder, "config"));
    const text = readFileSync(this.config, "utf8").replaceAll(tenant.domain, DOMAIN);
    const config = parse(text);
    for (const connection of config.flowVaultConnections) {
      connection.setup = { type: "OAUTH_APP", client_id: "client", client_secret: "secret", domain: DOMAIN };
    }
    this.exported = { tenant: stringify(config), form: readFileSync(this.form, "utf8") };
  }

  prepare({ domain }: LocalTenant): void {
    writeFileSync(this.config, this.exported.tenant.replaceAll(DOMAIN, domain));
    writeFileSync(this.form, this.exported.form);
  }

  private get config(): string {
    return join(this.folder, "config", "tenant.yaml");
  }

  private get form(): string {
    return join(this.folder, "config", "forms", "Progressive Profiling.json");
  }

  private import(tenant: LocalTenant, ...args: string[]): void {
    this.a0deploy(tenant, "import", "--input_file", this.config, ...args);
  }

  private a0deploy(tenant: LocalTenant, ...args: string[]): void {
    const program = join(this.folder, "node_modules", "auth0-deploy-cli", "lib", "index.js");
    runToEnd(process.execPath, [program, ...args], this.folder, {
      ...tenant.env,
      AUTH0_INCLUDED_ONLY: JSON.stringify(KINDS),
      AUTH0_ALLOW_DELETE: "true",
    });
  }
}

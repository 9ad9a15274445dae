import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./problem";

/** Of providers that reach nothing outside this machine. */
const HARMLESS = ["auth0/auth0", "hashicorp/null", "hashicorp/random", "hashicorp/time", "hashicorp/tls"];

interface Configuration {
  readonly provider?: Readonly<Record<string, readonly { readonly domain?: unknown }[]>>;
  readonly terraform: {
    readonly required_providers?: Readonly<Record<string, { readonly source?: string }>>;
    backend?: unknown;
    cloud?: unknown;
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

interface Resource {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

/** A stack that was synthesised for the local tenant. */
export interface LocalStack {
  /** What is wrong with applying it here. */
  readonly problems: readonly Problem[];
  /** All that the engine is given. */
  readonly text: string;
  /** What `init` is about: another one needs another. */
  readonly needs: string;
  /** Path of the construct of a resource, as in `auth0_form.profiling_Form_BB7502E1`. */
  readonly pathOf: (address: string) => string | undefined;
}

/**
 * Makes of a synthesised stack one of the local tenant: its state lies in a file of this folder, wherever it is else.
 *
 * @param domain of the local tenant
 */
export function localStack(name: string, folder: string, domain: string): LocalStack {
  const file = join(folder, "cdk.tf.json");
  const configuration: Configuration = JSON.parse(readFileSync(file, "utf8"));
  const { terraform, provider = {}, resource = {} } = configuration;
  terraform.backend = { local: { path: join(folder, "terraform.tfstate") } };
  delete terraform.cloud;
  const text = JSON.stringify(configuration);
  writeFileSync(file, text);

  const sources = Object.values(terraform.required_providers ?? {}).map(({ source = "" }) => source);
  const foreign = sources.filter((source) => !HARMLESS.includes(source.toLowerCase()));
  const others = Object.values(provider.auth0 ?? []).filter((one) => one.domain !== undefined && one.domain !== domain);
  return {
    problems: [
      ...foreign.map((source) => ({
        path: name,
        what: `the stack has the provider ${source}, which would change what is not on this machine`,
        remedy: "give those resources a stack of their own, and leave it out with --stack",
      })),
      ...others.map((one) => ({
        path: name,
        what: `its Auth0 provider names the domain ${JSON.stringify(one.domain)}, which is not the local tenant's, ${domain}`,
        remedy: "take it from AUTH0_DOMAIN, which is set for the app",
      })),
    ],
    text,
    needs: JSON.stringify([terraform, Object.keys(provider)]),
    pathOf: (address) => {
      const [type = "", id = ""] = address.replace(/\[.*$/, "").split(".");
      return resource[type]?.[id]?.["//"]?.metadata?.path;
    },
  };
}

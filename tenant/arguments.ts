import { join } from "node:path";
import { parseArgs } from "node:util";

export interface Arguments {
  readonly port: number;
  readonly httpPort: number;
  /** Undefined with --memory. */
  readonly folder: string | undefined;
  readonly envFile: string;
  readonly rateLimit: number | undefined;
  readonly answersFile: string | undefined;
  readonly allowedHosts: readonly string[];
}

export const USAGE = `Usage: npm run tenant -- [options]
       npx auth0-local-tenant [options]

A local Auth0 tenant on https://localhost, for deploying and trying without an account.

  --port N         port of the Management API, over https; 0 takes a free one (default 9443)
  --http-port N    port of the pages that people see, over http so that no browser warns of a certificate;
                   0 takes a free one (default: the one after --port)
  --data DIR       folder that keeps the tenant (default .tenant)
  --memory         keep nothing; needs --env
  --env FILE       when the tenant is ready: shell exports of AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET,
                   SSL_CERT_FILE, NODE_EXTRA_CA_CERTS and ISSUER_BASE_URL, where applications log people in; gone
                   again at its end (default DIR/env)
  --answers FILE   JSON with what services outside would answer to flows; see the README
  --allow-host H   let flows send requests to this host, as in api.example.com or localhost:8080; may be repeated
                   (default: no request leaves)
  --rate-limit N   answer only N requests a second, and 429 to the others (default: all)
  --help           print this
`;

/** What is wrong with the arguments, all of it, each `[where] what, got value; what to do`. */
export class ArgumentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

const OPTIONS = {
  port: { type: "string" },
  "http-port": { type: "string" },
  data: { type: "string" },
  memory: { type: "boolean" },
  env: { type: "string" },
  "rate-limit": { type: "string" },
  answers: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the command line.
 *
 * @returns `"help"` when that is what was asked for
 * @throws ArgumentError
 */
export function parseArguments(args: readonly string[]): Arguments | "help" {
  const problems: string[] = [];
  const given = readOptions(args, problems);
  if (given.has("help")) {
    return "help";
  }
  const port = integer(given, "port", 0, 65535, problems) ?? 9443;
  const httpPort = integer(given, "http-port", 0, 65535, problems) ?? following(port);
  if (httpPort !== 0 && httpPort === port) {
    problems.push(`[--http-port] is ${port}, as --port is; choose two`);
  }
  const rateLimit = integer(given, "rate-limit", 1, Number.MAX_SAFE_INTEGER, problems);
  const isInMemory = given.has("memory");
  if (isInMemory && given.has("data")) {
    problems.push("[--memory] keeps nothing and --data keeps everything; leave one out");
  }
  if (isInMemory && !given.has("env")) {
    problems.push("[--memory] has no folder for the variables; say with --env FILE where they go");
  }
  const allowedHosts = given.get("allow-host") ?? [];
  for (const host of allowedHosts.filter((one) => one !== "" && !HOST.test(one))) {
    problems.push(
      `[--allow-host] must be a host, as in api.example.com or localhost:8080, got ${JSON.stringify(host)}`,
    );
  }
  if (problems.length > 0) {
    throw new ArgumentError(problems);
  }
  const folder = isInMemory ? undefined : (given.get("data")?.[0] ?? ".tenant");
  const envFile = given.get("env")?.[0] ?? join(folder ?? "", "env");
  return { port, httpPort, folder, envFile, rateLimit, answersFile: given.get("answers")?.[0], allowedHosts };
}

/** A free one behind a free one, and none behind the last. */
function following(port: number): number {
  return port === 0 || port === 65535 ? 0 : port + 1;
}

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$/;

/** The values of the options by name; one without a value has an empty one. */
function readOptions(args: readonly string[], problems: string[]): Map<string, readonly string[]> {
  const given = new Map<string, readonly string[]>();
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      continue;
    }
    if (token.kind === "positional") {
      problems.push(`[${JSON.stringify(token.value)}] belongs to no option; leave it out`);
    } else if (!isOption(token.name)) {
      problems.push(`[${token.rawName}] is no option; see --help`);
    } else if (given.has(token.name) && !("multiple" in OPTIONS[token.name])) {
      problems.push(`[${token.rawName}] is given twice; give it once`);
    } else {
      given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? ""]);
      const hasValue = token.value !== undefined && token.value !== "" && !token.value.startsWith("--");
      if (OPTIONS[token.name].type === "string" && !hasValue) {
        problems.push(`[${token.rawName}] has no value; give one, or leave it out`);
      }
      if (OPTIONS[token.name].type === "boolean" && token.value !== undefined) {
        problems.push(`[${token.rawName}] takes no value; leave ${JSON.stringify(token.value)} out`);
      }
    }
  }
  return given;
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

function integer(
  given: ReadonlyMap<string, readonly string[]>,
  name: string,
  minimum: number,
  maximum: number,
  problems: string[],
): number | undefined {
  const text = given.get(name)?.[0];
  if (text === undefined || text === "" || text.startsWith("--")) {
    return undefined;
  }
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= minimum && value <= maximum)) {
    const range = maximum === Number.MAX_SAFE_INTEGER ? `of ${minimum} or more` : `from ${minimum} to ${maximum}`;
    problems.push(`[--${name}] must be a whole number ${range}, got ${JSON.stringify(text)}`);
  }
  return value;
}

import { parseArgs } from "node:util";

export interface Settings {
  readonly port: number;
  /** Address of the tenant, without a slash at the end. */
  readonly issuerBaseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const USAGE = `Usage: tsx sample-app/cli.ts [options]

The application that users log in to, on http://localhost.

  --port N   port to listen on (default 3000); the client must allow http://localhost:N/callback
  --help     print this

Environment:
  AUTH0_DOMAIN           the tenant, as in example.eu.auth0.com
  ISSUER_BASE_URL        its address, where that is not https://<AUTH0_DOMAIN>
  SAMPLE_CLIENT_ID       id of the client, a regular web application
  SAMPLE_CLIENT_SECRET   its secret
`;

/** What is wrong with the arguments and the environment, all of it. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/**
 * Reads the command line and the environment.
 *
 * @returns `"help"` when that is what was asked for
 * @throws SettingsError
 */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): Settings | "help" {
  const problems: string[] = [];
  const given = readOptions(args, problems);
  if (given.help === true) {
    return "help";
  }

  const needed = (name: string): string => {
    const value = environment[name] ?? "";
    if (value === "") {
      problems.push(`${name} is not set`);
    }
    return value;
  };
  const issuerBaseUrl = environment.ISSUER_BASE_URL || `https://${needed("AUTH0_DOMAIN")}`;
  if (!/^https?:\/\/[^\s/?#]+\/?$/.test(issuerBaseUrl) && problems.length === 0) {
    problems.push(`the tenant's address must be http(s)://host, got ${JSON.stringify(issuerBaseUrl)}`);
  }
  const settings = {
    port: readPort(given.port, problems),
    issuerBaseUrl: issuerBaseUrl.replace(/\/$/, ""),
    clientId: needed("SAMPLE_CLIENT_ID"),
    clientSecret: needed("SAMPLE_CLIENT_SECRET"),
  };
  if (problems.length > 0) {
    throw new SettingsError(problems);
  }
  return settings;
}

function readOptions(args: readonly string[], problems: string[]): { port?: string; help?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: { port: { type: "string" }, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (error) {
    problems.push((error as Error).message);
    return {};
  }
}

function readPort(text: string | undefined, problems: string[]): number {
  if (text === undefined) {
    return 3000;
  }
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) {
    problems.push(`--port must be a whole number from 1 to 65535, got ${JSON.stringify(text)}`);
  }
  return port;
}

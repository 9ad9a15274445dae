#!/usr/bin/env node
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ArgumentError, type Arguments, parseArguments, USAGE } from "./arguments";
import { writeFileAtomically } from "./documents/atomic-file";
import { LOCK_FILE } from "./folder-lock";
import { StartError } from "./start-error";
import { systemErrorText } from "./system-error";
import { startTenant, type Tenant } from "./tenant";
import { nodeExtraCaCerts, sslCertFile } from "./trust";

async function main(): Promise<void> {
  const given = parseArguments(process.argv.slice(2));
  if (given === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const tenant = await startTenant(given);
  try {
    const withdraw = publish(tenant, given);
    // Before it says that it is ready: who waits for that may end it at once.
    const ended = signalled();
    if (given.folder !== undefined) {
      tellWhenDeleted(resolve(given.folder));
    }
    process.stdout.write(
      `Local tenant ready at https://${tenant.domain}/, its pages at ${tenant.pages}/ (variables in ${given.envFile}; Ctrl-C ends it)\n`,
    );
    await ended;
    withdraw();
  } finally {
    await tenant.stop();
  }
  // An open channel would keep the process alive.
  if (process.connected) {
    process.disconnect();
  }
}

/** Writes what clients need to find, enter and trust the tenant; returns what takes it back. */
function publish({ domain, pages, client, ca }: Tenant, { envFile, folder }: Arguments): () => void {
  const trust = folder === undefined ? mkdtempSync(join(tmpdir(), "local-tenant-")) : resolve(folder, "trust");
  mkdirSync(trust, { recursive: true, mode: 0o700 });
  const file = (name: string, content: string): string => {
    writeFileAtomically(join(trust, name), content);
    return join(trust, name);
  };
  const variables = {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: client.client_id,
    AUTH0_CLIENT_SECRET: client.client_secret,
    SSL_CERT_FILE: file("ssl-cert-file.pem", sslCertFile(ca, process.env.SSL_CERT_FILE)),
    NODE_EXTRA_CA_CERTS: file("node-extra-ca-certs.pem", nodeExtraCaCerts(ca, process.env.NODE_EXTRA_CA_CERTS)),
    ISSUER_BASE_URL: pages,
  };
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  mkdirSync(dirname(envFile), { recursive: true });
  writeFileAtomically(envFile, exports.join(""));
  return () => {
    rmSync(envFile, { force: true });
    if (folder === undefined) {
      rmSync(trust, { recursive: true, force: true });
    }
  };
}

/** Says it once, where the folder of a tenant that serves is deleted: what it is sent from then on is lost. */
function tellWhenDeleted(folder: string): void {
  const timer = setInterval(() => {
    if (!existsSync(join(folder, LOCK_FILE))) {
      clearInterval(timer);
      process.stderr.write(
        `${folder} was deleted while this tenant serves from it: nothing is kept any more; end the tenant, and start it again\n`,
      );
    }
  }, 1000);
  timer.unref();
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => resolve());
    }
    // Who started it with a channel, and is gone without a word, has no use for it any more.
    process.once("disconnect", () => resolve());
  });
}

main().catch((error: unknown) => {
  if (error instanceof ArgumentError) {
    process.stderr.write(`${error.problems.join("\n")}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  const refused = systemErrorText(error);
  const said =
    error instanceof StartError
      ? error.message
      : refused && `${refused}; --data and --env have to name places that can be read and written`;
  if (said === undefined) {
    throw error;
  }
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
});

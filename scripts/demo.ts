/** `npm run demo`: the whole set-up of main.ts in a local tenant, by the real engine and the real provider. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { checkPorts, readArguments, readPort, tenantPorts } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { LocalTenant } from "../dev/local-tenant";
import { Progress } from "../dev/progress";
import type { ServerProcess } from "../dev/server-process";
import { CdktfOutput } from "./cdktf-output";
import { checkTrust } from "./mac-trust";
import { DEMO_FOLDER, DEMO_PORT, runningDemo, TENANT_ENV, tenantFolder } from "./running-demo";
import { serveSampleApplication } from "./sample-application";
import { TOOLCHAIN_FOLDER, toolchainEnv } from "./toolchain";

const ROOT = join(__dirname, "..");
const USAGE = `npm run demo [-- options]

Starts a local tenant, deploys main.ts to it, and stays until Ctrl-C. Run again, it finds its state.

  --once                 in a fresh folder: plan, apply, second plan empty, destroy, tenant empty; then exit
  --port N               port of the tenant, each with a tenant of its own (default 9443; with --once any free one)
  --http-port N          port of the tenant's pages (default: the one after --port)
  --application-port N   port of the sample application (default 3000)
  --verbose              all that cdktf and the engine print, plans too
  --help                 this text

To start over: rm -rf .demo cdktf.out terraform.*.tfstate*
`;

let isVerbose = false;
const progress = new Progress();
let isInterrupted = false;
const interrupted = Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal))).then(() => {
  isInterrupted = true;
});

async function main(): Promise<void> {
  const problems: string[] = [];
  const options = {
    once: "nothing",
    port: "value",
    "http-port": "value",
    "application-port": "value",
    verbose: "nothing",
  } as const;
  const problem = (text: string) => problems.push(text);
  const { positionals, values } = readArguments(process.argv.slice(2), options, problem);
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return;
  }
  problems.push(...positionals.map((text) => `[${JSON.stringify(text)}] belongs to no option; leave it out`));
  // npm keeps `--once` to itself where the `--` before it was forgotten.
  const isOnce = values.has("once") || process.env.npm_config_once === "true";
  const port = readPort("port", values, problem) ?? (isOnce ? 0 : DEMO_PORT);
  const httpPort = readPort("http-port", values, problem);
  const applicationPort = readPort("application-port", values, problem) ?? 3000;
  if (applicationPort === 0) {
    problem("[--application-port] must be known before the application starts, got 0; give one from 1 to 65535");
  }
  checkPorts(
    [...tenantPorts(port, httpPort), ...(isOnce ? [] : [["--application-port", applicationPort] as const])],
    problem,
  );
  if (port === 0 && !isOnce) {
    problem("[--port] is part of the tenant, which is found again by it, got 0; give one from 1 to 65535, or --once");
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  isVerbose = values.has("verbose");
  const ports = ["--port", String(port), ...(httpPort === undefined ? [] : ["--http-port", String(httpPort)])];
  if (isOnce) {
    await round(ports);
  } else {
    await stay([...ports, "--data", tenantFolder(port)], applicationPort);
  }
}

/** Deploys, says where to look, and serves the tenant until Ctrl-C. */
async function stay(tenantOptions: string[], applicationPort: number): Promise<void> {
  mkdirSync(DEMO_FOLDER, { recursive: true });
  const tenantEnvFile = join(DEMO_FOLDER, TENANT_ENV);
  const running = await runningDemo();
  if (running !== undefined) {
    throw new Error(running);
  }
  await checkFree(applicationPort);
  const applicationUrl = `http://localhost:${applicationPort}`;
  // main.ts reads it.
  process.env.SAMPLE_APPLICATION_URL = applicationUrl;
  const tenant = await startTenant(tenantOptions, tenantEnvFile);
  const envFile = join(DEMO_FOLDER, "env");
  let application: ServerProcess | undefined;
  try {
    const outputs = join(DEMO_FOLDER, "outputs.json");
    progress.step("Deploy main.ts");
    await cdktf(ROOT, tenant, "deploy", "--auto-approve", "--outputs-file", outputs);
    const exports = [tenantEnvFile, join(TOOLCHAIN_FOLDER, "env")].map((file) => readFileSync(file, "utf8"));
    writeFileSync(envFile, `${exports.join("")}export SAMPLE_APPLICATION_URL=${applicationUrl}\n`, { mode: 0o600 });
    application = await startSampleApplication(tenant, outputs, applicationPort);
    progress.step("Ready to log in. In a browser:");
    progress.say(`  ${applicationUrl.padEnd(33)}the sample application: sign up, and answer; log in again, and again
  ${`${tenant.env.ISSUER_BASE_URL}/_tenant/`.padEnd(33)}the tenant: users and their metadata, the form, its flow, the Action
==> In another shell:
  source ${relative(process.cwd(), envFile)}
  npx cdktf diff       what main.ts would change now: nothing, until you edit it
  npx cdktf deploy     change it
  npx cdktf destroy    take it all away; start the demo again after it
All stays until Ctrl-C. Started again, the tenant is as you left it.`);
    await Promise.race([interrupted, tenant.ended, application.ended]);
  } finally {
    rmSync(envFile, { force: true });
    await Promise.all([tenant.stop(), application?.stop()]);
  }
}

/** Plan, apply, second plan, destroy, in a folder and a tenant that are gone afterwards. */
async function round(ports: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "progressive-profiling-"));
  const tenant = await startTenant([...ports, "--memory"], join(folder, "tenant.env"));
  try {
    configure(folder);
    const before = await inventory(tenant);
    progress.step("Plan");
    await cdktf(folder, tenant, "diff");
    progress.step("Apply");
    await cdktf(folder, tenant, "deploy", "--auto-approve");
    progress.step("Second plan");
    const { TERRAFORM_BINARY_NAME: engine } = toolchainEnv();
    await run(engine, ["plan", "-input=false", "-detailed-exitcode"], stackFolder(folder), tenant);
    progress.step("Destroy");
    await cdktf(folder, tenant, "destroy", "--auto-approve");
    const left = (await inventory(tenant)).filter((part) => !before.includes(part));
    if (left.length > 0) {
      throw new Error(`after destroy the tenant still holds:\n${left.join("\n")}`);
    }
    progress.step("The round is complete: the tenant holds nothing of it any more.");
  } finally {
    await tenant.stop().finally(() => rmSync(folder, { recursive: true, force: true }));
  }
}

/** Starts the application as the client that the stack defined; its secret goes from the tenant to it, and nowhere else. */
async function startSampleApplication(tenant: LocalTenant, outputsFile: string, port: number): Promise<ServerProcess> {
  const [outputs] = Object.values<Record<string, string>>(JSON.parse(readFileSync(outputsFile, "utf8")));
  const { body: client } = await tenant.request("GET", `/api/v2/clients/${outputs?.["sample-client-id"]}`);
  return serveSampleApplication(tenant.env.ISSUER_BASE_URL, client, port);
}

/** The only stack that `cdktf` synthesised below the folder. */
function stackFolder(folder: string): string {
  const stacks = join(folder, "cdktf.out", "stacks");
  return join(stacks, readdirSync(stacks)[0] ?? "");
}

/** Says at the start, not after the deploy, that the sample application could not start. */
async function checkFree(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    throw new Error(
      `port ${port}, where the sample application is to be, is in use; stop what uses it, or give another one by --application-port`,
    );
  } finally {
    server.close();
  }
}

/** Lets `cdktf` run in the folder, so that state and output stay in it and not in the repository. */
function configure(folder: string): void {
  const configuration = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
  const app = `"${process.execPath}" --require "${require.resolve("ts-node/register")}" "${join(ROOT, "main.ts")}"`;
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ ...configuration, app }));
}

async function startTenant(args: string[], envFile: string): Promise<LocalTenant> {
  progress.wait("starting the local tenant");
  try {
    const tenant = await LocalTenant.start(args, envFile);
    await checkTrust(tenant);
    progress.step(`Local tenant at https://${tenant.domain}`);
    return tenant;
  } finally {
    progress.done();
  }
}

/** Where the tenant lists what a stack may have made. */
const LISTS: Readonly<Record<string, string>> = {
  client: "clients",
  "client grant": "client-grants",
  "Vault connection": "flows/vault/connections",
  flow: "flows",
  form: "forms",
  Action: "actions/actions",
  "trigger binding": "actions/triggers/post-login/bindings",
};

/** Every part that the tenant lists, as a line: what it is, its name, its id. */
async function inventory(tenant: LocalTenant): Promise<string[]> {
  const lists = Object.entries(LISTS).map(async ([what, path]) => {
    const { body } = await tenant.request("GET", `/api/v2/${path}`);
    const parts: Record<string, string>[] = Array.isArray(body)
      ? body
      : (Object.values(body).find(Array.isArray) ?? []);
    return parts.map((part) => {
      const name = part.name ?? part.display_name ?? part.audience ?? "";
      return `  ${what.padEnd(18)}${name.padEnd(36)}${part.id ?? part.client_id}`;
    });
  });
  return (await Promise.all(lists)).flat();
}

function cdktf(folder: string, tenant: LocalTenant, ...args: string[]): Promise<void> {
  return run(
    process.execPath,
    [join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), ...args],
    folder,
    tenant,
  );
}

/** Runs a command to its end. Ctrl-C reaches it as well: it ends in its own way, and with it the demo. */
async function run(command: string, args: string[], folder: string, tenant: LocalTenant): Promise<void> {
  // Where nobody watches, `cdktf` shall not draw its spinner again and again.
  const isDrawing = isVerbose && process.stdout.isTTY;
  const child = spawn(command, args, {
    cwd: folder,
    stdio: isVerbose ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...toolchainEnv(),
      ...tenant.env,
      TS_NODE_PROJECT: join(ROOT, "tsconfig.json"),
      ...(isDrawing ? {} : { CI: "true" }),
    },
  });
  const output = new CdktfOutput(progress);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => output.add(text));
  }
  progress.wait(`${args.includes("cdktf") ? "cdktf " : ""}${args.find((arg) => /^[a-z]+$/.test(arg))}`);
  const [code, signal] = await once(child, "close");
  progress.done();
  if (isInterrupted) {
    throw new Error("interrupted");
  }
  if (code !== 0) {
    const ended = `${args.join(" ")} ended with ${code ?? signal}`;
    throw new Error(isVerbose ? ended : `${output.errors()}\n\n${ended}; --verbose prints all of it`);
  }
}

main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});

/** `npm run test:provider`: the acceptance tests of auth0/auth0, as its Go module has them, against a local tenant. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LocalTenant } from "../dev/local-tenant";
import { toolchainEnv } from "./toolchain";

const MODULE = "github.com/auth0/terraform-provider-auth0";
/** Below `internal/auth0/` of the module; what the constructs use, and what stands with it. */
const PACKAGES = ["form", "flow", "action", "client", "connection", "user", "resourceserver"];

const ATTRIBUTES = "what Auth0 refuses of a database's options.attributes";
const ENTERPRISE = "what Auth0 checks and adds in enterprise connections";

/** What needs something that is not there, without a request that the tenant could answer with 501: see tenant/README.md. */
const NOT_BUILT: Readonly<Record<string, string>> = {
  TestAccUserCustomDomains: "custom domains",
  TestAccConnectionAddEmailAttributeNonUnique: ATTRIBUTES,
  TestAccConnectionOptionsAttrUserNameNegative: ATTRIBUTES,
  TestAccConnectionOptionsAttrNoActiveNegative: ATTRIBUTES,
  TestAccConnectionOptionsAttrSetValidationNegative: ATTRIBUTES,
  TestAccConnectionOptionsAttrInactiveSignUpNegative: ATTRIBUTES,
  TestAccConnectionCrossAppAccessRequestingAppNegative: ENTERPRISE,
  TestAccConnectionCrossAppAccessResourceApp: ENTERPRISE,
  TestAccConnectionGoogleApps: ENTERPRISE,
  TestAccConnectionOIDC: ENTERPRISE,
  TestAccConnectionOIDCMetadata: ENTERPRISE,
  TestAccConnectionOkta: ENTERPRISE,
  TestAccConnectionSAML: ENTERPRISE,
};

/** What `go test -json` tells. */
interface TestEvent {
  readonly Action: string;
  readonly Test?: string;
  readonly Output?: string;
}

interface Result {
  readonly name: string;
  readonly outcome: "passed" | "not built" | "failed" | "skipped";
  readonly why: string;
}

async function main(): Promise<void> {
  const [only, pattern = "^TestAcc"] = process.argv.slice(2);
  const folder = moduleFolder();
  const results: Result[] = [];
  for (const name of PACKAGES.filter((one) => only === undefined || one === only)) {
    const found = await testPackage(folder, name, pattern);
    results.push(...found);
    for (const { outcome, name: test, why } of found) {
      console.log(`${outcome.padEnd(10)}${test}${why === "" ? "" : `: ${why}`}`);
    }
  }
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  console.log(
    `\n${count("passed")} passed, ${count("not built")} need what the local tenant does not have, ${count("failed")} failed, ${count("skipped")} skipped`,
  );
  process.exitCode = count("failed") > 0 || results.length === 0 ? 1 : 0;
}

/** Of the version that the constructs are for, with the checksum that go.sum has. */
function moduleFolder(): string {
  const { error, status, stdout, stderr } = spawnSync("go", ["mod", "download", "-json", MODULE], {
    cwd: join(__dirname, "provider"),
    env: goEnv(),
    encoding: "utf8",
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`the provider's Go module can not be had: ${error?.message ?? stdout + stderr}; this needs Go`);
  }
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** Runs the tests of one package against a tenant of their own. */
async function testPackage(folder: string, name: string, pattern: string): Promise<readonly Result[]> {
  const scratch = mkdtempSync(join(tmpdir(), "test-provider-"));
  const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(scratch, "env"));
  try {
    const args = ["test", "-json", "-count=1", "-timeout=30m", `-run=${pattern}`, `./internal/auth0/${name}`];
    const child = spawn("go", args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...goEnv(),
        ...tenant.env,
        TF_ACC: "1",
        TF_ACC_TERRAFORM_PATH: toolchainEnv().TERRAFORM_BINARY_NAME,
        CHECKPOINT_DISABLE: "1",
      },
    });
    const [results] = await Promise.all([resultsOf(createInterface(child.stdout)), once(child, "close")]);
    return results;
  } finally {
    await tenant.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function resultsOf(lines: AsyncIterable<string>): Promise<readonly Result[]> {
  const said = new Map<string, string>();
  const results: Result[] = [];
  for await (const line of lines) {
    const { Action, Test = "", Output = "" }: TestEvent = JSON.parse(line);
    said.set(Test, (said.get(Test) ?? "") + Output);
    if (Test !== "" && ["pass", "fail", "skip"].includes(Action)) {
      results.push(resultOf(Test, Action, said.get(Test) ?? ""));
    }
    if (Test === "" && Action === "fail" && results.length === 0) {
      throw new Error(`the tests can not be run:\n${said.get("")}`);
    }
  }
  return results;
}

function resultOf(name: string, action: string, said: string): Result {
  const known = NOT_BUILT[name];
  switch (action) {
    case "pass":
      return known === undefined
        ? { name, outcome: "passed", why: "" }
        : { name, outcome: "failed", why: "it passes, and stands among those that can not" };
    case "skip":
      return { name, outcome: "skipped", why: "by the provider itself" };
    default: {
      const why = known ?? /([^\s"]+|[A-Z]+ \S+): not built in the local tenant/.exec(said)?.[1];
      return why === undefined ? { name, outcome: "failed", why: said.trim() } : { name, outcome: "not built", why };
    }
  }
}

function goEnv(): NodeJS.ProcessEnv {
  return { ...process.env, GOFLAGS: "", GOWORK: "off" };
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

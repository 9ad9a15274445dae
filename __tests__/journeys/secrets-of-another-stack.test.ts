import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { placesOf } from "../support/places-of";
import { runBlock } from "../support/run-block";
import { TerraformProcess } from "../support/terraform-process";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "another-stack-"));
let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await tenant.stop();
});

async function terraform(stack: string, ...args: readonly string[]): Promise<string> {
  const process = TerraformProcess.start(join(folder, "stacks", stack), tenant.env, ...args);
  const { status, output } = await process.ended;
  expect({ status, output }).toMatchObject({ status: 0 });
  return output;
}

/** Where the secret lies in the state of a stack, by the type of the resource. */
async function places(stack: string, secret: string): Promise<string[]> {
  const { resources, ...rest } = JSON.parse(await terraform(stack, "state", "pull"));
  type Resource = { readonly type: string; readonly instances: readonly { readonly attributes: object }[] };
  const ofResources = (resources as Resource[]).flatMap(({ type, instances }) =>
    placesOf(secret, { [type]: instances[0]?.attributes }),
  );
  // The name of the output is CDKTF's.
  return [...ofResources, ...placesOf(secret, rest)].map((place) => place.replace(/cross-stack-output-[\w-]+/, "…"));
}

test("the secret of a client of another stack lies twice in the state of each, as docs/secrets.md says", async () => {
  const [block = ""] = blocks("docs/secrets.md", "ts", "A client of another stack");
  process.env.CDKTF_OUTDIR = folder;
  const before = process.cwd();
  // The states are files beside the app.
  process.chdir(folder);
  try {
    runBlock(block);
  } finally {
    process.chdir(before);
    delete process.env.CDKTF_OUTDIR;
  }
  const printed: string[] = [];
  for (const stack of ["clients", "login"]) {
    await terraform(stack, "init", "-input=false");
    printed.push(await terraform(stack, "apply", "-input=false", "-auto-approve"));
  }
  printed.push(await terraform("clients", "output"));
  const { body } = await tenant.request("GET", "/api/v2/clients");
  const { client_secret: secret } = body.find(({ name }: { name: string }) => name === "Writer");

  expect(await places("clients", secret)).toEqual(["auth0_client_credentials.client_secret", "outputs.….value"]);
  expect(await places("login", secret)).toEqual([
    "terraform_remote_state.outputs.value.…",
    "auth0_flow_vault_connection.setup.client_secret",
  ]);
  expect(printed.filter((text) => text.includes(secret))).toEqual([]);
  expect(await terraform("clients", "output", "-json")).toContain(secret);
});

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";
import { blocks } from "../support/markdown";
import { Project } from "../support/project";

// Tenants in processes of their own, the real CDKTF command line, engine and provider.

const DEV = "progressive-profiling-dev";
const STAGE = "progressive-profiling-stage";
const PROD = "progressive-profiling-prod";
const LISTS = [
  "clients",
  "client-grants",
  "flows/vault/connections",
  "flows",
  "forms",
  "actions/actions",
  "actions/triggers/post-login/bindings",
];
const folder = mkdtempSync(join(tmpdir(), "environments-"));
let dev: LocalTenant;
let stage: LocalTenant;
let prod: LocalTenant;
let project: Project;
let empty: string[];

beforeAll(async () => {
  const start = (name: string) =>
    LocalTenant.start(["--port", "0", "--data", join(folder, name)], join(folder, `${name}.env`));
  await (await start("dev")).stop();
  // Stage is made from a copy of dev, so that the client that deploys to one is known to the other. Prod has its own.
  cpSync(join(folder, "dev"), join(folder, "stage"), { recursive: true });
  [dev, stage, prod] = await Promise.all([start("dev"), start("stage"), start("prod")]);
  empty = await inventory(prod);
  const authorities = join(folder, "authorities.pem");
  writeFileSync(authorities, [dev, stage, prod].map(({ ca }) => ca).join("\n"));
  process.env.SSL_CERT_FILE = authorities;
  project = new Project(`
    import type { Environments } from "./lib";
    export const environments: Environments = {
      dev: { domain: "${dev.domain}", profiling: { names: { form: "Profile in dev" } } },
      stage: { domain: "${stage.domain}", sampleApplication: { name: "Sample in stage" } },
      prod: { domain: "${prod.domain}", sampleApplication: false },
    };
  `);
}, 60_000);

afterAll(async () => {
  await Promise.all([dev, stage, prod].map((tenant) => tenant?.stop()));
  project?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Without the domain: what a shell has that was never told which tenant. */
function credentials({ env }: LocalTenant): Record<string, string> {
  return { AUTH0_CLIENT_ID: env.AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET: env.AUTH0_CLIENT_SECRET };
}

function variables(tenant: LocalTenant): Record<string, string> {
  return { AUTH0_DOMAIN: tenant.domain, ...credentials(tenant) };
}

/** All that a tenant holds of what a stack may define, as it holds it. */
async function inventory(tenant: LocalTenant): Promise<string[]> {
  const bodies = await Promise.all(LISTS.map((list) => tenant.request("GET", `/api/v2/${list}`)));
  return bodies.map(({ body }) => JSON.stringify(body));
}

/** What a plan of the tenant's stack would do. */
function plan(tenant: LocalTenant, stack: string, of = project): string {
  expect(of.synth(variables(tenant))).toMatchObject({ status: 0 });
  expect(of.stacks()).toEqual([stack]);
  expect(of.engine({}, stack, "init", "-input=false")).toMatchObject({ status: 0 });
  const { status, said } = of.engine(variables(tenant), stack, "plan", "-input=false", "-detailed-exitcode");
  return status === 0 ? "no changes" : said;
}

/** How many requests the tenant gets while something happens. */
async function requestsDuring(tenant: LocalTenant, happens: () => unknown): Promise<number> {
  await tenant.request("POST", "/_tenant/requests/reset");
  happens();
  const { body } = await tenant.request("GET", "/_tenant/requests");
  return body.total;
}

test("a deploy with dev's AUTH0_DOMAIN is of dev's stack alone: prod gets no request", async () => {
  const requests = await requestsDuring(prod, () => {
    expect(project.cdktf(variables(dev), "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  });

  expect(requests).toBe(0);
  expect(project.states()).toEqual([`terraform.${DEV}.tfstate`]);
  expect((await inventory(dev)).join()).toContain('"Profile in dev"');
}, 180_000);

test("prod's stack is not there to be deployed where AUTH0_DOMAIN says dev", async () => {
  const before = await inventory(dev);
  const requests = await requestsDuring(prod, () => {
    const { status, said } = project.cdktf(variables(dev), "deploy", "--auto-approve", PROD);
    expect(status).not.toBe(0);
    expect(said).toContain(`Could not find stack for pattern '${PROD}'`);
  });

  expect(requests).toBe(0);
  expect(await inventory(dev)).toEqual(before);
}, 180_000);

test("fails when prod's stack is deployed with dev's credentials, and changes neither tenant", async () => {
  const before = await inventory(dev);

  const requests = await requestsDuring(prod, () => {
    expect(project.cdktf(credentials(dev), "deploy", "--auto-approve", PROD).status).not.toBe(0);
  });

  expect(requests).toBeGreaterThan(0);
  expect(await inventory(prod)).toEqual(empty);
  expect(await inventory(dev)).toEqual(before);
}, 180_000);

test("fails when the engine works on prod's stack in a shell that has all of dev's variables: the stack's domain holds", async () => {
  const before = await inventory(dev);
  const [refusal = "none"] = blocks("docs/environments.md", "text", "Which stacks a command is about");
  expect(project.synth()).toMatchObject({ status: 0 });
  expect(project.stacks()).toEqual([DEV, PROD, STAGE]);
  expect(project.engine({}, PROD, "init", "-input=false")).toMatchObject({ status: 0 });
  expect(project.engine({}, PROD, "plan", "-input=false").said).toContain("AUTH0_DOMAIN is required");

  const requests = await requestsDuring(dev, () => {
    const apply = project.engine(variables(dev), PROD, "apply", "-input=false", "-auto-approve", "-no-color");
    expect(apply.status).toBe(1);
    expect(apply.said).toContain(refusal.replace("example.eu.auth0.com", prod.domain));
  });

  expect(requests).toBe(0);
  expect(await inventory(prod)).toEqual(empty);
  expect(await inventory(dev)).toEqual(before);
}, 180_000);

test("several stacks are one deploy where the credentials are good for each; prod gets no request", async () => {
  const [, command = ""] = blocks("docs/environments.md", "sh", "Which stacks a command is about");
  const [, , ...args] = command.split(" ");
  const requests = await requestsDuring(prod, () => {
    expect(project.cdktf(credentials(dev), ...args, "--auto-approve")).toMatchObject({ status: 0 });
  });

  expect(requests).toBe(0);
  expect(project.states()).toEqual([`terraform.${DEV}.tfstate`, `terraform.${STAGE}.tfstate`]);
  const [inDev, inStage] = await Promise.all([inventory(dev), inventory(stage)]);
  expect(inDev.join()).toContain('"Profile in dev"');
  expect(inStage.join()).toContain('"Sample in stage"');
  expect(inStage.join()).not.toContain('"Profile in dev"');
}, 180_000);

test("prod is deployed with its own, without the sample application; a destroy of dev leaves it and its state alone", async () => {
  expect(project.cdktf(variables(prod), "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  const deployed = await inventory(prod);
  expect(deployed.join()).toContain('"Progressive Profiling"');
  expect(deployed.join()).not.toContain('"Sample Application"');

  const requests = await requestsDuring(prod, () => {
    expect(project.cdktf(variables(dev), "destroy", "--auto-approve")).toMatchObject({ status: 0 });
  });

  expect(requests).toBe(0);
  expect((await inventory(dev)).join()).not.toContain('"Profile in dev"');
  expect(await inventory(prod)).toEqual(deployed);
  expect(project.states()).toHaveLength(3);
  expect(plan(prod, PROD)).toBe("no changes");
}, 180_000);

test("a tenant that was deployed to before there were environments goes on with its state, under the stack's new name", async () => {
  const [move = ""] = blocks("docs/environments.md", "sh", "From one tenant to several").filter((block) =>
    block.includes("mv "),
  );
  const single = `progressive-profiling-${dev.domain.replace(":", "-")}`;
  const before = new Project("export const environments = {};");
  expect(before.cdktf(variables(dev), "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  expect(before.states()).toEqual([`terraform.${single}.tfstate`]);
  const deployed = await inventory(dev);

  before.rewrite(`export const environments = { prod: { domain: "${dev.domain}" } };`);
  execFileSync("sh", ["-c", move.replace("progressive-profiling-example-eu-auth0-com", single)], {
    cwd: before.folder,
  });

  expect(plan(dev, PROD, before)).toBe("no changes");
  expect(before.cdktf(variables(dev), "destroy", "--auto-approve")).toMatchObject({ status: 0 });
  expect(await inventory(dev)).not.toEqual(deployed);
  before.remove();
}, 180_000);

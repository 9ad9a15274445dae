import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { CiFolder } from "../support/ci-command";

let folder: CiFolder;
let engine: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = new CiFolder();
  engine = folder.engine('[ "$1" = init ] && basename "$PWD"\n[ "$1" = show ] && echo "{}"\nexit 0');
  folder.write("package.json", JSON.stringify({ scripts: { synth: "true" } }));
  for (const name of ["app", "base", "zone"]) {
    folder.write(`cdktf.out/stacks/${name}/cdk.tf.json`, JSON.stringify({ terraform: {} }));
  }
});

afterEach(() => folder.remove());

const stack = (name: string, ...dependencies: string[]) => ({ name, workingDirectory: `stacks/${name}`, dependencies });
const MANIFEST = { app: stack("app", "zone", "base"), base: stack("base", "zone"), zone: stack("zone") };

function plan(manifest: object, environment: Readonly<Record<string, string>> = {}, ...options: string[]) {
  folder.write("cdktf.out/manifest.json", JSON.stringify({ stacks: manifest }));
  return planned(environment, ...options);
}

const planned = (environment: Readonly<Record<string, string>> = {}, ...options: string[]) =>
  folder.run(["plan", "plans", ...options], { ...engine, AUTH0_DOMAIN: "acme.eu.auth0.com", ...environment });

test("stacks are planned behind those that they depend on, each with the tenant that it is of", async () => {
  const provider = { auth0: [{ domain: "other.eu.auth0.com" }] };
  folder.write("cdktf.out/stacks/zone/cdk.tf.json", JSON.stringify({ provider }));

  expect(await plan(MANIFEST)).toEqual({ status: 0, said: "zone\nbase\napp\n" });
  expect(JSON.parse(folder.read("plans/plans.json")).stacks).toEqual([
    { name: "zone", domain: "other.eu.auth0.com", isChange: false, plan: {} },
    { name: "base", domain: "acme.eu.auth0.com", isChange: false, plan: {} },
    { name: "app", domain: "acme.eu.auth0.com", isChange: false, plan: {} },
  ]);
});

test("a name that would lead out of the folder fails before anything runs", async () => {
  const name = "../../outside";

  expect(await plan({ [name]: { name, workingDirectory: "stacks/app", dependencies: [] } })).toEqual({
    status: 1,
    said: '[stack] must have a name of letters, digits, "_", "." and "-", got "../../outside"; give it another one\n',
  });
});

test("stacks whose state would be lost with a runner fail there, all at once and before anything runs", async () => {
  const backend = (name: string, terraform: object) =>
    folder.write(`cdktf.out/stacks/${name}/cdk.tf.json`, JSON.stringify({ terraform }));
  const [job, manifest] = [{ GITHUB_ACTIONS: "true" }, { app: stack("app"), base: stack("base"), zone: stack("zone") }];
  backend("app", { backend: { local: { path: "app.tfstate" } } });
  backend("zone", { backend: { s3: { bucket: "states" } } });

  expect(await plan(manifest, job)).toEqual({
    status: 1,
    said: "::error::[app, base] keeps its state on the machine that deploys it, where a job loses it; give it a backend\n",
  });
  expect((await plan(manifest, job, "--state", "states")).status).toBe(0);
  expect((await plan(manifest)).status).toBe(0);

  backend("app", { cloud: { organization: "acme" } });
  backend("base", { backend: { pg: {} } });
  expect((await plan(manifest, job)).status).toBe(0);
});

test("nothing synthesised fails in words", async () => {
  rmSync(join(folder.path, "cdktf.out"), { recursive: true });

  expect(await planned()).toEqual({
    status: 1,
    said: "[cdktf.out/manifest.json] is missing; let the npm script synth write it, by cdktf synth\n",
  });
});

test.each([
  [{}, '[package.json] has no npm script synth; add it: "synth": "cdktf synth"\n'],
  [{ synth: "exit 3" }, "[package.json] npm run synth ended with 3; its log says why\n"],
])("a project with the scripts %j can not be planned; as a base it is left out", async (scripts, said) => {
  folder.write("package.json", JSON.stringify({ scripts }));

  expect(await planned()).toEqual({ status: 1, said });
  const { status, said: warning } = await planned({}, "--base", folder.path);
  expect({ status, warning }).toEqual({
    status: 0,
    warning: `The base is left out: ${said.trim().replace("[package.json]", `[${folder.path}/package.json]`)}.\n`,
  });
  expect(JSON.parse(folder.read("plans/plans.json"))).toEqual({ stacks: [] });
});

test("an environment without a tenant is named before anything blames the stacks", async () => {
  expect(await planned({ SECRETS_ENVIRONMENT: "prod-plan", AUTH0_DOMAIN: "" })).toEqual({
    status: 1,
    said: '[AUTH0_DOMAIN] is empty; give the GitHub environment "prod-plan" its variables\n',
  });
});

test("the engine gets the variables of the environment, which the log of a job does not show", async () => {
  engine = folder.engine('[ "$1" = show ] && echo "{}" || echo "$PG_CONN_STR with $ENVIRONMENT_VARIABLES"');
  const secret = "postgres://owner:planted-secret@db/states";
  const { said } = await plan({ zone: stack("zone") }, { ENVIRONMENT_VARIABLES: `PG_CONN_STR=${secret}` });

  expect(said).toBe(`${secret} with \n${secret} with \n`);

  const job = { GITHUB_ACTIONS: "true", ENVIRONMENT_VARIABLES: `PG_CONN_STR=${secret}` };
  expect((await plan({ zone: stack("zone") }, job, "--state", "states")).said).toMatch(
    new RegExp(`^::add-mask::${secret}\n`),
  );
});

describe("with a role of AWS", () => {
  const ROLE = { GITHUB_ACTIONS: "true", ENVIRONMENT_VARIABLES: "AWS_ROLE_ARN=arn:aws:iam::123456789012:role/plan" };
  const requests: (string | undefined)[] = [];
  let server: Server;

  beforeAll(async () => {
    server = createServer(({ url, headers }, response) => {
      requests.push(`${url} ${headers.authorization}`);
      response.end(JSON.stringify({ value: "the-token-of-this-job" }));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });

  afterAll(() => server.close());

  test("the engine gets a file with a token of the job, which its log does not show", async () => {
    engine = folder.engine(
      '[ "$1" = show ] && echo "{}" || echo "$AWS_ROLE_ARN with $(cat "$AWS_WEB_IDENTITY_TOKEN_FILE")"',
    );
    const { port } = server.address() as AddressInfo;
    const { said } = await plan(
      { zone: stack("zone") },
      {
        ...ROLE,
        RUNNER_TEMP: folder.path,
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "the-key",
      },
      "--state",
      "states",
    );

    expect(said).toMatch(/^::add-mask::arn:.*\n::add-mask::the-token-of-this-job\narn:.* with the-token-of-this-job\n/);
    expect(requests).toEqual(["/token?api-version=2.0&audience=sts.amazonaws.com Bearer the-key"]);
  });

  test("a call that gives no right to one is told", async () => {
    expect(await plan({ zone: stack("zone") }, ROLE)).toEqual({
      status: 1,
      said:
        "::add-mask::arn:aws:iam::123456789012:role/plan\n::error::[AWS_ROLE_ARN] needs a token of this job, which GitHub does" +
        " not give; add id-token: write to the permissions of the job that calls this workflow, or name" +
        " AWS_WEB_IDENTITY_TOKEN_FILE\n",
    });
  });
});

test("--expect-none fails where something would change", async () => {
  engine = folder.engine('[ "$1" = show ] && echo "{}"; [ "$1" = plan ] && exit 2; exit 0');

  expect(await plan({ zone: stack("zone") }, {}, "--expect-none")).toEqual({
    status: 1,
    said: "[zone] must have no changes after the apply, got some; the log has them\n",
  });
});

test("where there is no Terraform, OpenTofu plans", async () => {
  engine = folder.pathWith("tofu", folder.engine('[ "$1" = show ] && echo "{}" || echo "${0##*/} $1"'));

  expect(await plan({ zone: stack("zone") })).toEqual({ status: 0, said: "tofu init\ntofu plan\n" });
});

test("an engine that is not there is named", async () => {
  engine = { TERRAFORM_BINARY_NAME: "/nowhere/terraform" };

  expect(await plan({ zone: stack("zone") })).toEqual({
    status: 1,
    said: "/nowhere/terraform can not be run (ENOENT); install it, or set TERRAFORM_BINARY_NAME\n",
  });
});

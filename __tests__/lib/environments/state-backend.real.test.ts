import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { App, TerraformStack } from "cdktf";
import { Auth0Provider, defineStateBackend } from "../../../lib";
import { completeBackends } from "../../support/complete-backends";

const folder = mkdtempSync(join(tmpdir(), "state-backend-"));
const authorities = join(folder, "authorities.pem");
writeFileSync(authorities, rootCertificates[0] ?? "");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the real engine says when it initialises a stack with the backend; the variables lead nowhere. */
function init(define: (stack: TerraformStack) => void): string {
  const outdir = mkdtempSync(join(folder, "out-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "dev");
  new Auth0Provider(stack, "auth0");
  define(stack);
  app.synth();
  const nowhere = join(folder, "nowhere");
  const { stdout, stderr } = spawnSync(
    process.env.TERRAFORM_BINARY_NAME ?? "terraform",
    ["init", "-input=false", "-no-color"],
    {
      cwd: join(outdir, "stacks", "dev"),
      encoding: "utf8",
      env: {
        ...process.env,
        HOME: nowhere,
        PATH: nowhere,
        AWS_SHARED_CREDENTIALS_FILE: nowhere,
        AWS_CONFIG_FILE: nowhere,
        GOOGLE_CREDENTIALS: "{}",
        PG_CONN_STR: "postgres://127.0.0.1:1/states",
      },
    },
  );
  return `${stdout}${stderr}`;
}

test.each(Object.entries(completeBackends(authorities)))(
  "%s: every setting is the engine's own, which gets as far as the place itself",
  (_, [backend, , end]) => {
    expect(init((stack) => defineStateBackend(stack, backend))).toMatch(end);
  },
);

test("a setting that the engine does not know would not get that far", () => {
  const said = init((stack) =>
    defineStateBackend(stack, { type: "pg", connStr: "postgres://127.0.0.1:1/states" }).addOverride("schema", "states"),
  );

  expect(said).toMatch(/No argument or block type is named "schema"|Extraneous JSON object property/);
  expect(said).not.toContain("connection refused");
});

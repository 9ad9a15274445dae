import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runningDemo, TENANT_ENV, tenantFolder } from "../../scripts/running-demo";
import { startLocalTenant } from "../support/local-tenant";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const says = (pages: string) => writeFileSync(join(folder, TENANT_ENV), `export ISSUER_BASE_URL='${pages}'\n`);

test("a demo that serves is told of, with where it is", async () => {
  const tenant = await startLocalTenant();
  const { ISSUER_BASE_URL: pages } = tenant.env;
  says(pages);

  expect(await runningDemo(folder)).toBe(
    `this project's demo runs: its tenant at ${pages}/_tenant/, which leads to the sample application; ` +
      "end it by Ctrl-C in its shell",
  );

  await tenant.stop();
  expect(await runningDemo(folder)).toBeUndefined();
});

test("a tenant of another port is another one, as its stack and that one's state are", () => {
  expect([9443, 9500].map((port) => basename(tenantFolder(port)))).toEqual(["tenant", "tenant-9500"]);
});

test("where no demo was started there is none", async () => {
  expect(await runningDemo(folder)).toBeUndefined();
});

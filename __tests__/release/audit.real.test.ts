import { spawn } from "node:child_process";
import { join } from "node:path";
import { NpmRegistry } from "../support/npm-registry";
import { ended } from "../support/workflow";

const AUDIT = join(__dirname, "..", "..", ".ci", "audit");
const BULK = "/-/npm/v1/security/advisories/bulk";
const HIGH = { id: 1, url: "https://example.com/1", title: "Planted", severity: "high", vulnerable_versions: "<99" };
const WARNING =
  "::warning::Nothing was audited: the registry answers with 405, so it has no list of vulnerabilities.\n";

test.each<[string, number, object, number, string]>([
  ["that knows of nothing", 200, {}, 0, "found 0 vulnerabilities\n"],
  ["that knows of something grave in what is installed", 200, { diff: [HIGH] }, 1, "1 high severity vulnerability\n"],
  ["without such a list, which is told", 405, {}, 0, WARNING],
  ["that is broken", 403, {}, 1, "npm error audit endpoint returned an error\n"],
])("the audit of CI, of a registry %s, ends with what it found", async (_, answer, body, status, said) => {
  const registry = await NpmRegistry.start({ [BULK]: answer }, 404, { [BULK]: body });
  try {
    const environment = { npm_config_registry: registry.url, npm_config_fetch_retries: "0" };
    const child = spawn(AUDIT, [], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });

    expect(await ended(child)).toEqual({ status, said: expect.stringContaining(said) });
    expect(registry.asked).toContain(BULK);
  } finally {
    await registry.stop();
  }
});

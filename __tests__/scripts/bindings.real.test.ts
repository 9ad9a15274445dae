import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINDINGS_FOLDER, generateBindings, RESOURCES } from "../../scripts/bindings";

const ROOT = join(__dirname, "..", "..");

describe("the committed bindings", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "bindings-"));
    generateBindings(join(folder, "lib"));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are what cdktf get makes of the provider today, byte for byte", () => {
    const committed = contents(BINDINGS_FOLDER);
    const generated = contents(join(folder, "lib"));

    const differing = [...new Set([...committed.keys(), ...generated.keys()])]
      .filter((file) => committed.get(file) !== generated.get(file))
      .map((file) => `provider-auth0/lib/${file} is not what is generated; run: npm run bindings`);
    expect(differing).toEqual([]);
    expect(generated.size).toBe(2 * RESOURCES.length);
  });

  it("find the cdktf of whoever imports them, and nothing of this machine", () => {
    for (const [file, text] of contents(BINDINGS_FOLDER)) {
      const imported = [...text.matchAll(/require\("(.+?)"\)|from '(.+?)'/g)].map(([, name, type]) => name ?? type);
      expect({ file, others: imported.filter((name) => name !== "cdktf" && name !== "constructs") }).toEqual({
        file,
        others: [],
      });
      expect(imported).toContain("cdktf");
      expect(text).not.toContain(ROOT);
    }
  });
});

it("the provider's version is the same wherever it stands", () => {
  const { version } = readJson<{ version: string }>("provider-auth0/package.json");
  const { terraformProviders } = readJson<{ terraformProviders: string[] }>("cdktf.json");
  const { devDependencies } = readJson<{ devDependencies: Record<string, string> }>("package.json");
  const goModule = readFileSync(join(ROOT, "scripts", "provider", "go.mod"), "utf8");
  const [major, minor] = version.split(".");

  expect(devDependencies["@cdktf/provider-auth0"]).toBe(version);
  expect(terraformProviders).toEqual([`auth0/auth0@~> ${major}.${minor}`]);
  expect(goModule.match(/github\.com\/auth0\/terraform-provider-auth0 v\S+/g)).toEqual([
    `github.com/auth0/terraform-provider-auth0 v${version}`,
  ]);
  expect(readFileSync(join(BINDINGS_FOLDER, "form", "index.js"), "utf8")).toContain(`providerVersion: '${version}'`);
});

function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const read = files.filter((file) => statSync(join(folder, file)).isFile());
  return new Map(read.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;
}

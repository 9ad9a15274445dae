import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");

/** Those that ask of who installs the packages no more than a notice, or the source of their own files. */
const LICENCES = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Public Domain",
];

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly workspaces?: readonly string[];
}

function json<Content>(...path: readonly string[]): Content {
  return JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));
}

test("what is installed with the packages has licences that were agreed to", () => {
  const { packages } = json<{
    packages: Record<string, { license?: string; dev?: boolean; optional?: boolean; link?: boolean }>;
  }>("package-lock.json");
  const installed = Object.entries(packages).filter(
    ([path, { dev, link }]) => /node_modules/.test(path) && !dev && !link,
  );

  expect(installed.length).toBeGreaterThan(100);
  expect(
    installed
      .filter(([, { license }]) => !LICENCES.includes(String(license)))
      .map(([path, { license }]) => [path, license]),
  ).toEqual([]);
});

test("CI turns the switch on with which both CDKs run on both engines, and looks for vulnerabilities", () => {
  const { jobs }: { jobs: Record<string, { steps: { run?: string; env?: object }[] }> } = parse(
    readFileSync(join(ROOT, ".github", "workflows", "test.yml"), "utf8"),
  );
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  expect(steps.filter(({ env }) => env !== undefined)).toEqual([
    {
      run: "npx --no-install jest --runTestsByPath __tests__/journeys/engines.test.ts",
      env: { ALL_ENGINES: "1" },
    },
  ]);
  expect(steps.map(({ run }) => run)).toContain(".ci/audit");
});

test("the release publishes each package that is not private, with its provenance", () => {
  const { workspaces = [] } = json<Manifest>("package.json");
  const manifests = ["", ...workspaces].map((folder) => json<Manifest>(folder, "package.json"));
  const published = manifests.filter((manifest) => manifest.private !== true).map(({ name }) => name);
  const workflow = readFileSync(join(ROOT, ".github", "workflows", "release.yml"), "utf8");

  expect(published).toEqual(["auth0-progressive-profiling", "auth0-local-tenant"]);
  expect(workflow.match(/npm publish.*/g)).toEqual(
    published.map((name) => `npm publish packed/${name}-*.tgz --provenance --access public`),
  );
});

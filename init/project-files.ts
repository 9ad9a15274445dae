import { CDK_PACKAGES, WATCH_PATTERN } from "./cdk-packages";
import { OWN_PACKAGES, unpublished } from "./own-packages";

/** Folder of a project in which packages lie that are on no registry yet. */
export const VENDOR = "vendor";

export interface ProjectDescription {
  /** As npm takes it. */
  readonly name: string;
  readonly isEsm: boolean;
  /** Whether the tarballs of this library's packages lie in it. */
  readonly isVendored: boolean;
  /** What package.json says of this library's packages: a range of versions, or a file. */
  readonly packages: Readonly<Record<string, string>>;
}

/** The texts of a project's files, by their paths. */
export function projectFiles(project: ProjectDescription): Readonly<Record<string, string>> {
  const extension = project.isEsm ? ".js" : "";
  return {
    ".github/workflows/plan.yml": WORKFLOW,
    ".gitignore": GIT_IGNORE,
    "README.md": readme(project),
    "cdktf.json": json({
      language: "typescript",
      app: "npx tsx main.ts",
      projectId: project.name,
      sendCrashReports: "false",
      watchPattern: WATCH_PATTERN,
    }),
    "environments.ts": ENVIRONMENTS,
    "main.ts": main(extension),
    "package.json": json(packageJson(project)),
    "profiling.test.ts": test(extension),
    "profiling.ts": PROFILING,
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2022",
        module: "node20",
        strict: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node", "jest"],
      },
      include: ["*.ts"],
    }),
  };
}

function packageJson({ name, isEsm, packages }: ProjectDescription): object {
  return {
    name,
    private: true,
    type: isEsm ? "module" : "commonjs",
    engines: { node: "^20.19 || >=22.12" },
    scripts: {
      dev: "auth0-progressive-profiling dev",
      test: "tsc && jest",
      // tsx checks no types: of a misspelt name a job would see a TypeError, or nothing at all.
      synth: "tsc && cdktf synth",
      deploy: "cdktf deploy",
      tenant: "auth0-local-tenant",
    },
    dependencies: {
      "auth0-progressive-profiling": packages["auth0-progressive-profiling"],
      ...CDK_PACKAGES.dependencies,
    },
    devDependencies: {
      ...CDK_PACKAGES.devDependencies,
      "@swc/core": "^1.16.18",
      "@swc/jest": "^0.2.39",
      "@types/jest": "^30.0.0",
      "auth0-local-tenant": packages["auth0-local-tenant"],
      jest: "^30.5.2",
      tsx: "^4.23.15",
    },
    overrides: CDK_PACKAGES.overrides,
    // npm warns of each package with a script of its own that is not named. What is false has its binary anyhow.
    allowScripts: { "@parcel/watcher": false, "@swc/core": false, esbuild: true },
    jest: {
      transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" }, module: { type: "commonjs" } }] },
      ...(isEsm && { moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" } }),
    },
  };
}

const PROFILING = `import {
  nextButton,
  type ProgressiveProfilingProps,
  richText,
  Stage,
  text,
} from "auth0-progressive-profiling";

/** What people are asked: a stage at each login, in this order. */
export const PROFILING: ProgressiveProfilingProps = {
  stages: [
    Stage.untilAnswered("job_title", {
      alias: "Missing job title",
      components: [
        richText("<h2>What do you work as?</h2>"),
        text("job_title", { label: "Job title", required: true }),
        nextButton("Continue"),
      ],
    }),
  ],
};
`;

const ENVIRONMENTS = `import type { Environments } from "auth0-progressive-profiling";

/**
 * The tenants to deploy to, by name, such as \`dev: { domain: "example-dev.eu.auth0.com" }\`. With none, it is the tenant of
 * AUTH0_DOMAIN. Credentials never stand here.
 */
export const environments: Environments = {};
`;

function main(extension: string): string {
  return `import {
  Auth0Provider,
  defineStateBackend,
  ProgressiveProfiling,
  SampleApplication,
  selectEnvironments,
} from "auth0-progressive-profiling";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { environments } from "./environments${extension}";
import { PROFILING } from "./profiling${extension}";

const app = new App();
for (const { stackName, domain, backend, profiling, sampleApplication } of selectEnvironments(environments)) {
  const stack = new TerraformStack(app, stackName);
  defineStateBackend(stack, backend);
  new Auth0Provider(stack, "auth0", { domain });
  const { formId } = new ProgressiveProfiling(stack, "profiling", {
    ...PROFILING,
    ...profiling,
    names: { ...PROFILING.names, ...profiling?.names },
  });
  new TerraformOutput(stack, "form-id", { value: formId });
  // To log in to; an environment with \`sampleApplication: false\` has none.
  if (sampleApplication !== false) {
    const { clientId } = new SampleApplication(stack, "sample-application", sampleApplication);
    new TerraformOutput(stack, "sample-client-id", { value: clientId });
  }
}
app.synth();
`;
}

function test(extension: string): string {
  return `import { Auth0Provider, ProgressiveProfiling } from "auth0-progressive-profiling";
import { Form } from "auth0-progressive-profiling/provider-auth0/form";
import { TerraformStack, Testing } from "cdktf";
import { PROFILING } from "./profiling${extension}";

test("the form asks for the job title", () => {
  const stack = new TerraformStack(Testing.app(), "login");
  new Auth0Provider(stack, "auth0");
  new ProgressiveProfiling(stack, "profiling", PROFILING);

  const { resource } = JSON.parse(Testing.synth(stack, true));
  const [form] = Object.values<{ nodes: string }>(resource[Form.tfResourceType]);
  expect(form?.nodes).toContain('"label":"Job title","required":true');
});
`;
}

const GIT_IGNORE = `.terraform/
.tenant/
cdktf.out/
node_modules/
*.tfstate
*.tfstate.*
`;

const WORKFLOW = `# OWNER is where auth0-progressive-profiling lies, COMMIT a commit of it; its docs/pull-requests.md says what to set.
name: Plan
on:
  pull_request:
  push: { branches: [main] }
  schedule: [{ cron: "17 5 * * *" }]
  workflow_dispatch:
jobs:
  profiling:
    uses: OWNER/auth0-progressive-profiling/.github/workflows/progressive-profiling.yml@COMMIT
    permissions: { actions: read, contents: read, pull-requests: write }
    secrets:
      AUTH0_CLIENT_SECRET: \${{ secrets.AUTH0_CLIENT_SECRET }}
      PLAN_PASSPHRASE: \${{ secrets.PLAN_PASSPHRASE }}
      ENVIRONMENT_VARIABLES: \${{ secrets.ENVIRONMENT_VARIABLES }}
`;

function readme({ name, isVendored }: ProjectDescription): string {
  const install = isVendored ? "npm install" : 'npm install "$TARBALLS"/auth0-*.tgz';
  const tarballs = isVendored ? "" : `\n${unpublished(OWN_PACKAGES)}.\n\`TARBALLS\` is the folder with both.\n`;
  return `# ${name}

Progressive profiling on Auth0: \`profiling.ts\` says what people are asked, \`environments.ts\` in which tenants.

\`\`\`sh
${install}
npm test
\`\`\`
${tarballs}
\`npm run dev\` deploys it to a local tenant, to be tried in the browser. It runs TypeScript unchecked: where the app ends with a
TypeError, \`npx tsc\` names what is misspelt. For a real tenant:

\`\`\`sh
export AUTH0_DOMAIN=example.eu.auth0.com AUTH0_CLIENT_ID=… AUTH0_CLIENT_SECRET=…
npx cdktf diff
npx cdktf deploy
\`\`\`

\`.github/workflows/plan.yml\` reviews pull requests: fill in OWNER and COMMIT, as its first line says. Needs Node.js 20.19, 22.12 or newer,
and Terraform 1.5, OpenTofu 1.6 or newer.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

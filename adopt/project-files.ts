import { CDK_PACKAGES, WATCH_PATTERN } from "../init/cdk-packages";

/** What a folder needs besides the stack, so that CDKTF runs in it. */
export function projectFiles(name: string): ReadonlyMap<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    [
      "main.ts",
      `import { App } from "cdktf";
import { AdoptedStack } from "./adopted-stack";

const app = new App();
new AdoptedStack(app, ${JSON.stringify(name)});
app.synth();
`,
    ],
    [
      "cdktf.json",
      json({
        language: "typescript",
        app: "ts-node main.ts",
        projectId: name,
        sendCrashReports: "false",
        watchPattern: WATCH_PATTERN,
      }),
    ],
    [
      "package.json",
      json({
        name,
        private: true,
        dependencies: { "auth0-progressive-profiling": "^0.1.0", ...CDK_PACKAGES.dependencies },
        devDependencies: { ...CDK_PACKAGES.devDependencies, "ts-node": "^10.9.2" },
        overrides: CDK_PACKAGES.overrides,
      }),
    ],
    [
      "tsconfig.json",
      json({
        compilerOptions: {
          target: "ES2022",
          lib: ["ES2023"],
          module: "node16",
          moduleResolution: "node16",
          strict: true,
          noUncheckedIndexedAccess: true,
          noUnusedLocals: true,
          skipLibCheck: true,
          noEmit: true,
          types: ["node"],
        },
        include: ["*.ts"],
      }),
    ],
    [".gitignore", "node_modules/\ncdktf.out/\n*.tfstate\n*.tfstate.*\n"],
  ]);
}

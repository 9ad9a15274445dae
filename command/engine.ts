import { spawnSync } from "node:child_process";

let found: string | undefined;

/** The engine that CDKTF runs, else the one that is here. */
export function engine(): string {
  const named = process.env.TERRAFORM_BINARY_NAME;
  if (named) {
    return named;
  }
  found ??= ["terraform", "tofu"].find((name) => spawnSync(name, ["-version"], { stdio: "ignore" }).status === 0);
  return found ?? "terraform";
}

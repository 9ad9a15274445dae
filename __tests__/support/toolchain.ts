import { toolchainEnv } from "../../scripts/toolchain";

/** Jest's global set-up: every test works with this project's engine and provider, or none does. */
export = function useToolchain(): void {
  Object.assign(process.env, toolchainEnv());
};

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Everything that the set-up makes, except node_modules; safe to delete. */
export const TOOLCHAIN = join(ROOT, ".toolchain");

/** For what is half-made; whoever holds the lock empties it. */
export const WORK = join(TOOLCHAIN, "work");

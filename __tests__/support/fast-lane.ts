import child_process from "node:child_process";
import { Server } from "node:net";

/** What makes a test slow is refused in the fast lane, so that it stays one: such a test has `.real` in its name. */
function refused(what: string): never {
  throw new Error(`the fast lane ${what}; name this file *.real.test.ts, or put it into __tests__/journeys`);
}

Server.prototype.listen = () => refused("listens on no port");
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"] as const) {
  Object.assign(child_process, { [name]: () => refused("starts no process") });
}

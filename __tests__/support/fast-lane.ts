import child_process from "node:child_process";
import { Server } from "node:net";

/** What makes a test slow is refused in the fast lane, so that it stays one: such a test has `.real` in its name. */
function refused(what: string): never {
  throw new Error(`the fast lane ${what}; name this file *.real.test.ts, or put it into __tests__/journeys`);
}

const { listen } = Server.prototype;
const { spawn, spawnSync, exec, execSync, execFile, execFileSync, fork } = child_process;
const processes = { spawn, spawnSync, exec, execSync, execFile, execFileSync, fork };

Server.prototype.listen = () => refused("listens on no port");
for (const name of Object.keys(processes)) {
  Object.assign(child_process, { [name]: () => refused("starts no process") });
}

// The same process may run a test of the other project next.
afterAll(() => {
  Server.prototype.listen = listen;
  Object.assign(child_process, processes);
});

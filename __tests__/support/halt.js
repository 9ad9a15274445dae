// Loaded into the local tenant's process by `HaltingTenant`: stops the world before the one request that a file names.
const { subscribe } = require("node:diagnostics_channel");
const { existsSync, readFileSync, renameSync } = require("node:fs");

const named = process.env.HALT_AT ?? "";
const halted = `${named}.halted`;

// Nothing else can run while the subscriber does, so no other request is answered either.
subscribe("http.server.request.start", (message) => {
  const { request } = /** @type {{ request: import("node:http").IncomingMessage }} */ (message);
  if (!existsSync(named) || readFileSync(named, "utf8") !== `${request.method} ${request.url}`) {
    return;
  }
  renameSync(named, halted);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (existsSync(halted)) {
    Atomics.wait(clock, 0, 0, 10);
  }
});

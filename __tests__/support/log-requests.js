// Loaded into a process: writes each request that it sends by fetch into a file, as `GET /api/v2/forms`.
const { subscribe } = require("node:diagnostics_channel");
const { appendFileSync } = require("node:fs");

subscribe("undici:request:create", (message) => {
  const { request } = /** @type {{ request: { method: string, path: string } }} */ (message);
  appendFileSync(process.env.LOG_REQUESTS ?? "", `${request.method} ${request.path}\n`);
});

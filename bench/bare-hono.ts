/** The peer of the local tenant: one Hono route over the same TLS that answers a list of as many forms, and no more. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { loadTls } from "../tenant/tls";

const [, , caFile = "", forms = "[]"] = process.argv;

async function serve(): Promise<void> {
  const tls = await loadTls(undefined, new Date());
  writeFileSync(caFile, tls.ca);
  const list = JSON.parse(forms);
  const app = new Hono().get("/api/v2/forms", (context) => context.json(list));
  const server = createServer({ key: tls.key, cert: tls.cert }, getRequestListener(app.fetch));
  server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
}

void serve();

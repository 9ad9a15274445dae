/** A peer of the local tenant: one Hono route that answers a list of as many forms and says yes to each new one, and no more. */
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { serveBare } from "./bare-server";

const [, , caFile = "", forms = "[]"] = process.argv;
const list = JSON.parse(forms);
const app = new Hono()
  .get("/api/v2/forms", (context) => context.json(list))
  .post("/api/v2/forms", async (context) => context.json(await context.req.json(), 201));

void serveBare(caFile, () => getRequestListener(app.fetch));

import { writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { loadTls } from "../tenant/tls";

/**
 * Serves over TLS as the local tenant does; puts the authority to trust into a file, then says its port.
 *
 * @param answers given the address, makes what answers
 */
export async function serveBare(caFile: string, answers: (issuer: string) => RequestListener): Promise<void> {
  const tls = await loadTls(undefined, new Date());
  writeFileSync(caFile, tls.ca);
  const server = createServer({ key: tls.key, cert: tls.cert });
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    server.on("request", answers(`https://localhost:${port}`));
    console.log(port);
  });
}

import { once } from "node:events";
import { createServer } from "node:http";
import { sampleApp } from "./app";
import { readSettings, SettingsError, USAGE } from "./settings";

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const server = createServer(sampleApp(settings));
  server.listen(settings.port, "127.0.0.1");
  await once(server, "listening");
  process.stdout.write(`Sample application ready at http://localhost:${settings.port} (Ctrl-C ends it)\n`);
  // Who started it with a channel, and is gone without a word, has no use for it any more.
  await Promise.race(["SIGINT", "SIGTERM", "SIGHUP", "disconnect"].map((event) => once(process, event)));
  server.close();
  server.closeAllConnections();
  // An open channel would keep the process alive.
  if (process.connected) {
    process.disconnect();
  }
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.problems.join("\n")}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (error.code === "EADDRINUSE") {
    process.stderr.write("the port is in use; stop what uses it or choose another with --port\n");
    process.exitCode = 1;
  } else {
    throw error;
  }
});

import { join } from "node:path";
import { ServerProcess } from "../dev/server-process";

/** The client that it is in a tenant. */
export interface SampleClient {
  readonly client_id: string;
  readonly client_secret: string;
}

/** Starts the sample application in a process of its own, and waits until it serves on the port. */
export function serveSampleApplication(issuer: string, client: SampleClient, port: number): Promise<ServerProcess> {
  const program = join(__dirname, "..", "sample-app", "cli.ts");
  return ServerProcess.start({
    name: "the sample application",
    args: ["--require", require.resolve("tsx/cjs"), program, "--port", String(port)],
    environment: {
      ...process.env,
      ISSUER_BASE_URL: issuer,
      SAMPLE_CLIENT_ID: client.client_id,
      SAMPLE_CLIENT_SECRET: client.client_secret,
    },
    secrets: [client.client_secret],
  });
}

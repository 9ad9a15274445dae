import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A registry on this machine, to be asked in npm's place. */
export class NpmRegistry {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** What it answers with; a path that is not there is 404. */
  private constructor(
    private readonly server: Server,
    private readonly statuses: Readonly<Record<string, number | readonly number[]>>,
    private readonly bodies: Readonly<Record<string, object>>,
  ) {}

  /**
   * @param statuses by path, as in `/lodash/4.17.21`: of each request, or of the first, the second … and all after it
   * @param otherwise of every other path
   * @param bodies by path; an empty object of every other
   */
  static async start(
    statuses: NpmRegistry["statuses"],
    otherwise = 404,
    bodies: NpmRegistry["bodies"] = {},
  ): Promise<NpmRegistry> {
    const server = createServer(({ url = "" }, response) => {
      const status = registry.statuses[url] ?? otherwise;
      const times = registry.asked.filter((path) => path === url).length;
      registry.asked.push(url);
      response.writeHead(typeof status === "number" ? status : (status[Math.min(times, status.length - 1)] ?? 500));
      response.end(JSON.stringify(registry.bodies[url] ?? {}));
    });
    const registry = new NpmRegistry(server, statuses, bodies);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

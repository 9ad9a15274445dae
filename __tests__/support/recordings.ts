import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The Go module of the provider; it ships what its acceptance tests exchanged with a real tenant. */
const MODULE = "github.com/auth0/terraform-provider-auth0";

/** One request to a real tenant and its answer. */
export interface Interaction {
  readonly number: number;
  readonly method: string;
  readonly url: URL;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: string;
}

/** Where the recordings are, or why they cannot be had here. */
export type Recordings = { readonly folder: string } | { readonly missing: string };

/** Asks Go for the module at the version that `goModFolder` pins; downloads it where it is not there yet. */
export function findRecordings(goModFolder: string): Recordings {
  const go = spawnSync("go", ["mod", "download", "-json", MODULE], {
    cwd: goModFolder,
    env: { ...process.env, GOFLAGS: "", GOWORK: "off" },
    encoding: "utf8",
  });
  if (go.error !== undefined) {
    return { missing: `Go cannot be run (${go.error.message})` };
  }
  if (go.status !== 0) {
    return { missing: `go mod download ${MODULE} failed: ${go.stdout}${go.stderr}` };
  }
  const { Dir: folder } = JSON.parse(go.stdout) as { Dir: string };
  return { folder: join(folder, "test", "data", "recordings") };
}

interface Cassette {
  readonly version: number;
  readonly interactions: readonly {
    readonly id: number;
    readonly request: { readonly method: string; readonly url: string; readonly body: string };
    readonly response: { readonly code: number; readonly body: string };
  }[];
}

/** @param name of the acceptance test, as in `TestAccForm` */
export function readRecording(folder: string, name: string): readonly Interaction[] {
  const cassette = parse(readFileSync(join(folder, `${name}.yaml`), "utf8")) as Cassette;
  if (cassette.version !== 2) {
    throw new Error(`${name}.yaml has cassette version ${cassette.version}; this reader knows 2`);
  }
  return cassette.interactions.map(({ id, request, response }) => ({
    number: id,
    method: request.method,
    url: new URL(request.url),
    requestBody: request.body,
    status: response.code,
    responseBody: response.body,
  }));
}

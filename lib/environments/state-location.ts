import { canonicalHost } from "../tenant-domain";

/** Where the state of a stack lies, in one spelling. */
export interface StateLocation {
  /** As the text of a problem names it. */
  readonly text: string;
  /** Server, bucket, organization or account; undefined where only the environment of a run says which. */
  readonly place: string | undefined;
  /** What the state is called there. */
  readonly name: string;
  /** Of workspaces that are found by their tags. */
  readonly tags?: readonly string[];
}

/** A state that is called `name` at `place`, as in a path. */
export function pathLocation(place: string, name: string): StateLocation {
  return { text: `${place}/${name}`, place, name };
}

/** Whether one may be where the other is. Of workspaces by tags: whether those of one are all among those of the other. */
export function isSameState(one: StateLocation, other: StateLocation): boolean {
  const isSamePlace = one.place === undefined || other.place === undefined || one.place === other.place;
  if (!isSamePlace || one.name !== other.name) {
    return false;
  }
  const [tags, others] = [one.tags ?? [], other.tags ?? []];
  return tags.every((tag) => others.includes(tag)) || others.every((tag) => tags.includes(tag));
}

/** The server that speaks S3's protocol: Amazon's is one, whatever the region, for a bucket's name is taken only once. */
export function s3Server(endpoint = "https://s3.amazonaws.com"): string {
  if (!URL.canParse(endpoint)) {
    return endpoint.toLowerCase();
  }
  const { protocol, host, pathname } = new URL(endpoint);
  if (/^s3(?:[.-].*)?\.amazonaws\.com(?::443)?$/.test(host)) {
    return "s3:/";
  }
  return `${protocol}//${canonicalHost(host)}${pathname.replace(/\/+$/, "")}`;
}

/**
 * The database of a connection string, a URL or `host=… dbname=…`, whoever connects to it.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 */
export function postgresDatabase(connStr: string): string {
  const settings = postgresSettings(connStr);
  const { user = "", host = "localhost", port = "5432", dbname = user } = settings;
  return `postgres://${host.startsWith("/") ? host : canonicalHost(host)}:${port}/${dbname}`;
}

function postgresSettings(connStr: string): Readonly<Record<string, string | undefined>> {
  if (URL.canParse(connStr)) {
    const { hostname, port, pathname, username, searchParams } = new URL(connStr);
    const parts = { host: hostname, port, dbname: decodeURIComponent(pathname.slice(1)), user: username };
    return given({ ...parts, ...Object.fromEntries(searchParams) });
  }
  const pairs = connStr.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/g);
  return given(
    Object.fromEntries([...pairs].map(([, name = "", quoted, bare]) => [name, unescaped(quoted ?? bare ?? "")])),
  );
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, "$1");
}

function given(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}

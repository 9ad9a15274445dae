import type { Interaction } from "./recordings";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The tenant that answers the replayed requests. */
export interface Replayed {
  /** `host:port` */
  readonly domain: string;
  readonly request: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
}

/** In what one answer differs from the recorded one; none: they agree. */
export interface Comparison {
  readonly number: number;
  readonly differences: readonly string[];
}

/**
 * Sends the recorded requests in their order and compares each answer.
 *
 * Ids that the two sides gave to the same thing are matched when they first appear; from then on they must appear in the same places.
 */
export async function replay(interactions: readonly Interaction[], tenant: Replayed): Promise<readonly Comparison[]> {
  const matched = new MatchedIds();
  const comparisons: Comparison[] = [];
  for (const { number, method, url, requestBody, status, responseBody } of interactions) {
    const ours = (text: string): string => matched.translate(text).replaceAll(url.host, tenant.domain);
    const ask = () =>
      tenant.request(method, ours(`${url.pathname}${url.search}`), parse(ours(requestBody)) ?? undefined);
    const recorded = parse(responseBody.replaceAll(url.host, tenant.domain));
    let answer = await ask();
    while (method === "GET" && ENDED.includes(buildOf(recorded)) && UNDER_WAY.includes(buildOf(answer.body))) {
      answer = await ask();
    }
    const differences =
      answer.status === status
        ? compare(recorded, answer.body as Json | undefined, "", matched)
        : [`status: recorded ${status}, here ${answer.status}`];
    comparisons.push({ number, differences: [...new Set(differences)] });
  }
  return comparisons;
}

/** The status of an Action's build. */
function buildOf(body: unknown): string {
  return String((body as { readonly status?: unknown } | null | undefined)?.status);
}

function parse(body: string): Json | undefined {
  return body.trim() === "" ? undefined : (JSON.parse(body) as Json);
}

function compare(recorded: Json | undefined, here: Json | undefined, path: string, matched: MatchedIds): string[] {
  if (Array.isArray(recorded) && Array.isArray(here)) {
    if (recorded.length !== here.length) {
      return [`\`${path}\`: recorded ${recorded.length} items, here ${here.length}`];
    }
    return recorded.flatMap((item, index) => compare(item, here[index], `${path}[]`, matched));
  }
  if (isObject(recorded) && isObject(here)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(here)]);
    return [...keys].flatMap((key) => {
      const inner = path === "" ? key : `${path}.${key}`;
      if (isWrittenByRecorder(recorded[key])) {
        return [];
      }
      if (!Object.hasOwn(here, key)) {
        return [`\`${inner}\`: only recorded`];
      }
      if (!Object.hasOwn(recorded, key)) {
        return [`\`${inner}\`: only here`];
      }
      return compare(recorded[key], here[key], inner, matched);
    });
  }
  return agree(recorded, here, matched) ? [] : [`\`${path}\`: recorded ${show(recorded)}, here ${show(here)}`];
}

function agree(recorded: Json | undefined, here: Json | undefined, matched: MatchedIds): boolean {
  if (typeof recorded !== "string" || typeof here !== "string") {
    return recorded === here;
  }
  if (recorded === REDACTED) {
    return here !== "";
  }
  if (isUnderWay(recorded) || isUnderWay(here)) {
    return isBuildStatus(recorded) && isBuildStatus(here);
  }
  const form = FORMS.find((known) => known.pattern.test(recorded) || known.pattern.test(here));
  if (form === undefined) {
    return recorded === here;
  }
  return form.pattern.test(recorded) && form.pattern.test(here) && (!form.isId || matched.match(recorded, here));
}

const REDACTED = "[REDACTED]";

/** The recorder puts these signing keys into every answer of one client, whether the tenant had told of any or not. */
function isWrittenByRecorder(recorded: Json | undefined): boolean {
  return JSON.stringify(recorded) === JSON.stringify([{ cert: REDACTED }]);
}

/** What no two tenants can have the same of: compared by its form. */
const FORMS: readonly { readonly pattern: RegExp; readonly isId: boolean }[] = [
  { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, isId: false },
  { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/, isId: false },
  { pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, isId: true },
  ...["ap", "af", "ac", "cred"].map((prefix) => ({ pattern: new RegExp(`^${prefix}_[0-9A-Za-z]{22}$`), isId: true })),
  ...["con", "cgr"].map((prefix) => ({ pattern: new RegExp(`^${prefix}_[0-9A-Za-z]{16}$`), isId: true })),
  // A client, or the fingerprint of a Vault connection, which is new after each change.
  { pattern: /^[0-9A-Za-z]{32}$/, isId: true },
  // A resource server, and a user of a database connection.
  { pattern: /^[0-9a-f]{24}$/, isId: true },
  { pattern: /^auth0\|[0-9a-f]{24}$/, isId: true },
  // The secret of a client.
  { pattern: /^[0-9A-Za-z_-]{64}$/, isId: false },
];

// How far a build had come when it was asked for is chance; how it ended is not.
const UNDER_WAY = ["pending", "building", "packaged", "retrying"];
const ENDED = ["built", "failed"];

function isUnderWay(value: string): boolean {
  return UNDER_WAY.includes(value);
}

function isBuildStatus(value: string): boolean {
  return UNDER_WAY.includes(value) || ENDED.includes(value);
}

/** Which id here stands for which recorded one; one for one. */
class MatchedIds {
  private readonly here = new Map<string, string>();
  private readonly recorded = new Map<string, string>();

  /** @returns whether the two stand for the same thing, which they do from now on if they were never seen before */
  match(recorded: string, here: string): boolean {
    if (!this.here.has(recorded) && !this.recorded.has(here)) {
      this.here.set(recorded, here);
      this.recorded.set(here, recorded);
    }
    return this.here.get(recorded) === here;
  }

  /** A path or a body with the ids of here. */
  translate(text: string): string {
    let translated = text;
    for (const [recorded, here] of this.here) {
      translated = translated
        .replaceAll(recorded, here)
        .replaceAll(encodeURIComponent(recorded), encodeURIComponent(here));
    }
    return translated;
  }
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

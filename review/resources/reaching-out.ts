import { type Facts, type Finding, finding } from "../finding";
import { type Contact, contactAt, markupIn } from "../html-markup";
import { isSame, texts } from "../json-value";
import type { Resource, Snapshots } from "../plan/snapshot";

/** Of these it is said elsewhere where they lead, and what they run. */
const READ_ELSEWHERE = new Set([
  "auth0_action",
  "auth0_client_credentials",
  "auth0_client_grant",
  "auth0_flow",
  "auth0_flow_vault_connection",
  "auth0_form",
  "auth0_trigger_action",
  "auth0_trigger_actions",
]);

/** Attributes that Auth0 runs itself: scripts of databases, rules and hooks, modules of Actions. */
export const RUN_BY_AUTH0: ReadonlySet<string> = new Set(["code", "script", "custom_scripts"]);

/** Attributes that hold nothing but an address, or a list of such. */
export const ADDRESS = /(?:^|_)(?:callback|destination|endpoint|loc|origin|ur[il])s?$/;

/** Names of APIs, which only look like addresses, and what is shown as it is, if at all. */
const LEADING_NOWHERE = new Set(["audience", "description", "identifier", "resource_server_identifier"]);

type Texts = Facts["resource-reaches-out"]["hosts"];

interface Read {
  /** Where it leads people, with their tokens, or loads from. */
  readonly hosts: Texts;
  /** What browsers run. */
  readonly scripts: Texts;
  readonly code: Texts;
}

/** Other addresses and other code in what else the plan changes of Auth0, whatever that has to do with forms. */
export function reachingOutFindings({ tenant, planned }: Snapshots): Finding[] {
  return [...planned.values()]
    .filter(({ type }) => type.startsWith("auth0_") && !READ_ELSEWHERE.has(type))
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((resource): Finding[] => {
      const { address, type } = resource;
      const old = tenant.get(address);
      const [then, now] = [readOf(old), readOf(resource)];
      const about = { resource: { type, address, name: resource.text("name") }, isNew: old === undefined };
      const hosts = now.hosts.filter(({ text }) => !then.hosts.some((one) => one.text === text));
      const [scripts, code] = [added(then.scripts, now.scripts), added(then.code, now.code)];
      return [
        ...(hosts.length === 0 ? [] : [finding("resource-reaches-out", { address }, { ...about, hosts })]),
        ...(scripts.length === 0 ? [] : [finding("resource-runs-scripts", { address }, { ...about, scripts })]),
        ...(code.length === 0 ? [] : [finding("resource-runs-code", { address }, { ...about, code })]),
      ];
    });
}

function added(before: Texts, after: Texts): Texts {
  return after.filter((one) => !before.some((old) => isSame(old, one)));
}

function readOf(resource: Resource | undefined): Read {
  // What is shown of a part that is known only after the apply is not what is configured for it.
  const open = (resource?.open ?? []).filter(({ path }) => path.length > 1);
  const read = [...texts(resource?.shown ?? {}), ...open.flatMap(({ path, value }) => [...texts(value, path)])].filter(
    ({ path }) => !LEADING_NOWHERE.has(path.at(-1) ?? ""),
  );
  const all = read.map(({ text, path }) => ({
    attribute: attributeAt(path),
    isCode: path.some((key) => RUN_BY_AUTH0.has(key)),
    text,
  }));
  const page = all
    .filter(({ isCode }) => !isCode)
    .map(({ attribute, text }) => {
      const { contacts, code } = markupIn(text);
      return { attribute, hosts: hostsIn(attribute, text, contacts), code };
    });
  return {
    hosts: page.flatMap(({ attribute, hosts }) => hosts.map((text) => ({ attribute, text }))),
    scripts: page.flatMap(({ attribute, code }) => code.map((text) => ({ attribute, text }))),
    code: all.filter(({ isCode, text }) => isCode && text !== "").map(({ attribute, text }) => ({ attribute, text })),
  };
}

/** The names that lead there, without places in lists. */
export function attributeAt(path: readonly string[]): string {
  return path.filter((key) => !/^\d+$/.test(key)).join(".");
}

/** A text says that it is an address by its slashes, an attribute of addresses needs none. */
function hostsIn(attribute: string, text: string, inText: readonly Contact[]): readonly string[] {
  if (!ADDRESS.test(attribute) || hasOpenHost(text)) {
    return inText.map(({ host }) => host);
  }
  const hosts = [...inText, ...contactAt("address", text)].map(({ host }) => host);
  const scheme = /^\s*([a-z][a-z\d+.-]*:)/i.exec(text)?.[1]?.toLowerCase();
  return hosts.length === 0 && scheme !== undefined ? [scheme] : [...new Set(hosts)];
}

/** Whether the host of an address that is configured is known only after the apply: no host has a `(`. */
export function hasOpenHost(address: string): boolean {
  return /^\s*(?:[a-z][a-z\d+.-]*:)?[\\/]*[^\\/?#]*\(/i.test(address);
}

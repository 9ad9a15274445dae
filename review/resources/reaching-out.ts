import { type Facts, type Finding, finding } from "../finding";
import { markupIn } from "../html-markup";
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
const RUN_BY_AUTH0 = new Set(["code", "script", "custom_scripts"]);

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
  const read = [...texts(resource?.shown ?? {})].filter(({ path }) => !LEADING_NOWHERE.has(path.at(-1) ?? ""));
  const all = read.map(({ text, path }) => ({
    attribute: path.filter((key) => !/^\d+$/.test(key)).join("."),
    isCode: path.some((key) => RUN_BY_AUTH0.has(key)),
    text,
  }));
  const page = all.filter(({ isCode }) => !isCode).map(({ attribute, text }) => ({ attribute, ...markupIn(text) }));
  return {
    hosts: page.flatMap(({ attribute, contacts }) => contacts.map(({ host: text }) => ({ attribute, text }))),
    scripts: page.flatMap(({ attribute, code }) => code.map((text) => ({ attribute, text }))),
    code: all.filter(({ isCode, text }) => isCode && text !== "").map(({ attribute, text }) => ({ attribute, text })),
  };
}

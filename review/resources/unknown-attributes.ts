import { type Finding, finding, type Question } from "../finding";
import { texts } from "../json-value";
import type { OpenValue, Snapshots } from "../plan/snapshot";
import { ADDRESS, attributeAt, hasOpenHost, RUN_BY_AUTH0 } from "./reaching-out";
import { nameOf } from "./resources";
import { PROOF, REACH } from "./scopes";

/** Of these it is said elsewhere that they are not known, with what comes of it. */
const TOLD_ELSEWHERE = new Set(["auth0_action", "auth0_flow", "auth0_flow_vault_connection", "auth0_form"]);

/** Attributes that hold pages, or addresses in blocks. */
const PAGES = new Set(["addons", "body", "custom_login_page", "form_template", "html", "oidc_logout", "options"]);

const BOUND = new Set(["action_id", "actions"]);

/** What a reviewer asks of a resource, where the attribute that says it is known only after the apply. */
export function unknownFindings({ planned }: Snapshots): Finding[] {
  return [...planned.values()]
    .filter(({ type }) => type.startsWith("auth0_") && !TOLD_ELSEWHERE.has(type))
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((resource) => {
      const { type, address } = resource;
      const open = resource.open.map((one) => ({ question: questionOf(type, one), attribute: attributeAt(one.path) }));
      const questions = [...new Set(open.flatMap(({ question }) => question ?? []))];
      return questions.map((question) => {
        const attributes = open.filter((one) => one.question === question).map(({ attribute }) => attribute);
        const named = nameOf({ type, address, name: resource.text("name") });
        return finding(
          "attributes-unknown",
          { address },
          { resource: named, attributes: [...new Set(attributes)], question },
        );
      });
    });
}

function questionOf(type: string, { path, value }: OpenValue): Question | undefined {
  const [first = "", last = ""] = [path[0], path.findLast((key) => !/^\d+$/.test(key))];
  const isOpen = value === undefined || [...texts(value)].some(({ text }) => /^\([^()]*\)$/.test(text));
  if (/^auth0_trigger_actions?$/.test(type)) {
    // Which one a reference names is said of the Action that it binds.
    return value === undefined && BOUND.has(first) && last !== "display_name" ? "action" : undefined;
  }
  if ([...(type === "auth0_client_grant" ? REACH : []), ...(PROOF[type] ?? [])].includes(first)) {
    return isOpen ? "access" : undefined;
  }
  if (path.some((key) => RUN_BY_AUTH0.has(key))) {
    return isOpen ? "code" : undefined;
  }
  if (ADDRESS.test(last)) {
    return value === undefined || [...texts(value)].some(({ text }) => hasOpenHost(text)) ? "leads" : undefined;
  }
  return isOpen && PAGES.has(last) ? "leads" : undefined;
}

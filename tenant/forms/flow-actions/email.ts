import { objectParam, textParam } from "./params";
import type { RunAction } from "./run-action";

/** Auth0's own lists are not public; these are the best known of each kind. */
const FREE = new Set([
  ...[
    "aol.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
  ],
  ...[
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "web.de",
    "yahoo.co.jp",
    "yahoo.com",
    "ymail.com",
  ],
]);
const DISPOSABLE = new Set([
  ...["10minutemail.com", "guerrillamail.com", "maildrop.cc", "mailinator.com", "mailnator.com", "sharklasers.com"],
  ...["temp-mail.org", "trashmail.com", "yopmail.com"],
]);

/** @see https://auth0.com/docs/customize/forms/flows/integrations/data-verification#verify-email-address */
export const EMAIL_ACTIONS: Readonly<Record<string, RunAction>> = {
  VERIFY_EMAIL: ({ params }) => {
    const email = textParam(params, "email").toLowerCase();
    const rules = params.rules === undefined ? {} : objectParam(params, "rules");
    const [, name, domain = ""] = /^([^\s@]+)@([^\s@]+)$/.exec(email) ?? [];
    const listed = (list: string) => {
      const domains = rules[list];
      return Array.isArray(domains) ? domains.map((one) => String(one).toLowerCase()) : [];
    };
    const allowed = listed("allowlist");
    const causes: readonly (readonly [boolean, string])[] = [
      [name === undefined, "INVALID_EMAIL"],
      [rules.block_free_emails === true && FREE.has(domain), "FREE_EMAIL"],
      [rules.block_disposable_emails === true && DISPOSABLE.has(domain), "DISPOSABLE_EMAIL"],
      [rules.block_aliases === true && name?.includes("+") === true, "ALIAS"],
      [allowed.length > 0 && !allowed.includes(domain), "NOT_ALLOWED"],
      [listed("blocklist").includes(domain), "BLOCKLISTED"],
    ];
    const cause = causes.find(([isSo]) => isSo)?.[1] ?? null;
    return {
      output: { valid: cause === null, cause },
      ...(rules.require_mx_record === true && {
        warning: "nobody was asked for the MX record: no request leaves the local tenant",
      }),
    };
  },
};

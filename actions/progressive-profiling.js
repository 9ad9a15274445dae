/**
 * Shows the progressive profiling form at a login where an answer is still missing from `user_metadata`.
 *
 * Which stage is shown, and that it is saved, is up to the form.
 */

/** Id of the form. The stack that deploys this file puts its own values here: what a login runs is what a plan shows. */
const FORM_ID = "ap_example";

/** Keys of `user_metadata` to look for, likewise. */
const METADATA_KEYS = ["job_title", "company_name"];

/**
 * Protocols of logins in which a person sits before a browser. Everything else, such as a refresh token or a password
 * grant, would fail if a page had to be shown.
 */
const PROTOCOLS_WITH_PAGES = [
  "oidc-basic-profile",
  "oidc-implicit-profile",
  "oidc-hybrid-profile",
  "oauth2-device-code",
  "samlp",
  "wsfed",
];

/**
 * @param {import("./post-login").Event} event
 * @returns {boolean}
 */
function canShowPage(event) {
  if (event.request.query?.prompt === "none") {
    return false;
  }
  return PROTOCOLS_WITH_PAGES.includes(event.transaction?.protocol ?? "");
}

/**
 * Missing as the form's router sees it: HAS_NO_VALUE.
 *
 * @param {import("./post-login").Event} event
 * @returns {boolean}
 */
function isAnswerMissing(event) {
  const metadata = event.user.user_metadata ?? {};
  return METADATA_KEYS.some((key) => {
    const answer = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    return answer === undefined || answer === null || answer === "";
  });
}

/**
 * Whatever goes wrong, the login goes on without questions: profiling keeps nobody out.
 *
 * @param {import("./post-login").Event} event
 * @param {import("./post-login").PostLoginAPI} api
 */
exports.onExecutePostLogin = async (event, api) => {
  try {
    if (canShowPage(event) && isAnswerMissing(event)) {
      api.prompt.render(FORM_ID);
    }
  } catch (error) {
    console.error("progressive profiling asks nothing at this login:", error);
  }
};

/**
 * The login goes on here after the form. Without this handler Auth0 has nowhere to go on to.
 */
exports.onContinuePostLogin = async () => {};

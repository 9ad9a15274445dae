/**
 * Shows the progressive profiling form at a login where an answer is still missing from `user_metadata`.
 *
 * Secrets: FORM_ID, the id of the form; METADATA_KEYS, the keys to look for, separated by commas.
 * Which stage is shown, and that it is saved, is up to the form.
 */

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
  return event.secrets.METADATA_KEYS.split(",").some((key) => {
    const answer = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    return answer === undefined || answer === null || answer === "";
  });
}

/**
 * @param {import("./post-login").Event} event
 * @param {import("./post-login").PostLoginAPI} api
 */
exports.onExecutePostLogin = async (event, api) => {
  if (!canShowPage(event)) {
    return;
  }
  if (!isAnswerMissing(event)) {
    return;
  }
  api.prompt.render(event.secrets.FORM_ID);
};

/**
 * The login goes on here after the form. Without this handler Auth0 has nowhere to go on to.
 */
exports.onContinuePostLogin = async () => {};

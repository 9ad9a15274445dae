/** Shows the notice, and how many logins with a password are left of ten. */

const FORM_ID = "ap_example";

exports.onExecutePostLogin = async (event, api) => {
  if (event.transaction?.protocol === "oidc-basic-profile") {
    api.prompt.render(FORM_ID, { vars: { logins_left: Math.max(0, 10 - event.stats.logins_count) } });
  }
};

exports.onContinuePostLogin = async () => {};

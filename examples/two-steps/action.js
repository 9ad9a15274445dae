/** Asks at every login what the application may do, and keeps the answers. */

const FORM_ID = "ap_example";

exports.onExecutePostLogin = async (event, api) => {
  if (event.transaction?.protocol !== "oidc-basic-profile") {
    return;
  }
  const { logo_uri: clientLogo = "" } = event.client.metadata ?? {};
  const { patients: authorizedPatients = "" } = event.user.app_metadata ?? {};
  const requestedScopes = (event.transaction.requested_scopes ?? []).filter((scope) => scope !== "openid").join();
  api.prompt.render(FORM_ID, { vars: { authorizedPatients, clientLogo, requestedScopes } });
};

exports.onContinuePostLogin = async (event, api) => {
  const { authorized_scopes, authorized_patients } = event.prompt?.fields ?? {};
  api.user.setAppMetadata("authorized_scopes", authorized_scopes);
  api.user.setAppMetadata("authorized_patients", authorized_patients);
};

/** Shows the notice to who comes by another connection than the new one. */

const FORM_ID = "ap_example";

exports.onExecutePostLogin = async (event, api) => {
  if (event.transaction?.protocol === "oidc-basic-profile" && event.connection.name !== "new-directory") {
    api.prompt.render(FORM_ID, { fields: { connection_type: event.connection.name } });
  }
};

exports.onContinuePostLogin = async () => {};

import type { LocalTenant } from "./local-tenant";

const CODE = `/**
 * Shows the form while something is missing.
 */
exports.onExecutePostLogin = async (event, api) => {
  const FORM_ID = '##FORM##';
  const { job_title, company_name } = event.user.user_metadata || {};
  if (!job_title || !company_name) {
    console.log(\`asks \${event.user.email} %{as ever}\`);
    api.prompt.render(FORM_ID);
  }
};

exports.onContinuePostLogin = async (event, api) => {};
`;

const missing = (key: string) => ({
  operator: "AND",
  operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }],
});
const text = (id: string, label: string) => ({
  id,
  category: "FIELD",
  type: "TEXT",
  label,
  required: true,
  sensitive: false,
  config: { multiline: false },
});
const button = (id: string) => ({ id, category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } });

/** Sends what `a0deploy import` sends for the article's set-up: its names for ids are resolved, and each thing is made by a request. */
export async function fillByDeployCli(tenant: LocalTenant): Promise<void> {
  const create = async (path: string, body: object) => {
    const reply = await tenant.request("POST", `/api/v2/${path}`, body);
    if (reply.status >= 300) {
      throw new Error(`POST ${path} is answered with ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    return reply.body;
  };
  const audience = `https://${tenant.domain}/api/v2/`;
  const client = await create("clients", {
    name: "Flow writer",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  const { client_id, client_secret } = client;
  await create("client-grants", { client_id, audience, scope: ["read:users", "update:users"] });
  const { id: connection } = await create("flows/vault/connections", {
    name: "Progressive Profiling M2M",
    app_id: "AUTH0",
    setup: { type: "OAUTH_APP", client_id, client_secret, domain: tenant.domain, audience },
  });
  const keys = ["job_title", "company_name", "company_size"];
  const { id: flow } = await create("flows", {
    name: "Update user_metadata",
    actions: [
      {
        id: "updateUser_j0M1",
        type: "AUTH0",
        action: "UPDATE_USER",
        allow_failure: false,
        mask_output: false,
        params: {
          connection_id: connection,
          user_id: "{{context.user.user_id}}",
          changes: {
            user_metadata: {
              ...Object.fromEntries(keys.map((key) => [key, `{{fields.${key}}}`])),
              phone_number: "{{fields.phone_number.international_number}}",
            },
          },
        },
      },
    ],
  });
  const { id: form } = await create("forms", {
    name: "Progressive Profiling",
    languages: { primary: "en" },
    start: { next_node: "router_MO3B", coordinates: { x: -221, y: -46 } },
    nodes: [
      {
        id: "router_MO3B",
        type: "ROUTER",
        alias: "Check missing data",
        coordinates: { x: 65, y: -76 },
        config: {
          rules: [
            {
              id: "id_1559412864263",
              alias: "Missing profile data",
              condition: missing("job_title"),
              next_node: "step_4iwC",
            },
            {
              id: "id_9609168559669",
              alias: "Missing company data",
              condition: missing("company_name"),
              next_node: "step_JCbi",
            },
          ],
          fallback: "$ending",
        },
      },
      {
        id: "step_4iwC",
        type: "STEP",
        alias: "Profile details",
        coordinates: { x: 483, y: -527 },
        config: {
          components: [
            {
              id: "rich_text_hPsU",
              category: "BLOCK",
              type: "RICH_TEXT",
              config: { content: "<h2>Tell us a bit about you</h2><p>Please complete your profile & go on.</p>" },
            },
            text("job_title", "Job title"),
            {
              id: "phone_number",
              category: "FIELD",
              type: "TEL",
              label: "Phone (optional)",
              required: false,
              sensitive: false,
              config: { country_picker: true },
            },
            button("next_button_YKS2"),
          ],
          next_node: "flow_NLtw",
        },
      },
      {
        id: "step_JCbi",
        type: "STEP",
        alias: "Company details",
        coordinates: { x: 496, y: 46 },
        config: {
          components: [
            {
              id: "rich_text_TkQM",
              category: "BLOCK",
              type: "RICH_TEXT",
              config: { content: "<h2>Tell us a bit about your company</h2>" },
            },
            text("company_name", "Company name"),
            {
              id: "company_size",
              category: "FIELD",
              type: "DROPDOWN",
              label: "Company size",
              required: true,
              sensitive: false,
              config: { multiple: false, options: ["1", "2-5", "6-10"].map((size) => ({ label: size, value: size })) },
            },
            button("next_button_YxwF"),
          ],
          next_node: "flow_NLtw",
        },
      },
      {
        id: "flow_NLtw",
        type: "FLOW",
        alias: "Update user_metadata",
        coordinates: { x: 1246, y: -19 },
        config: { flow_id: flow, next_node: "$ending" },
      },
    ],
    ending: { resume_flow: true, coordinates: { x: 1728, y: 61 } },
  });
  const { id: action } = await create("actions/actions", {
    name: "Progressive Profiling",
    code: CODE.replace("##FORM##", form),
    dependencies: [],
    runtime: "node22",
    secrets: [{ name: "GREETING", value: "a-secret-greeting" }],
    supported_triggers: [{ id: "post-login", version: "v3" }],
  });
  await tenant.request("GET", `/api/v2/actions/actions/${action}`);
  await create(`actions/actions/${action}/deploy`, {});
  await tenant.request("PATCH", "/api/v2/actions/triggers/post-login/bindings", {
    bindings: [{ ref: { type: "action_name", value: "Progressive Profiling" }, display_name: "Progressive Profiling" }],
  });
}

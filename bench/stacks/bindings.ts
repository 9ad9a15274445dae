/** The resources of main.ts on the raw bindings, as one would write them without the constructs: `bindings.ts OUTDIR [INSTANCES]`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Action } from "@cdktf/provider-auth0/lib/action";
import { Client } from "@cdktf/provider-auth0/lib/client";
import { ClientCredentials } from "@cdktf/provider-auth0/lib/client-credentials";
import { ClientGrant } from "@cdktf/provider-auth0/lib/client-grant";
import { ConnectionClient } from "@cdktf/provider-auth0/lib/connection-client";
import { DataAuth0Connection } from "@cdktf/provider-auth0/lib/data-auth0-connection";
import { DataAuth0Tenant } from "@cdktf/provider-auth0/lib/data-auth0-tenant";
import { Flow } from "@cdktf/provider-auth0/lib/flow";
import { FlowVaultConnection } from "@cdktf/provider-auth0/lib/flow-vault-connection";
import { Form } from "@cdktf/provider-auth0/lib/form";
import { Auth0Provider } from "@cdktf/provider-auth0/lib/provider";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { App, Fn, TerraformStack } from "cdktf";

const [, , outdir = "cdktf.out", instances = "1"] = process.argv;
const app = new App({ outdir });
const stack = new TerraformStack(app, "article");
new Auth0Provider(stack, "auth0");

const tenant = new DataAuth0Tenant(stack, "tenant");
const domain = Fn.trimsuffix(Fn.trimprefix(tenant.managementApiIdentifier, "https://"), "/api/v2/");
const sizes = ["1", "2-5", "6-10", "11-50", "51-100", "101-250", "251-500", "501-1,000", "1,001-10,000", "10,001+"];
const options = sizes.map((size) => `{"label":"${size}","value":"${size}"}`).join(",");
const missing = (key: string) =>
  `{"operands":[{"operands":["{{context.user.user_metadata.${key}}}"],"operator":"HAS_NO_VALUE"}],"operator":"AND"}`;
for (let index = 0; index < Number(instances); index++) {
  const writer = new Client(stack, `writer-${index}`, {
    name: "Progressive Profiling",
    description: "Saves what users answer in the progressive profiling form",
    appType: "non_interactive",
    grantTypes: ["client_credentials"],
    oidcConformant: true,
  });
  const credentials = new ClientCredentials(stack, `credentials-${index}`, {
    clientId: writer.id,
    authenticationMethod: "client_secret_post",
  });
  const grant = new ClientGrant(stack, `grant-${index}`, {
    clientId: writer.id,
    audience: tenant.managementApiIdentifier,
    scopes: [
      "read:users",
      "update:users",
      "create:users",
      "read:users_app_metadata",
      "update:users_app_metadata",
      "create:users_app_metadata",
    ],
  });
  const vault = new FlowVaultConnection(stack, `vault-${index}`, {
    name: "Progressive Profiling",
    appId: "AUTH0",
    accountName: domain,
    setup: { type: "OAUTH_APP", client_id: writer.clientId, client_secret: credentials.clientSecret, domain },
    lifecycle: { ignoreChanges: ["account_name"] },
    dependsOn: [grant],
  });
  const flow = new Flow(stack, `flow-${index}`, {
    name: "Update user_metadata",
    actions: `[{"action":"UPDATE_USER","allow_failure":true,"id":"update_user","mask_output":false,"params":{"changes":{"user_metadata":{"company_name":"{{fields.company_name}}","company_size":"{{fields.company_size}}","job_title":"{{fields.job_title}}","phone_number":"{{fields.phone_number.international_number}}"}},"connection_id":"${vault.id}","user_id":"{{context.user.user_id}}"},"type":"AUTH0"}]`,
  });
  const form = new Form(stack, `form-${index}`, {
    name: "Progressive Profiling",
    languages: [{ primary: "en" }],
    start: '{"coordinates":{"x":0,"y":0},"next_node":"router"}',
    nodes: [
      `[{"alias":"Check missing data","config":{"fallback":"$ending","rules":[{"alias":"Missing Profile Data","condition":${missing("job_title")},"id":"missing_job_title","next_node":"step_job_title"},{"alias":"Missing Company Data","condition":${missing("company_name")},"id":"missing_company_name","next_node":"step_company_name"}]},"coordinates":{"x":500,"y":0},"id":"router","type":"ROUTER"}`,
      `{"alias":"Save the answers","config":{"flow_id":"${flow.id}","next_node":"$ending"},"coordinates":{"x":1500,"y":0},"id":"save_answers","type":"FLOW"}`,
      '{"alias":"Missing Profile Data","config":{"components":[{"category":"BLOCK","config":{"content":"\\u003ch2\\u003eTell us about your work\\u003c/h2\\u003e\\u003cp\\u003eTwo questions, and you are in.\\u003c/p\\u003e"},"id":"job_title_rich_text","type":"RICH_TEXT"},{"category":"FIELD","config":{"multiline":false},"id":"job_title","label":"Job title","required":true,"sensitive":false,"type":"TEXT"},{"category":"FIELD","config":{"country_picker":true},"id":"phone_number","label":"Phone (optional)","required":false,"sensitive":false,"type":"TEL"},{"category":"BLOCK","config":{"text":"Continue"},"id":"job_title_next_button","type":"NEXT_BUTTON"}],"next_node":"save_answers"},"coordinates":{"x":1000,"y":0},"id":"step_job_title","type":"STEP"}',
      `{"alias":"Missing Company Data","config":{"components":[{"category":"BLOCK","config":{"content":"\\u003ch2\\u003eAnd about your company\\u003c/h2\\u003e\\u003cp\\u003eTwo last questions, and your profile is complete.\\u003c/p\\u003e"},"id":"company_name_rich_text","type":"RICH_TEXT"},{"category":"FIELD","config":{"multiline":false},"id":"company_name","label":"Company name","required":true,"sensitive":false,"type":"TEXT"},{"category":"FIELD","config":{"multiple":false,"options":[${options}]},"id":"company_size","label":"Company size","required":true,"sensitive":false,"type":"DROPDOWN"},{"category":"BLOCK","config":{"text":"Continue"},"id":"company_name_next_button","type":"NEXT_BUTTON"}],"next_node":"save_answers"},"coordinates":{"x":1000,"y":600},"id":"step_company_name","type":"STEP"}]`,
    ].join(","),
    ending: '{"coordinates":{"x":2000,"y":0},"resume_flow":true}',
  });
  const action = new Action(stack, `action-${index}`, {
    name: "Progressive Profiling",
    code: readFileSync(join(__dirname, "..", "..", "actions", "progressive-profiling.js"), "utf8").replace(
      "ap_example",
      form.id,
    ),
    runtime: "node22",
    deploy: true,
    supportedTriggers: { id: "post-login", version: "v3" },
  });
  new TriggerAction(stack, `binding-${index}`, {
    trigger: "post-login",
    actionId: action.id,
    displayName: "Progressive Profiling",
  });
}
const sample = new Client(stack, "sample", {
  name: "Sample Application",
  appType: "regular_web",
  grantTypes: ["authorization_code", "refresh_token"],
  callbacks: ["http://localhost:3000/callback"],
  allowedLogoutUrls: ["http://localhost:3000"],
  oidcConformant: true,
  jwtConfiguration: { alg: "RS256" },
});
const database = new DataAuth0Connection(stack, "database", { name: "Username-Password-Authentication" });
new ConnectionClient(stack, "sample-connection", { connectionId: database.id, clientId: sample.id });
app.synth();

import type { FormNode } from "auth0-forms";
import {
  actionsIn,
  actionVersionsIn,
  clientsIn,
  flowExecutionsIn,
  flowsIn,
  formsIn,
  passwordsIn,
  triggerBindingsIn,
  usersIn,
  vaultConnectionsIn,
} from "../../tenant/documents/collections";
import type { Store } from "../../tenant/documents/store";
import type { LoginRecord, RanAction, ShownForm } from "../../tenant/login/login-log";
import { loginsIn } from "../../tenant/login/login-log";
import { newClient } from "../../tenant/management/clients";

/** What no page may show; each stands somewhere in the planted tenant. */
export const SECRETS = {
  client: "planted-client-secret",
  vault: "planted-vault-secret",
  action: "planted-action-secret",
  passwordHash: "planted-password-hash",
  flowPassword: "planted-flow-password",
  flowToken: "planted-flow-token",
  executedToken: "planted-executed-token",
  recaptcha: "planted-recaptcha-secret",
} as const;

/** What may be in any name that someone sends. */
export const HOSTILE = `<script>alert(1)</script>"'&amp;`;

export const IDS = {
  form: "ap_0000000000000000000001",
  flow: "af_0000000000000000000001",
  vault: "ac_0000000000000000000001",
  execution: "00000000-0000-4000-8000-00000000ec01",
  executionThatWentOn: "00000000-0000-4000-8000-00000000ec02",
  action: "00000000-0000-4000-8000-00000000ac01",
  version: "00000000-0000-4000-8000-00000000ac02",
  login: "planted-login",
  client: "plantedclient00000000000000000001",
  jane: "auth0|000000000000000000000001",
  hostile: `auth0|${HOSTILE}`,
} as const;

const AT = "2026-11-23T03:00:00.000Z";
const TIMES = { created_at: AT, updated_at: AT } as const;

/** A tenant as it is after some logins, with something of everything, hostile names and secrets. */
export function plant(store: Store): void {
  plantForm(store);
  plantFlow(store);
  plantAction(store);
  plantPeople(store);
}

function plantForm(store: Store): void {
  const missing = (key: string) => ({
    operator: "AND",
    operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }],
  });
  const nodes: readonly FormNode[] = [
    {
      id: "router",
      type: "ROUTER",
      alias: "Check missing data",
      config: {
        rules: [
          { id: "profile", alias: "Missing Profile Data", condition: missing("job_title"), next_node: "step_profile" },
          { id: "company", alias: HOSTILE, condition: missing("company_name"), next_node: "step_company" },
        ],
        fallback: "$ending",
      },
    },
    { id: "save", type: "FLOW", alias: "Save the answers", config: { flow_id: IDS.flow, next_node: "$ending" } },
    {
      id: "step_profile",
      type: "STEP",
      alias: "Missing Profile Data",
      config: {
        next_node: "save",
        components: [
          { id: "text", category: "BLOCK", type: "RICH_TEXT", config: { content: "<h2>Tell us about your work</h2>" } },
          { id: "job_title", category: "FIELD", type: "TEXT", label: "Job title", required: true },
          { id: "phone_number", category: "FIELD", type: "TEL", label: "Phone", config: { country_picker: true } },
          { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } },
        ],
      },
    },
    {
      id: "step_company",
      type: "STEP",
      alias: HOSTILE,
      config: {
        next_node: "save",
        components: [
          { id: "company_name", category: "FIELD", type: "TEXT", label: HOSTILE },
          {
            id: "robot",
            category: "WIDGET",
            type: "RECAPTCHA",
            config: { site_key: "site", secret_key: SECRETS.recaptcha },
          },
          { id: "next_company", category: "BLOCK", type: "NEXT_BUTTON", config: { text: HOSTILE } },
        ],
      },
    },
  ];
  formsIn(store).put(IDS.form, {
    id: IDS.form,
    name: HOSTILE,
    languages: { primary: "en" },
    translations: { ja: { components: { job_title: { label: "役職" } } } },
    start: { next_node: "router" },
    nodes,
    ending: { resume_flow: true },
    style: { css: ".af-form { gap: 2rem }" },
    ...TIMES,
  });
}

function plantFlow(store: Store): void {
  vaultConnectionsIn(store).put(IDS.vault, {
    id: IDS.vault,
    app_id: "AUTH0",
    name: "Progressive Profiling Vault",
    setup: { type: "OAUTH_APP", client_id: "x", client_secret: SECRETS.vault, domain: "localhost" },
    fingerprint: "0",
    ...TIMES,
  });
  flowsIn(store).put(IDS.flow, {
    id: IDS.flow,
    name: "Update user_metadata",
    actions: [
      {
        id: "update_user",
        type: "AUTH0",
        action: "UPDATE_USER",
        params: {
          connection_id: IDS.vault,
          user_id: "{{context.user.user_id}}",
          changes: { user_metadata: { job_title: "{{fields.job_title}}" } },
        },
      },
      {
        id: "tell",
        type: "HTTP",
        action: "SEND_REQUEST",
        alias: HOSTILE,
        params: {
          url: "https://example.com/",
          basic: { username: "someone", password: SECRETS.flowPassword },
          headers: { Authorization: `Bearer ${SECRETS.flowToken}` },
        },
      },
    ],
    ...TIMES,
  });
  const execution = {
    flow_id: IDS.flow,
    trace_id: "trace",
    journey_id: "journey",
    debug: {
      actions: [
        {
          id: "update_user",
          type: "AUTH0",
          action: "UPDATE_USER",
          status: "FAILED",
          input: { user_id: IDS.jane, access_token: SECRETS.executedToken },
          error: "403 Insufficient scope",
        },
      ],
    },
    started_at: AT,
    ended_at: AT,
    ...TIMES,
  };
  for (const [id, status] of [
    [IDS.execution, "FAILED"],
    [IDS.executionThatWentOn, "COMPLETED"],
  ] as const) {
    flowExecutionsIn(store).put(id, { id, status, ...execution });
  }
}

function plantAction(store: Store): void {
  const program = {
    code: `exports.onExecutePostLogin = async (event, api) => {\n  console.log('<script>');\n  api.prompt.render("${IDS.form}");\n};\n`,
    dependencies: [],
    runtime: "node22",
    secrets: [{ name: "FORM_ID", value: SECRETS.action, updated_at: AT }],
    supported_triggers: [{ id: "post-login", version: "v3" }],
  };
  const state = { status: "built", ...TIMES } as const;
  actionVersionsIn(store).put(IDS.version, {
    id: IDS.version,
    action_id: IDS.action,
    number: 7,
    ...program,
    ...state,
  });
  actionsIn(store).put(IDS.action, {
    id: IDS.action,
    name: HOSTILE,
    ...program,
    code: "// the next draft\n",
    deployed_version_id: IDS.version,
    all_changes_deployed: false,
    ...state,
  });
  const binding = { id: "binding", action_id: IDS.action, display_name: HOSTILE, ...TIMES };
  triggerBindingsIn(store).put("post-login", { trigger_id: "post-login", bindings: [binding] });
}

function plantPeople(store: Store): void {
  clientsIn(store).put(
    IDS.client,
    newClient(
      { name: "Sample Application", app_type: "regular_web", callbacks: ["http://localhost:3000/callback"] },
      IDS.client,
      SECRETS.client,
      "",
    ),
  );
  const identities = [
    { connection: "Username-Password-Authentication", user_id: "1", provider: "auth0", isSocial: false },
  ];
  usersIn(store).put(IDS.jane, {
    user_id: IDS.jane,
    email: "jane@example.com",
    identities,
    user_metadata: { job_title: "Engineer", phone_number: "+81312345678" },
    app_metadata: { plan: "pro" },
    logins_count: 17,
    last_login: AT,
    ...TIMES,
  });
  passwordsIn(store).put(IDS.jane, { hash: SECRETS.passwordHash });
  usersIn(store).put(IDS.hostile, {
    user_id: IDS.hostile,
    email: HOSTILE,
    name: HOSTILE,
    identities,
    user_metadata: { [HOSTILE]: HOSTILE },
    ...TIMES,
  });
  loginsIn(store).put(IDS.login, login());
}

function login(): LoginRecord {
  const action: RanAction = {
    action_id: IDS.action,
    name: HOSTILE,
    handler: "onExecutePostLogin",
    ran_at: AT,
    milliseconds: 41,
    console: [{ level: "log", time: AT, text: `asks for job_title ${HOSTILE}` }],
    commands: ["render"],
    error: "this Action has failed",
  };
  const form: ShownForm = {
    form_id: IDS.form,
    name: HOSTILE,
    journey_id: "journey",
    steps: ["step_profile"],
    executions: [IDS.execution, IDS.executionThatWentOn].map((id) => ({ flow_id: IDS.flow, id })),
    result: "failed",
    errors: [`403 ${HOSTILE}`],
  };
  return {
    id: IDS.login,
    kind: "sign-up",
    started_at: AT,
    updated_at: AT,
    result: "failed",
    error: "the form has failed",
    user_id: IDS.jane,
    user_name: HOSTILE,
    client_id: IDS.client,
    client_name: "Sample Application",
    connection: "Username-Password-Authentication",
    protocol: "oidc-basic-profile",
    ip: "127.0.0.1",
    user_agent: HOSTILE,
    actions: [action],
    forms: [form],
  };
}

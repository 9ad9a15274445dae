import { Construct } from "constructs";
import { ProgressiveProfiling } from "../../lib";
import { type Exported, envelope, imported, realForm, realForms, withoutEmpty } from "../support/imported-form";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { deployingScopes } from "../support/readme";
import { Workspace } from "../support/terraform";

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  const { client_id, client_secret } = await createManagementClient(tenant, "Deployer", deployingScopes());
  workspace = new Workspace({ ...tenant.env, AUTH0_CLIENT_ID: client_id, AUTH0_CLIENT_SECRET: client_secret });
}, 60_000);

afterAll(async () => {
  workspace.remove();
  await tenant.stop();
});

const TOLD = ["id", "created_at", "updated_at", "embedded_at", "submitted_at", "executed_at", "flow_count", "links"];

async function given(path: string): Promise<Record<string, unknown>> {
  const { body } = await tenant.request("GET", `/api/v2/${path}`);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !TOLD.includes(key)));
}

/** What is given back, with the placeholders of the file. */
async function read({ form, flows }: Exported): Promise<unknown> {
  const { body } = await tenant.request("GET", "/api/v2/forms");
  const { id } = (body.forms ?? body).find(({ name }: { name: string }) => name === form.name);
  let text = JSON.stringify(await given(`forms/${id}`));
  const written = JSON.stringify(form);
  const ids = [...new Set(text.match(/af_\w{22}/g) ?? [])];
  const read = await Promise.all(ids.map(async (one) => [one, await given(`flows/${one}`)] as const));
  const named = read.map(([one, flow]) => {
    const [placeholder = ""] =
      Object.entries(flows).find(([key, { name }]) => name === flow.name && written.includes(key)) ?? [];
    text = text.replaceAll(one, placeholder);
    return [placeholder, JSON.parse(JSON.stringify(flow).replaceAll(/ac_\w{22}/g, "#CONN-1#"))] as const;
  });
  return { form: JSON.parse(text), flows: Object.fromEntries(named) };
}

test("nine forms that are in use are imported and deployed; the Management API gives back what the files have, and nothing is left to do", async () => {
  const all = realForms.map((name) => ({ name, exported: realForm(name), result: imported(envelope(realForm(name))) }));
  workspace.synth((stack) => {
    const { connectionId = "" } = new ProgressiveProfiling(stack, "profiling");
    for (const { name, result } of all) {
      const [module] = result.modules;
      const props = Object.fromEntries((module?.inputs ?? []).map(({ prop }) => [prop, connectionId]));
      const scope = new Construct(stack, name);
      result.define(scope, module?.className ?? "", props);
    }
  });
  workspace.apply();

  for (const { exported } of all) {
    expect(await read(exported)).toEqual(withoutEmpty(exported));
  }
  expect(workspace.plan().changes).toEqual({});
}, 300_000);

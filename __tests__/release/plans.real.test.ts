import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { RELEASED, type ReleasedStack, releasedStack, stackNow, unannounced } from "../support/release";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

/** The resources of an applied stack that another configuration of it would destroy or replace. */
function lost(applied: ReleasedStack, wanted: ReleasedStack): readonly string[] {
  const workspace = new Workspace(tenant.env);
  try {
    workspace.configure(applied);
    workspace.apply();
    workspace.configure(wanted);
    const { changes } = workspace.plan();
    workspace.configure(applied);
    workspace.destroy();
    const destroyed = Object.entries(changes).filter(([, actions]) => actions.includes("delete"));
    return destroyed.map(([address]) => address.replace(/\[.*$/, ""));
  } finally {
    workspace.remove();
  }
}

test.each(RELEASED)("who deployed release %s of %s loses nothing, or CHANGELOG says what", (release, example) => {
  expect(unannounced(lost(releasedStack(release, example), stackNow(example)))).toEqual([]);
});

test("what another type, another name or an attribute that is set once would replace is found", () => {
  const applied = releasedStack("0.1", "hidden-field");
  const { auth0_action: actions, auth0_form: forms, auth0_trigger_action: bindings, ...others } = applied.resource;
  const [[formId, form] = ["", {}]] = Object.entries(forms ?? {});
  const [[bindingId, binding] = ["", {}]] = Object.entries(bindings ?? {});
  const text = JSON.stringify({ auth0_action: actions, ...others }).replaceAll(formId, "renamed");
  const resource = {
    ...JSON.parse(text),
    auth0_form: { renamed: form },
    auth0_trigger_action: { [bindingId]: { ...binding, trigger: "credentials-exchange" } },
  };

  const wanted = JSON.parse(
    JSON.stringify({ ...applied, resource }).replaceAll(`auth0_form.${formId}`, "auth0_form.renamed"),
  );

  expect(lost(applied, wanted)).toEqual([`auth0_form.${formId}`, `auth0_trigger_action.${bindingId}`]);
});

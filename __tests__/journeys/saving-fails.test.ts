import { ProgressiveProfiling, SampleApplication, type WhenSavingFails } from "../../lib";
import { Application, type ApplicationClient } from "../support/application";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { peoplesStages } from "../support/people";
import { Workspace } from "../support/terraform";
import { type VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(120_000);

const PASSWORD = "correct horse 1A";

let tenant: LocalTenant;
let application: Application;
let workspace: Workspace;
let client: ApplicationClient;

beforeAll(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  workspace = new Workspace(tenant.env);
});

afterAll(async () => {
  workspace.remove();
  await Promise.all([tenant.stop(), application.stop()]);
});

async function deploy(whenSavingFails?: WhenSavingFails): Promise<void> {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling", { stages: peoplesStages(), whenSavingFails });
    new SampleApplication(stack, "sample", { url: application.url });
  });
  workspace.apply();
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  client = clients.find(({ name }: { name: string }) => name === "Sample Application");
}

/** A person who has signed up, and who is asked for the role. */
class Person {
  private static count = 0;
  private readonly visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
  private readonly email = `someone-${Person.count++}@example.com`;

  async signUp(): Promise<VisitedPage> {
    const { url } = application.begin(tenant, client, { screen_hint: "signup" });
    return this.visitor.submit(await this.visitor.visit(url), { email: this.email, password: PASSWORD });
  }

  logIn(): Promise<VisitedPage> {
    return this.visitor.visit(application.begin(tenant, client).url);
  }

  answer(form: VisitedPage): Promise<VisitedPage> {
    return this.visitor.submit(form, { "field.role": "Engineer" });
  }

  async metadata(): Promise<unknown> {
    const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(this.email)}`);
    return body[0].user_metadata;
  }
}

const isIn = ({ url }: VisitedPage) => url.startsWith(application.callback);
const asksForRole = ({ html }: VisitedPage) => html.includes('name="field.role"');

async function writersGrant(): Promise<{ id: string; client_id: string; audience: string; scope: string[] }> {
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  const { client_id } = clients.find(({ name }: { name: string }) => name === "Progressive Profiling");
  const { body } = await tenant.request("GET", `/api/v2/client-grants?client_id=${client_id}`);
  return body[0];
}

/** What makes saving fail, and what puts it right again. */
const FAULTS: readonly (readonly [string, () => Promise<() => Promise<unknown>>])[] = [
  [
    "the grant is gone",
    async () => {
      const { id, ...grant } = await writersGrant();
      await tenant.request("DELETE", `/api/v2/client-grants/${id}`);
      return () => tenant.request("POST", "/api/v2/client-grants", grant);
    },
  ],
  [
    "the scope is gone",
    async () => {
      const { id, scope } = await writersGrant();
      await tenant.request("PATCH", `/api/v2/client-grants/${id}`, { scope: ["read:users"] });
      return () => tenant.request("PATCH", `/api/v2/client-grants/${id}`, { scope });
    },
  ],
  [
    "the secret in the Vault is wrong",
    async () => {
      const { client_id } = await writersGrant();
      const { body } = await tenant.request("GET", `/api/v2/clients/${client_id}`);
      await tenant.request("POST", `/api/v2/clients/${client_id}/rotate-secret`);
      return () => tenant.request("PATCH", `/api/v2/clients/${client_id}`, { client_secret: body.client_secret });
    },
  ],
];

describe("by default, people get in", () => {
  beforeAll(() => deploy());

  test.each(FAULTS)("while %s; they are asked again, and their answer is kept once it can be", async (_, breakIt) => {
    const mend = await breakIt();
    const person = new Person();
    const form = await person.signUp();
    expect(asksForRole(form)).toBe(true);

    expect(isIn(await person.answer(form))).toBe(true);
    expect(await person.metadata()).toBeUndefined();
    const again = await person.logIn();
    expect(asksForRole(again)).toBe(true);
    expect(isIn(await person.answer(again))).toBe(true);

    await mend();
    const last = await person.logIn();
    expect(isIn(await person.answer(last))).toBe(true);
    expect(await person.metadata()).toEqual({ role: "Engineer" });
  });
});

describe('with whenSavingFails: "stay", they stay on the form', () => {
  beforeAll(() => deploy("stay"));

  test.each(FAULTS)("while %s; what they typed is kept once it can be", async (_, breakIt) => {
    const mend = await breakIt();
    const person = new Person();
    const form = await person.signUp();

    const stuck = await person.answer(form);
    expect(isIn(stuck)).toBe(false);
    expect(asksForRole(stuck)).toBe(true);
    expect(stuck.html).toMatch(/role="alert"/);
    expect(asksForRole(await person.logIn())).toBe(true);

    await mend();
    expect(isIn(await person.answer(stuck))).toBe(true);
    expect(await person.metadata()).toEqual({ role: "Engineer" });
  });
});

test("whatever someone does to the Action's secrets, logins go on", async () => {
  await deploy();
  const { body } = await tenant.request("GET", "/api/v2/actions/actions");
  const [action] = body.actions;
  await tenant.request("PATCH", `/api/v2/actions/actions/${action.id}`, { secrets: [{ name: "EXTRA", value: "x" }] });
  await tenant.request("GET", `/api/v2/actions/actions/${action.id}`);
  await tenant.request("POST", `/api/v2/actions/actions/${action.id}/deploy`);

  const person = new Person();
  expect(isIn(await person.answer(await person.signUp()))).toBe(true);
  expect(await person.metadata()).toEqual({ role: "Engineer" });

  // As it was before the values stood in the code, the provider would refuse every change now.
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling", { stages: peoplesStages().slice(0, 1) });
    new SampleApplication(stack, "sample", { url: application.url });
  });
  workspace.apply();
  expect(workspace.plan().changes).toEqual({});
  expect(isIn(await person.logIn())).toBe(true);
});

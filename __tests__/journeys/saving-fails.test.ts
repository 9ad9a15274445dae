import { DeployedLogins } from "../support/deployed-logins";
import { peoplesStages } from "../support/people";
import type { VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(120_000);

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
});

afterAll(() => logins?.stop());

/** A person who has signed up, and who is asked for the role. */
class Person {
  private static count = 0;

  private constructor(
    private readonly email: string,
    private readonly visitor: Visitor,
    readonly form: VisitedPage,
  ) {}

  static async signUp(): Promise<Person> {
    const email = `someone-${Person.count++}@example.com`;
    const { visitor, page } = await logins.come(email, true);
    return new Person(email, visitor, page);
  }

  logIn(): Promise<VisitedPage> {
    return this.visitor.visit(logins.application.begin(logins.tenant, logins.client).url);
  }

  answer(form: VisitedPage): Promise<VisitedPage> {
    return this.visitor.submit(form, { "field.role": "Engineer" });
  }

  async metadata(): Promise<unknown> {
    return (await logins.userWith(this.email)).user_metadata;
  }
}

const asksForRole = (page: VisitedPage) => logins.askedFor(page).includes("role");

async function writersGrant(): Promise<{ id: string; client_id: string; audience: string; scope: string[] }> {
  const { body: clients } = await logins.tenant.request("GET", "/api/v2/clients");
  const { client_id } = clients.find(({ name }: { name: string }) => name === "Progressive Profiling");
  const { body } = await logins.tenant.request("GET", `/api/v2/client-grants?client_id=${client_id}`);
  return body[0];
}

/** What makes saving fail, and what puts it right again. */
const FAULTS: readonly (readonly [string, () => Promise<() => Promise<unknown>>])[] = [
  [
    "the grant is gone",
    async () => {
      const { id, ...grant } = await writersGrant();
      await logins.tenant.request("DELETE", `/api/v2/client-grants/${id}`);
      return () => logins.tenant.request("POST", "/api/v2/client-grants", grant);
    },
  ],
  [
    "the scope is gone",
    async () => {
      const { id, scope } = await writersGrant();
      await logins.tenant.request("PATCH", `/api/v2/client-grants/${id}`, { scope: ["read:users"] });
      return () => logins.tenant.request("PATCH", `/api/v2/client-grants/${id}`, { scope });
    },
  ],
  [
    "the secret in the Vault is wrong",
    async () => {
      const { client_id } = await writersGrant();
      const { body } = await logins.tenant.request("GET", `/api/v2/clients/${client_id}`);
      await logins.tenant.request("POST", `/api/v2/clients/${client_id}/rotate-secret`);
      return () =>
        logins.tenant.request("PATCH", `/api/v2/clients/${client_id}`, { client_secret: body.client_secret });
    },
  ],
];

describe("by default, people get in", () => {
  beforeAll(() => logins.deploy({ stages: peoplesStages() }));

  test.each(FAULTS)("while %s; they are asked again, and their answer is kept once it can be", async (_, breakIt) => {
    const mend = await breakIt();
    const person = await Person.signUp();
    expect(asksForRole(person.form)).toBe(true);

    expect(logins.isIn(await person.answer(person.form))).toBe(true);
    expect(await person.metadata()).toBeUndefined();
    const again = await person.logIn();
    expect(asksForRole(again)).toBe(true);
    expect(logins.isIn(await person.answer(again))).toBe(true);

    await mend();
    const last = await person.logIn();
    expect(logins.isIn(await person.answer(last))).toBe(true);
    expect(await person.metadata()).toEqual({ role: "Engineer" });
  });
});

describe('with whenSavingFails: "stay", they stay on the form', () => {
  beforeAll(() => logins.deploy({ stages: peoplesStages(), whenSavingFails: "stay" }));

  test.each(FAULTS)("while %s; what they typed is kept once it can be", async (_, breakIt) => {
    const mend = await breakIt();
    const person = await Person.signUp();

    const stuck = await person.answer(person.form);
    expect(logins.isIn(stuck)).toBe(false);
    expect(asksForRole(stuck)).toBe(true);
    expect(stuck.html).toMatch(/role="alert"/);
    expect(asksForRole(await person.logIn())).toBe(true);

    await mend();
    expect(logins.isIn(await person.answer(stuck))).toBe(true);
    expect(await person.metadata()).toEqual({ role: "Engineer" });
  });
});

test("whatever someone does to the Action's secrets, logins go on", async () => {
  logins.deploy({ stages: peoplesStages() });
  const { body } = await logins.tenant.request("GET", "/api/v2/actions/actions");
  const [action] = body.actions;
  await logins.tenant.request("PATCH", `/api/v2/actions/actions/${action.id}`, {
    secrets: [{ name: "EXTRA", value: "x" }],
  });
  await logins.tenant.request("GET", `/api/v2/actions/actions/${action.id}`);
  await logins.tenant.request("POST", `/api/v2/actions/actions/${action.id}/deploy`);

  const person = await Person.signUp();
  expect(logins.isIn(await person.answer(person.form))).toBe(true);
  expect(await person.metadata()).toEqual({ role: "Engineer" });

  // As it was before the values stood in the code, the provider would refuse every change now.
  logins.deploy({ stages: peoplesStages().slice(0, 1) });
  expect(logins.workspace.plan().changes).toEqual({});
  expect(logins.isIn(await person.logIn())).toBe(true);
});

import { TerraformVariable } from "cdktf";
import { nextButton, ProgressiveProfiling, Stage, text } from "../../lib";
import type { ApplicationClient } from "../support/application";
import { DeployedLogins } from "../support/deployed-logins";

jest.setTimeout(120_000);

const EMAIL = "ada@example.com";

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
  logins.workspace.synth((stack) => {
    // The id of an application is known only when it is applied, where a stack defines it.
    const client = new TerraformVariable(stack, "client", { default: logins.client.client_id });
    new ProgressiveProfiling(stack, "profiling", {
      ask: { fromLogin: 3, atMostEvery: { days: 7 }, clients: { only: [client.stringValue] } },
      saveBy: "action",
      stages: ["role", "team"].map((id) =>
        Stage.untilAnswered(id, {
          skippable: true,
          components: [text(id, { label: id, required: true }), nextButton()],
        }),
      ),
    });
  });
  logins.workspace.apply();
});

afterAll(() => logins?.stop());

const user = () => logins.userWith(EMAIL);

/** As if all that the Action remembers were so many days longer ago. */
async function letPass(days: number): Promise<void> {
  const { user_id, app_metadata } = await user();
  const earlier = JSON.parse(JSON.stringify(app_metadata.progressive_profiling), (_, value) =>
    typeof value === "string" ? new Date(Date.parse(value) - days * 24 * 60 * 60 * 1000).toISOString() : value,
  );
  const { status } = await logins.tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(user_id)}`, {
    app_metadata: { progressive_profiling: earlier },
  });
  expect(status).toBe(200);
}

test("what was deployed needs no client, no Vault connection and no flow, and a second plan has nothing to do", async () => {
  expect(logins.workspace.plan().changes).toEqual({});
  const { body: clients } = await logins.tenant.request("GET", "/api/v2/clients");
  // The client that deploys was there before.
  const made = clients.filter(({ client_id }: ApplicationClient) => client_id !== logins.tenant.env.AUTH0_CLIENT_ID);
  expect(made.map(({ client_id }: ApplicationClient) => client_id)).toEqual([logins.client.client_id]);
  expect((await logins.tenant.request("GET", "/api/v2/flows")).body).toEqual([]);
  expect((await logins.tenant.request("GET", "/api/v2/flows/vault/connections")).body).toEqual([]);
});

test("somebody is asked from the third login on, once in 7 days, and never again once all is answered", async () => {
  // login 1 and 2: not yet
  expect(logins.isIn((await logins.come(EMAIL, true)).page)).toBe(true);
  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);
  expect((await user()).app_metadata).toBeUndefined();

  // login 3: asked for the first answer, which the Action saves
  const third = await logins.come(EMAIL);
  expect(logins.askedFor(third.page)).toEqual(["role"]);
  expect(logins.isIn(await third.visitor.submit(third.page, { "field.role": "Engineer" }))).toBe(true);
  const after = await user();
  const [form] = Object.keys(after.app_metadata.progressive_profiling);
  const asked = after.app_metadata.progressive_profiling[form ?? ""];
  expect(after.user_metadata).toEqual({ role: "Engineer" });
  expect(after.app_metadata).toEqual({
    progressive_profiling: { [`${form}`]: { asked_at: asked.asked_at, stages: { role: asked.asked_at } } },
  });
  expect(Date.now() - Date.parse(asked.asked_at)).toBeLessThan(60_000);

  // login 4, and 5 six days later: left alone
  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);
  await letPass(6);
  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);

  // login 6, after 7 days: asked for the second answer, and puts it off
  await letPass(1);
  const sixth = await logins.come(EMAIL);
  expect(logins.askedFor(sixth.page)).toEqual(["team"]);
  expect(logins.isIn(await sixth.visitor.submit(sixth.page, { action: "jump:team_later" }))).toBe(true);
  expect((await user()).user_metadata).toEqual({ role: "Engineer" });

  // login 7: who has put it off is left alone as well
  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);

  // login 8, after 7 more days: asked again, and answers
  await letPass(7);
  const eighth = await logins.come(EMAIL);
  expect(logins.askedFor(eighth.page)).toEqual(["team"]);
  expect(logins.isIn(await eighth.visitor.submit(eighth.page, { "field.team": "Login" }))).toBe(true);
  expect((await user()).user_metadata).toEqual({ role: "Engineer", team: "Login" });

  // login 9, after a year: nothing is left to ask, and nothing is written
  await letPass(365);
  const { app_metadata } = await user();
  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);
  expect((await user()).app_metadata).toEqual(app_metadata);
});

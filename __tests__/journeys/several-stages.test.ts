import { articleStages, nextButton, ProgressiveProfiling, SampleApplication, Stage, text } from "../../lib";
import { Application, type ApplicationClient } from "../support/application";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";
import { type VisitedPage, Visitor } from "../support/visitor";

jest.setTimeout(120_000);

const EMAIL = "ada@example.com";
const PASSWORD = "correct horse 1A";

let tenant: LocalTenant;
let application: Application;
let workspace: Workspace;
let client: ApplicationClient;

beforeAll(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  workspace = new Workspace(tenant.env);
  workspace.synth((stack) => {
    new SampleApplication(stack, "sample", { url: application.url });
    new ProgressiveProfiling(stack, "profiling", {
      stagesPerLogin: 2,
      stages: [
        ...articleStages(),
        Stage.untilAnswered("team", {
          ask: { atMostEvery: { days: 7 } },
          skippable: true,
          components: [text("team", { label: "Team", required: true }), nextButton()],
        }),
      ],
    });
  });
  workspace.apply();
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  client = clients.find(({ name }: { name: string }) => name === "Sample Application");
});

afterAll(async () => {
  workspace?.remove();
  await Promise.all([tenant.stop(), application.stop()]);
});

async function logIn(parameters: Record<string, string> = {}): Promise<{ visitor: Visitor; page: VisitedPage }> {
  const visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
  const start = await visitor.visit(application.begin(tenant, client, parameters).url);
  const name = parameters.screen_hint === undefined ? "username" : "email";
  return { visitor, page: await visitor.submit(start, { [name]: EMAIL, password: PASSWORD }) };
}

const isIn = ({ url }: VisitedPage) => url.startsWith(application.callback);
const askedFor = ({ html }: VisitedPage) =>
  [...new Set([...html.matchAll(/name="field\.(\w+)/g)].map(([, name]) => name))].filter((name) => name !== undefined);

// biome-ignore lint/suspicious/noExplicitAny: a user as the Management API tells it
async function user(): Promise<any> {
  const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(EMAIL)}`);
  return body[0];
}

test("the article's two stages are asked in one login, each saved by the one flow, and what is left at the next", async () => {
  expect(workspace.plan().changes).toEqual({});
  expect((await tenant.request("GET", "/api/v2/flows")).body).toHaveLength(1);

  const first = await logIn({ screen_hint: "signup" });
  expect(askedFor(first.page)).toEqual(["job_title", "phone_number"]);
  const second = await first.visitor.submit(first.page, { "field.job_title": "CTO" });
  expect((await user()).user_metadata).toEqual({ job_title: "CTO" });
  expect(askedFor(second)).toEqual(["company_name", "company_size"]);
  expect(isIn(await first.visitor.submit(second, { "field.company_name": "Acme", "field.company_size": "2-5" }))).toBe(
    true,
  );
  expect((await user()).user_metadata).toEqual({ job_title: "CTO", company_name: "Acme", company_size: "2-5" });
  expect((await user()).app_metadata).toBeUndefined();

  const next = await logIn();
  expect(askedFor(next.page)).toEqual(["team"]);
  expect(isIn(await next.visitor.submit(next.page, { action: "jump:team_later" }))).toBe(true);
  const [memory] = Object.values((await user()).app_metadata.progressive_profiling) as { stages: object }[];
  expect(Object.keys(memory?.stages ?? {})).toEqual(["team"]);

  expect(isIn((await logIn()).page)).toBe(true);
});

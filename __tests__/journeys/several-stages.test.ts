import { articleStages, nextButton, Stage, text } from "../../lib";
import { DeployedLogins } from "../support/deployed-logins";

jest.setTimeout(120_000);

const EMAIL = "ada@example.com";

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
  logins.deploy({
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

afterAll(() => logins?.stop());

const user = () => logins.userWith(EMAIL);

test("the article's two stages are asked in one login, each saved by the one flow, and what is left at the next", async () => {
  expect(logins.workspace.plan().changes).toEqual({});
  expect((await logins.tenant.request("GET", "/api/v2/flows")).body).toHaveLength(1);

  const first = await logins.come(EMAIL, true);
  expect(logins.askedFor(first.page)).toEqual(["job_title", "phone_number"]);
  const second = await first.visitor.submit(first.page, { "field.job_title": "CTO" });
  expect((await user()).user_metadata).toEqual({ job_title: "CTO" });
  expect(logins.askedFor(second)).toEqual(["company_name", "company_size"]);
  expect(
    logins.isIn(await first.visitor.submit(second, { "field.company_name": "Acme", "field.company_size": "2-5" })),
  ).toBe(true);
  expect((await user()).user_metadata).toEqual({ job_title: "CTO", company_name: "Acme", company_size: "2-5" });
  expect((await user()).app_metadata).toBeUndefined();

  const next = await logins.come(EMAIL);
  expect(logins.askedFor(next.page)).toEqual(["team"]);
  expect(logins.isIn(await next.visitor.submit(next.page, { action: "jump:team_later" }))).toBe(true);
  const [memory] = Object.values((await user()).app_metadata.progressive_profiling) as { stages: object }[];
  expect(Object.keys(memory?.stages ?? {})).toEqual(["team"]);

  expect(logins.isIn((await logins.come(EMAIL)).page)).toBe(true);
});

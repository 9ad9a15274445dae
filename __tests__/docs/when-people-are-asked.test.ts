import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { callsOf, NOW } from "../support/scheduled-login";
import { Template } from "../support/template";

const DOCUMENT = "docs/when-people-are-asked.md";

test("its stack has no client but the shop's, no flow, and an Action that is told what the document says", () => {
  const [block = ""] = blocks(DOCUMENT, "ts");
  const { LoginStack } = runBlock(block) as { LoginStack: new (scope: Construct, id: string) => TerraformStack };

  const template = Template.of(new LoginStack(Testing.app(), "login"));

  expect(template.count()).toEqual({
    auth0_action: 1,
    auth0_client: 1,
    auth0_connection_client: 1,
    auth0_form: 1,
    auth0_trigger_action: 1,
  });
  const constants = String(template.one("auth0_action").code).split("\n");
  const [shop] = template.logicalIds("auth0_client");
  expect(constants).toEqual(
    expect.arrayContaining([
      `const ASK = {"atMostEvery":{"days":7},"clients":{"only":[\${jsonencode(auth0_client.${shop}.client_id)}]},"fromLogin":3};`,
      'const SAVES = [{"field":"job_title","stage":"job_title","to":["user_metadata","job_title"]},{"field":"hobby","stage":"hobby","to":["user_metadata","hobby"]}];',
      "const TELLS_STAGE = true;",
    ]),
  );
  const stages = /^const STAGES = (.*);$/m.exec(constants.join("\n"))?.[1] ?? "";
  expect(JSON.parse(stages).map(({ id, ask }: { id: string; ask?: object }) => [id, ask])).toEqual([
    ["job_title", undefined],
    ["hobby", { afterSignUp: { days: 30 }, share: 10 }],
  ]);
});

test("what is remembered looks as it is shown", async () => {
  const [block = ""] = blocks(DOCUMENT, "json");
  const [form = ""] = Object.keys(JSON.parse(block).progressive_profiling);
  jest.useFakeTimers({ now: new Date(NOW) });

  const calls = await callsOf(
    "onContinuePostLogin",
    { stages: [{ id: "job_title" }], ask: { atMostEvery: { days: 7 } } },
    { prompt: { id: "ap_1" } },
  );

  jest.useRealTimers();
  expect(calls).toEqual([
    ["setAppMetadata", "progressive_profiling", { ap_1: JSON.parse(block).progressive_profiling[form] }],
  ]);
});

import { runAction } from "../../../tenant/actions/run-action";
import { deployedCode } from "../../support/library-action";
import { EVENT } from "../../support/post-login-run";

describe("the project's Action that chooses from stages", () => {
  const code = deployedCode({
    formId: "ap_1",
    stages: [
      {
        id: "name",
        condition: { operator: "AND", operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.name}}"] }] },
      },
      { id: "news", ask: { fromLogin: 3, atMostEvery: { days: 7 }, share: 100 } },
    ],
    ask: { clients: { only: ["client"] } },
    saves: [{ field: "weekly", to: ["app_metadata", "news", "weekly"], stage: "news" }],
    tellsStage: true,
  });
  const scheduled = { handler: "onExecutePostLogin", code, secrets: {}, event: EVENT } as const;
  const named = { ...EVENT, user: { ...EVENT.user, name: "Ada" } };

  test("shows the first one that is due, and nothing before its moment", async () => {
    const tooEarly = { ...named, stats: { logins_count: 2 } };
    const outcomes = [EVENT, named, tooEarly].map((event) => runAction({ ...scheduled, event }));
    const told = (stage: string) => [{ type: "render", formId: "ap_1", vars: { stage } }];

    expect(await Promise.all(outcomes)).toEqual(
      [told("name"), told("news"), []].map((commands) => ({ ok: true, commands, console: [] })),
    );
  });

  test("writes the answer and when it asked, and leaves the person alone then", async () => {
    const prompt = { id: "ap_1", fields: { weekly: true }, vars: { stage: "news" } };
    const saved = await runAction({ ...scheduled, handler: "onContinuePostLogin", event: { ...named, prompt } });
    const memory = { ap_1: { asked_at: expect.any(String), stages: { news: expect.any(String) } } };

    expect(saved).toEqual({
      ok: true,
      commands: [
        { type: "setAppMetadata", key: "news", value: { weekly: true } },
        { type: "setAppMetadata", key: "progressive_profiling", value: memory },
      ],
      console: [],
    });
    const commands = saved.ok ? saved.commands : [];
    const app_metadata = Object.fromEntries(
      commands.flatMap((command) => (command.type === "setAppMetadata" ? [[command.key, command.value]] : [])),
    );
    const event = { ...named, user: { ...named.user, app_metadata } };
    expect(await runAction({ ...scheduled, event })).toEqual({ ok: true, commands: [], console: [] });
  });

  test("says in the log what goes wrong, and the login goes on", async () => {
    const prompt = { id: "ap_1", fields: { weekly: "a".repeat(33 * 1024) }, vars: { stage: "news" } };
    const result = await runAction({ ...scheduled, handler: "onContinuePostLogin", event: { ...named, prompt } });

    expect(result).toMatchObject({ ok: true, commands: [] });
    expect(result.console.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      expect.stringContaining(
        "error: progressive profiling could not save all of this login: RangeError: " +
          "api.user.setAppMetadata: all metadata of one run may have 32768 bytes as JSON, got ",
      ),
    ]);
  });
});

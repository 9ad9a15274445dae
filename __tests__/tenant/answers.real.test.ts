import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAnswers } from "../../tenant/answers-file";
import { action } from "../support/flow-run";
import { FormTenant } from "../support/form-tenant";
import { TenantProcess } from "../support/tenant-process";

let folder: string;
let file: string;
let server: Server;
let host: string;
let received = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "answers-"));
  file = join(folder, "answers.json");
  server = createServer((_, response) => {
    received += 1;
    response.writeHead(200, { "content-type": "application/json" }).end('{"plan":"real"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a person's login comes to whose form is one flow: it asks the server, then Slack, and writes down what they said. */
async function login(...args: readonly string[]) {
  received = 0;
  const forms = await FormTenant.start(...args);
  try {
    const { flows } = await forms.deploy({
      form: {
        name: "Services",
        start: { next_node: "ask" },
        nodes: [{ id: "ask", type: "FLOW", config: { flow_id: "#FLOW-1#", next_node: "$ending" } }],
        ending: { resume_flow: true },
      },
      flows: {
        "#FLOW-1#": {
          name: "Ask services",
          actions: [
            action("HTTP", "SEND_REQUEST", { url: `http://${host}/plan` }),
            action("SLACK", "POST_MESSAGE", { connection_id: "#CONN-1#", text: "new" }, { allow_failure: true }),
            action("AUTH0", "UPDATE_USER", {
              connection_id: "#CONN-1#",
              user_id: "{{context.user.user_id}}",
              changes: {
                user_metadata: {
                  plan: "{{actions.send_request.body.plan}}",
                  slack: "{{actions.post_message.ok ?? actions.post_message.error.message}}",
                },
              },
            }),
          ],
        },
      },
    });
    const { page, id } = await forms.visitor();
    const { body: executions } = await forms.tenant.request("GET", `/api/v2/flows/${flows["#FLOW-1#"]}/executions`);
    const execution = await fetch(`${forms.pages}/_tenant/flows/${flows["#FLOW-1#"]}/executions/${executions[0].id}`);
    return { page, metadata: (await forms.user(id)).user_metadata, received, execution: await execution.text() };
  } finally {
    await forms.stop();
  }
}

test("no request leaves by default: the page and the execution say which option lets it through", async () => {
  const { page, metadata, received, execution } = await login();

  const said = `no request leaves the local tenant: GET http://${host}/plan was not sent; let it through with --allow-host ${host}, or answer it from a file with --answers`;
  expect([page.status, metadata, received]).toEqual([500, undefined, 0]);
  expect(page.html).toContain(said);
  expect(execution).toContain(said);
});

test("hosts that are allowed are asked; who else does not answer is told to the flow", async () => {
  const { metadata, received, execution } = await login("--allow-host", host);

  expect([metadata.plan, received]).toEqual(["real", 1]);
  expect(metadata.slack).toMatch(/^the local tenant does not run SLACK\/POST_MESSAGE; a file can answer for it/);
  expect(execution).toContain("&quot;plan&quot;: &quot;real&quot;");
});

test("a file answers for both", async () => {
  const answers = [
    { url: `http://${host}/*`, body: { plan: "canned" } },
    { action: "SLACK/POST_MESSAGE", output: { ok: "sent" } },
  ];
  writeFileSync(file, JSON.stringify(answers));

  const { metadata, received } = await login("--answers", file, "--allow-host", host);

  expect([metadata, received]).toEqual([{ plan: "canned", slack: "sent" }, 0]);
});

test("a file that can not be used ends the start, with all that is wrong", async () => {
  writeFileSync(file, JSON.stringify([{ url: "x" }, { action: "y" }]));
  const { stderr } = await TenantProcess.start([
    ...["--memory", "--port", "0", "--env", join(folder, "env")],
    ...["--answers", file],
  ]);

  expect(stderr).toBe(
    [
      `--answers ${file} can not be used:`,
      '[$[0].url] must be a pattern of an address, got "x"; write one as in "https://api.example.com/people/*"',
      '[$[1].action] must be an action of a flow, got "y"; write its type and name, as in "SLACK/POST_MESSAGE"',
      '[$[1]] must have either "output" or "error"; say what the action gives, or why it fails',
      "",
    ].join("\n"),
  );
});

test.each([
  ["is not there", undefined, /none\.json: no such file or directory \(ENOENT\)$/],
  ["is no JSON", "[", /answers\.json is no JSON; mend it$/],
])("a file that %s is named", (_, text, said) => {
  const path = text === undefined ? join(folder, "none.json") : file;
  if (text !== undefined) {
    writeFileSync(path, text);
  }

  expect(() => loadAnswers(path)).toThrow(said);
});

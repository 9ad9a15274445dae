import { ServerProcess } from "../../dev/server-process";

const SECRET = "gxQ6vT2w-secret";

/** A server that runs this, and says that it serves. */
function start(script: string): Promise<ServerProcess> {
  return ServerProcess.start({
    name: "the server",
    args: ["--eval", `${script}; process.stdout.write("ready\\n")`],
    environment: { ...process.env, SECRET },
    secrets: [SECRET],
  });
}

const MUST = "[the server] must serve until it is stopped here, but";

let complained: string;

beforeEach(() => {
  complained = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += text;
    return true;
  });
});

afterEach(() => jest.restoreAllMocks());

test.each([
  ["ends with an error", "setTimeout(() => process.exit(3), 50)", `${MUST} ended with 3; start this command again`],
  ["ends as if all were done", "", `${MUST} ended with 0; start this command again`],
  [
    "is killed",
    'setTimeout(() => process.kill(process.pid, "SIGKILL"), 50)',
    `${MUST} was ended by SIGKILL; start this command again`,
  ],
])("that it %s is told, also to who stops it then", async (_, script, message) => {
  const server = await start(script);

  await expect(server.ended).rejects.toThrow(message);
  await expect(server.stop()).rejects.toThrow(message);
});

test("its last words are said without secrets", async () => {
  const server = await start("setTimeout(() => { throw new Error(`refused ${process.env.SECRET}`); }, 50)");

  await expect(server.ended).rejects.toThrow(`${MUST} ended with 1; start this command again`);
  expect(complained).toContain("\nError: refused ‹redacted›\n    at Timeout._onTimeout ([eval]:1:");
  expect(complained).not.toContain(SECRET);
});

test("one that ends before it serves is an error with what it said", async () => {
  const args = ["--eval", "console.error(`no ${process.env.SECRET}\\n\\nUsage: …`); process.exit(2)"];
  const environment = { ...process.env, SECRET };

  await expect(ServerProcess.start({ name: "the server", args, environment, secrets: [SECRET] })).rejects.toThrow(
    /^the server did not start: no ‹redacted›$/,
  );
});

test("stopped, it ends without a word, and by its channel it knows that we are there", async () => {
  const server = await start(
    'process.once("SIGTERM", () => process.exit(process.connected ? 0 : 4)); setTimeout(() => {}, 1e6)',
  );

  await server.stop();
  await server.ended;
  expect(complained).toBe("");
});

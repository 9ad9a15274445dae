import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArgumentError, parseArguments } from "../../tenant/arguments";
import { readEnvFile, send, TenantProcess } from "../support/tenant-process";

let folder: string;
let data: string;
let envFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-"));
  data = join(folder, "data");
  envFile = join(folder, "env's");
});

afterEach(async () => {
  await TenantProcess.killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe("the arguments", () => {
  test("have defaults", () => {
    expect(parseArguments([])).toEqual({
      port: 9443,
      httpPort: 9444,
      folder: ".tenant",
      envFile: join(".tenant", "env"),
      rateLimit: undefined,
      answersFile: undefined,
      allowedHosts: [],
    });
  });

  test("are read in both forms", () => {
    const hosts = ["--allow-host", "api.example.com", "--allow-host=localhost:8080"];
    const others = [
      "--port=1",
      "--http-port",
      "0",
      "--data",
      "d",
      "--env",
      "e",
      "--rate-limit=2",
      "--answers",
      "a.json",
    ];
    expect(parseArguments([...others, ...hosts])).toEqual({
      port: 1,
      httpPort: 0,
      folder: "d",
      envFile: "e",
      rateLimit: 2,
      answersFile: "a.json",
      allowedHosts: ["api.example.com", "localhost:8080"],
    });
  });

  test.each([
    ["0", 0],
    ["8443", 8444],
    ["65535", 0],
  ])("--port %s puts the pages at port %d", (port, httpPort) => {
    expect(parseArguments(["--port", port])).toMatchObject({ httpPort });
  });

  test("can ask for memory", () => {
    expect(parseArguments(["--memory", "--env", "e"])).toMatchObject({ folder: undefined, envFile: "e" });
  });

  test.each([["--help"], ["-h"]])("%s asks for help, whatever else is wrong", (flag) => {
    expect(parseArguments(["--port", "x", flag])).toBe("help");
  });

  test.each([
    [["--port", "65536"], ['[--port] must be a whole number from 0 to 65535, got "65536"']],
    [["--port", "1e3"], ['[--port] must be a whole number from 0 to 65535, got "1e3"']],
    [["--rate-limit", "0"], ['[--rate-limit] must be a whole number of 1 or more, got "0"']],
    [["--port", "8443", "--http-port", "8443"], ["[--http-port] is 8443, as --port is; choose two"]],
    [["--http-port", "-1"], ['[--http-port] must be a whole number from 0 to 65535, got "-1"']],
    [
      ["--allow-host", "https://api.example.com/", "--allow-host"],
      [
        "[--allow-host] has no value; give one, or leave it out",
        '[--allow-host] must be a host, as in api.example.com or localhost:8080, got "https://api.example.com/"',
      ],
    ],
    [["--port"], ["[--port] has no value; give one, or leave it out"]],
    [["--data="], ["[--data] has no value; give one, or leave it out"]],
    [
      ["--port", "--data", "d"],
      ["[--port] has no value; give one, or leave it out", '["d"] belongs to no option; leave it out'],
    ],
    [["--memory=yes", "--env", "e"], ['[--memory] takes no value; leave "yes" out']],
    [["--port", "1", "--port", "2"], ["[--port] is given twice; give it once"]],
    [
      ["--colour", "red"],
      ["[--colour] is no option; see --help", '["red"] belongs to no option; leave it out'],
    ],
    [["--memory"], ["[--memory] has no folder for the variables; say with --env FILE where they go"]],
    [
      ["--memory", "--env", "e", "--data", "d"],
      ["[--memory] keeps nothing and --data keeps everything; leave one out"],
    ],
    [
      ["--prot", "1", "--rate-limit", "fast"],
      [
        "[--prot] is no option; see --help",
        '["1"] belongs to no option; leave it out',
        '[--rate-limit] must be a whole number of 1 or more, got "fast"',
      ],
    ],
  ])("%j: all problems at once", (args, problems) => {
    expect(() => parseArguments(args)).toThrow(new ArgumentError(problems));
  });
});

describe("the command", () => {
  test("prints its usage", async () => {
    const { code, stdout } = await TenantProcess.run(["--help"]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run tenant/);
  });

  test("ends with 1 and every problem when it is called wrongly", async () => {
    const { code, stdout, stderr } = await TenantProcess.run(["--port", "x", "--colour"]);

    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain('[--port] must be a whole number from 0 to 65535, got "x"\n');
    expect(stderr).toContain("[--colour] is no option; see --help\n");
  });

  test("writes the variables when it is ready, says where, and tells no secret", async () => {
    const tenant = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);
    const variables = readEnvFile(envFile);

    expect(Object.keys(variables)).toEqual([
      "AUTH0_DOMAIN",
      "AUTH0_CLIENT_ID",
      "AUTH0_CLIENT_SECRET",
      "SSL_CERT_FILE",
      "NODE_EXTRA_CA_CERTS",
      "ISSUER_BASE_URL",
    ]);
    expect(variables.AUTH0_DOMAIN).toMatch(/^localhost:\d+$/);
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    expect(tenant.stdout).toBe(
      `Local tenant ready at https://${variables.AUTH0_DOMAIN}/, its pages at ${variables.ISSUER_BASE_URL}/ (variables in ${envFile}; Ctrl-C ends it)\n`,
    );
    await tenant.signal("SIGINT");
    expect(tenant.stdout + tenant.stderr).not.toContain(variables.AUTH0_CLIENT_SECRET);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends cleanly by %s", async (signal) => {
    const tenant = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);

    expect(await tenant.signal(signal)).toBe(0);

    expect(tenant.stderr).toBe("");
    expect(existsSync(envFile)).toBe(false);
    expect(readdirSync(data).sort()).toEqual(["authority.pem", "documents", "server.pem", "signing-key.pem", "trust"]);
  });

  test("leaves nothing behind of a tenant in memory", async () => {
    const tenant = await TenantProcess.start(["--port", "0", "--memory", "--env", envFile], { TMPDIR: folder });
    const { SSL_CERT_FILE = "" } = readEnvFile(envFile);
    expect(existsSync(SSL_CERT_FILE)).toBe(true);

    await tenant.signal("SIGTERM");

    expect(readdirSync(folder).filter((name) => !name.startsWith("tsx"))).toEqual([]);
  });
});

describe("a data folder", () => {
  test("belongs to one tenant at a time", async () => {
    const tenant = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);

    const second = await TenantProcess.run(["--port", "0", "--data", data, "--env", `${envFile}2`]);

    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/data is in use by process \d+; stop that tenant or choose another folder/);
    expect(await tenant.signal("SIGTERM")).toBe(0);
  });

  test("of a killed tenant is taken over, with its clients, keys and authority, at the same address", async () => {
    const first = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);
    const before = readEnvFile(envFile);
    const ca = readFileSync(before.SSL_CERT_FILE ?? "", "utf8");
    const keys = await send(`https://${before.AUTH0_DOMAIN}/.well-known/jwks.json`, ca);
    await first.signal("SIGKILL");
    const port = before.AUTH0_DOMAIN?.split(":")[1] ?? "";
    const httpPort = before.ISSUER_BASE_URL?.split(":")[2] ?? "";
    const ports = ["--port", port, "--http-port", httpPort];

    const second = await TenantProcess.start([...ports, "--data", data, "--env", envFile]);

    expect(second.stderr).toBe("");
    expect(readEnvFile(envFile)).toEqual(before);
    expect((await send(`https://${before.AUTH0_DOMAIN}/.well-known/jwks.json`, ca)).body).toEqual(keys.body);
    expect(await second.signal("SIGTERM")).toBe(0);
  });

  test("at another address serves its Management API there, with the grants on it", async () => {
    const first = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);
    const before = readEnvFile(envFile);
    const taken = createServer().listen(Number(before.AUTH0_DOMAIN?.split(":")[1]), "127.0.0.2");
    await first.signal("SIGTERM");
    const second = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);
    taken.close();

    const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, SSL_CERT_FILE = "" } = readEnvFile(envFile);
    const { status } = await send(`https://${AUTH0_DOMAIN}/oauth/token`, readFileSync(SSL_CERT_FILE, "utf8"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        audience: `https://${AUTH0_DOMAIN}/api/v2/`,
        client_id: AUTH0_CLIENT_ID,
        client_secret: AUTH0_CLIENT_SECRET,
      }),
    });

    expect(AUTH0_DOMAIN).not.toBe(before.AUTH0_DOMAIN);
    expect(AUTH0_CLIENT_ID).toBe(before.AUTH0_CLIENT_ID);
    expect(status).toBe(200);
    await second.signal("SIGTERM");
  });
});

describe("a port that is in use is told with whose it is:", () => {
  const remedy = (option: string) => `, or choose another port with ${option} (0 takes a free one)\n`;

  test("another tenant's, at both of its ports", async () => {
    const tenant = await TenantProcess.start(["--port", "0", "--memory", "--env", envFile]);
    const { AUTH0_DOMAIN, ISSUER_BASE_URL } = readEnvFile(envFile);
    const taken = [AUTH0_DOMAIN, ISSUER_BASE_URL].map((address) => address?.split(":").at(-1) ?? "");
    const held = `another local tenant, whose pages are at ${ISSUER_BASE_URL}/_tenant/; end that by Ctrl-C in its shell`;

    for (const port of taken) {
      expect(await TenantProcess.run(["--port", port, "--data", data, "--env", `${envFile}2`])).toMatchObject({
        code: 1,
        stderr: `port ${port} is in use by ${held}${remedy("--port")}`,
      });
      expect(existsSync(join(data, "lock"))).toBe(false);
    }
    await tenant.signal("SIGTERM");
  });

  test("that of a program that says nothing", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;

    expect(
      await TenantProcess.run(["--port", "0", "--http-port", `${port}`, "--memory", "--env", envFile]),
    ).toMatchObject({
      code: 1,
      stderr: `port ${port} is in use by another program; stop that${remedy("--http-port")}`,
    });
    silent.close();
  });
});

test("a tenant whose folder is deleted under it says so, once", async () => {
  const tenant = await TenantProcess.start(["--port", "0", "--data", data, "--env", envFile]);

  rmSync(data, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 2500));

  expect(tenant.stderr).toBe(
    `${data} was deleted while this tenant serves from it: nothing is kept any more; end the tenant, and start it again\n`,
  );
  expect(await tenant.signal("SIGTERM")).toBe(0);
});

test("with a rate limit, requests beyond it are answered as Auth0 does", async () => {
  const tenant = await TenantProcess.start(["--port", "0", "--memory", "--env", envFile, "--rate-limit", "2"]);
  const { AUTH0_DOMAIN, SSL_CERT_FILE = "" } = readEnvFile(envFile);
  const ca = readFileSync(SSL_CERT_FILE, "utf8");

  const replies = await Promise.all(
    Array.from({ length: 12 }, () => send(`https://${AUTH0_DOMAIN}/api/v2/clients`, ca)),
  );
  const refused = replies.filter(({ status }) => status === 429);

  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toEqual({
    statusCode: 429,
    error: "Too Many Requests",
    message: "Global limit has been reached",
    errorCode: "too_many_requests",
  });
  expect(refused[0]?.headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "0" });
  const wait = Number(refused[0]?.headers["x-ratelimit-reset"]) * 1000 - Date.now();
  expect(wait).toBeLessThanOrEqual(1000);
  expect(await tenant.signal("SIGTERM")).toBe(0);
});

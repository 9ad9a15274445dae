import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../tenant/documents/store";
import { loadTls } from "../../tenant/tls";
import { enter, TenantProcess } from "../support/tenant-process";

// What happens to files: none of it may end in a stack trace, in a port that stays open, or in something lost.

let folder: string;
/** Of a tenant that has ended well; copied for each test. */
let sound: string;

beforeAll(async () => {
  sound = mkdtempSync(join(tmpdir(), "sound-"));
  const tenant = await TenantProcess.start(["--port", "0", "--data", sound, "--env", join(sound, "env")]);
  await tenant.signal("SIGTERM");
});

afterAll(() => rmSync(sound, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "damage-"));
});

afterEach(async () => {
  await TenantProcess.killAll();
  rmSync(folder, { recursive: true, force: true });
});

/** The data folder with that damage. */
function damaged(damage: (data: string) => void): string {
  const data = join(folder, "data");
  cpSync(sound, data, { recursive: true });
  damage(data);
  return data;
}

const put = (data: string, name: string, content: string): void => {
  mkdirSync(join(data, name, ".."), { recursive: true });
  writeFileSync(join(data, name), content);
};
const MEND = "is not as the tenant wrote it; mend it, or delete it and what it held";
const FOREIGN = "is not of the tenant; delete it, or move it out of this folder";
const NO_PAIR =
  "holds no key with its certificate; mend it, or delete it: the tenant makes a new one, and who trusted the old one has to trust the new one";
const deep = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("a tenant whose folder is damaged ends with 1 and one sentence that names the file:", () => {
  test.each<[string, string, (data: string, name: string) => void, string]>([
    [
      "half a document, which may hold a secret",
      "documents/clients/00000001.json",
      (data, name) => put(data, name, '{"id":"x","value":{"client_secret":"planted-secret'),
      MEND,
    ],
    [
      "half a document of a collection that is read late",
      "documents/forms/00000007.json",
      (data, name) => put(data, name, '{"id":"x","value":'),
      MEND,
    ],
    ["an empty document", "documents/users/00000001.json", (data, name) => put(data, name, ""), MEND],
    ["JSON that is no document", "documents/users/00000001.json", (data, name) => put(data, name, "[1]"), MEND],
    [
      "a document that is nested deeper than any can be read",
      "documents/users/00000001.json",
      (data, name) => put(data, name, `{"id":"x","value":{"m":${deep(200_000)}}}`),
      MEND,
    ],
    ["what a Mac leaves in folders", "documents/clients/.DS_Store", (data, name) => put(data, name, "Bud1"), FOREIGN],
    [
      "an editor's copy",
      "documents/clients/00000001.json~",
      (data, name) => cpSync(join(data, "documents/clients/00000001.json"), join(data, name)),
      FOREIGN,
    ],
    [
      "a copy under another number",
      "documents/clients/00000099.json",
      (data, name) => cpSync(join(data, "documents/clients/00000001.json"), join(data, name)),
      "holds what another file beside it holds; delete the older of the two",
    ],
    ["a folder among documents", "documents/clients/old", (data, name) => void mkdirSync(join(data, name)), FOREIGN],
    [
      "a folder in the place of a document",
      "documents/clients/00000099.json",
      (data, name) => void mkdirSync(join(data, name)),
      ": illegal operation on a directory (EISDIR)",
    ],
    ["a broken authority", "authority.pem", (data, name) => put(data, name, "-----BEGIN"), NO_PAIR],
    ["a broken certificate", "server.pem", (data, name) => put(data, name, "\0\0\0"), NO_PAIR],
    ["a broken signing key", "signing-key.pem", (data, name) => put(data, name, ""), NO_PAIR],
    [
      "a certificate of another key",
      "server.pem",
      (data, name) => {
        const [key = ""] =
          /^.*?-----END PRIVATE KEY-----\n/s.exec(readFileSync(join(data, "authority.pem"), "utf8")) ?? [];
        put(data, name, key + readFileSync(join(data, name), "utf8").replace(/^.*?-----END PRIVATE KEY-----\n/s, ""));
      },
      NO_PAIR,
    ],
  ])("%s (%s)", async (_, name, damage, sentence) => {
    const data = damaged((path) => damage(path, name));

    const { code, stdout, stderr } = await TenantProcess.run([
      ...["--port", "0", "--data", data, "--env", join(folder, "env")],
    ]);

    const said = `${join(data, name)}${sentence.startsWith(":") ? "" : " "}${sentence}\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: said });
    expect([existsSync(join(folder, "env")), existsSync(join(data, "lock"))]).toEqual([false, false]);
  });

  const PLACES = "; --data and --env have to name places that can be read and written\n";

  test("a file in the place of the folder", async () => {
    const data = join(folder, "data");
    writeFileSync(data, "");

    const { code, stderr } = await TenantProcess.run(["--port", "0", "--data", data, "--env", join(folder, "env")]);

    expect([code, stderr]).toEqual([1, `${data}: file already exists (EEXIST)${PLACES}`]);
  });

  test("a file in the place of a collection", async () => {
    const data = damaged((path) => {
      rmSync(join(path, "documents", "clients"), { recursive: true });
      put(path, "documents/clients", "");
    });

    const { code, stderr } = await TenantProcess.run(["--port", "0", "--data", data, "--env", join(folder, "env")]);

    expect([code, stderr]).toEqual([1, `${join(data, "documents/clients")}: file already exists (EEXIST)${PLACES}`]);
  });

  test("variables that can not be written, when both ports are open already", async () => {
    const envFile = join(folder, "env");
    mkdirSync(envFile);

    const { code, stderr } = await TenantProcess.run(["--port", "0", "--memory", "--env", envFile]);

    expect([code, stderr]).toEqual([1, `${envFile}: illegal operation on a directory (EISDIR)${PLACES}`]);
  });

  test("a disk on which nothing more fits", () => {
    const data = join(folder, "data");
    const cli = join(__dirname, "..", "..", "tenant", "cli.ts");
    const args = [cli, "--port", "0", "--data", data, "--env", join(folder, "env")];

    // No file may have more than two kilobytes, which the signing key has.
    const limited = spawnSync(
      "/bin/sh",
      ["-c", 'ulimit -f 4; exec "$@"', "sh", process.execPath, "--require", require.resolve("tsx/cjs"), ...args],
      { encoding: "utf8", env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
    );

    const path = join(data, "signing-key.pem");
    expect([limited.status, limited.stderr]).toEqual([1, `${path}: file too large (EFBIG)${PLACES}`]);
    expect(existsSync(path)).toBe(false);
  });
});

test("a disk that is full while the tenant serves is told in one line, and nothing is half there", async () => {
  const envFile = join(folder, "env");
  const tenant = await TenantProcess.start(["--port", "0", "--data", join(folder, "data"), "--env", envFile]);
  const ask = await enter(envFile);
  await ask("GET", "/forms");
  // The nearest to a full disk that needs no rights: the folder into which the next document would go is gone.
  const forms = join(folder, "data", "documents", "forms");
  rmSync(forms, { recursive: true, force: true });
  writeFileSync(forms, "");

  const post = () => ask("POST", "/forms", { name: "A form" });
  const refused = await post();
  rmSync(forms);
  mkdirSync(forms);
  const list = await ask("GET", "/forms");
  const kept = await post();

  expect([refused.status, refused.body.message]).toEqual([500, "An internal server error occurred"]);
  expect(tenant.stderr).toBe(`POST /api/v2/forms: ${join(forms, "00000001.json")}: not a directory (ENOTDIR)\n`);
  expect([list.body, kept.status]).toEqual([[], 201]);
  expect(await tenant.signal("SIGTERM")).toBe(0);
});

test("what cannot be read again is not written", () => {
  const things = new Store(folder).collection<{ readonly value: unknown }>("things");
  let value: unknown = 1;
  for (let depth = 0; depth < 200_000; depth += 1) {
    value = [value];
  }

  expect(() => things.put("deep", { value })).toThrow(RangeError);

  expect(readdirSync(join(folder, "things"))).toEqual([]);
  expect(new Store(folder).collection("things").list()).toEqual([]);
});

test("a document takes the room of its JSON, however deep it is nested", () => {
  const things = new Store(folder).collection<{ readonly value: unknown }>("things");

  things.put("deep", { value: JSON.parse(deep(100)) });

  expect(readFileSync(join(folder, "things", "00000001.json"), "utf8")).toBe(
    `{"id":"deep","value":{"value":${deep(100)}}}\n`,
  );
});

describe("after a start with a clock that ran ahead", () => {
  const now = new Date();
  const days = (count: number): Date => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

  test.each([[2], [300], [4000]])("by %d days, certificates are valid again at the next", async (count) => {
    const ahead = await loadTls(folder, days(count));
    const again = await loadTls(folder, now);

    expect([again.cert === ahead.cert, again.ca === ahead.ca]).toEqual([false, false]);
    expect(await loadTls(folder, now)).toEqual(again);
  });

  test("by less than a day, they stay what they are", async () => {
    const ahead = await loadTls(folder, days(0.9));

    expect(await loadTls(folder, now)).toEqual(ahead);
  });
});

import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../../tenant/documents/store";
import { enter, TenantProcess } from "../../support/tenant-process";

interface Thing {
  readonly name: string;
  readonly note?: string | undefined;
  readonly parts?: readonly string[];
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});

afterEach(async () => {
  await TenantProcess.killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ["in memory", () => new Store()],
  ["in a folder", () => new Store(folder)],
])("a store %s", (_, open) => {
  test("gives back what it was given, without undefined properties", () => {
    const things = open().collection<Thing>("things");

    const kept = things.put("one", { name: "One", note: undefined });

    expect(Object.keys(kept)).toEqual(["name"]);
    expect(things.get("one")).toBe(kept);
    expect(things.get("two")).toBeUndefined();
  });

  test("keeps the order in which documents first came", () => {
    const things = open().collection<Thing>("things");
    for (const id of ["b", "a", "c"]) {
      things.put(id, { name: id });
    }

    things.put("b", { name: "changed" });
    things.delete("a");
    things.put("a", { name: "again" });

    expect(things.list().map(({ name }) => name)).toEqual(["changed", "c", "again"]);
  });

  test("lets nobody change a document but by putting it", () => {
    const things = open().collection<Thing>("things");
    const given = { name: "One", parts: ["x"] };
    const kept = things.put("one", given);

    given.parts.push("y");

    expect(things.get("one")).toEqual({ name: "One", parts: ["x"] });
    expect(() => (kept.parts as string[]).push("z")).toThrow(TypeError);
  });

  test("tells whether what was deleted had been there", () => {
    const things = open().collection<Thing>("things");
    things.put("one", { name: "One" });

    expect([things.delete("one"), things.delete("one")]).toEqual([true, false]);
    expect(things.find(({ name }) => name === "One")).toBeUndefined();
  });
});

describe("a folder", () => {
  test("is read by the next store, in the same order, whatever the ids are made of", () => {
    const ids = ["auth0|a", "auth0|A", "https://x/y?z", "../../etc", "", "ü"];
    const things = new Store(folder).collection<Thing>("things");
    for (const id of ids) {
      things.put(id, { name: id });
    }
    things.delete("auth0|A");

    const again = new Store(folder).collection<Thing>("things");

    expect(again.list().map(({ name }) => name)).toEqual(ids.filter((id) => id !== "auth0|A"));
    again.put("last", { name: "last" });
    expect(new Store(folder).collection<Thing>("things").list().at(-1)).toEqual({ name: "last" });
  });

  test("is for its owner alone", () => {
    new Store(folder).collection<Thing>("things").put("one", { name: "One" });

    const [file = ""] = readdirSync(join(folder, "things"));

    expect(statSync(join(folder, "things")).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "things", file)).mode & 0o777).toBe(0o600);
  });

  test("with a half-written file is read without it", () => {
    const things = new Store(folder).collection<Thing>("things");
    things.put("one", { name: "One" });
    writeFileSync(join(folder, "things", ".00000002.json.abc.tmp"), '{"id": "tw');

    const again = new Store(folder).collection<Thing>("things");

    expect(again.list()).toEqual([{ name: "One" }]);
    expect(readdirSync(join(folder, "things"))).toEqual(["00000001.json"]);
  });
});

describe("what is of the moment", () => {
  const path = () => join(folder, "logins.journal");
  const logins = () => new Store(folder).collection<Thing>("logins");

  test("is read by the next store, in the same order, as it was put last and without what was deleted", () => {
    const things = logins();
    for (const id of ["b", "a", "c", "d"]) {
      things.put(id, { name: id });
    }
    things.put("a", { name: "changed" });
    things.delete("b");
    things.delete("c");
    things.put("c", { name: "again" });

    expect(logins().list()).toEqual([{ name: "changed" }, { name: "d" }, { name: "again" }]);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test("is read without what a kill has cut short, and goes on behind it", () => {
    logins().put("one", { name: "One" });
    appendFileSync(path(), '{"id":"two","value":{"na');
    writeFileSync(join(folder, ".logins.journal.abc.tmp"), '{"id":"on');

    const store = new Store(folder);
    store.read();
    store.collection<Thing>("logins").put("three", { name: "Three" });

    expect(logins().list()).toEqual([{ name: "One" }, { name: "Three" }]);
    expect(readdirSync(folder)).toEqual(["logins.journal"]);
  });

  test("is written anew before it becomes long", () => {
    const things = logins();
    const note = "x".repeat(1024 * 1024);
    for (let count = 0; count < 40; count++) {
      things.put("one", { name: String(count), note });
    }

    expect(statSync(path()).size).toBeLessThan(20 * 1024 * 1024);
    expect(logins().list()).toEqual([{ name: "39", note }]);
  });

  test("is taken over from a folder, as tenants kept it before", () => {
    mkdirSync(join(folder, "logins"));
    writeFileSync(join(folder, "logins", "00000001.json"), '{"id":"old","value":{"name":"Old"}}\n');
    writeFileSync(join(folder, "logins", "00000002.json"), '{"id":"older","value":{"name":"Older"}}\n');

    const things = logins();
    expect(things.list()).toEqual([{ name: "Old" }, { name: "Older" }]);
    things.delete("old");
    things.put("new", { name: "New" });

    expect(logins().list()).toEqual([{ name: "Older" }, { name: "New" }]);
    expect(readdirSync(folder)).toEqual(["logins.journal"]);
  });

  test.each(['{"id":', "[]", '{"value":{}}', '{"id":"a","value":5}', '{"id":"a","value":null}'])(
    "is refused where a line is %s",
    (line) => {
      writeFileSync(path(), `${line}\n{"id":"b","value":{}}\n`);

      expect(logins).toThrow(`${path()} is not as the tenant wrote it; mend it, or delete it and what it held`);
    },
  );
});

test("fails when a file is not as the tenant wrote it, and names the file", () => {
  new Store(folder).collection<Thing>("things").put("one", { name: "One" });
  const path = join(folder, "things", "00000001.json");
  writeFileSync(path, '{"id": "one"');

  expect(() => new Store(folder).collection<Thing>("things")).toThrow(`${path} is not as the tenant wrote it`);
});

const ROUNDS = 3;
const WRITERS = 4;
const WRITES_PER_ROUND = 40;

test("a tenant that is killed while it writes has lost nothing of what it acknowledged", async () => {
  const envFile = join(folder, "env");
  const start = (): Promise<TenantProcess> =>
    TenantProcess.start(["--port", "0", "--data", join(folder, "data"), "--env", envFile]);
  const acknowledged = new Map<string, { count: number; deletion?: "asked" | "acknowledged" }>();
  let writes = 0; // acknowledged

  for (let round = 1; round <= ROUNDS; round += 1) {
    const tenant = await start();
    const api = await enter(envFile);
    const write = async (): Promise<void> => {
      const { client_id } = (await api("POST", "/clients", { name: "Written" })).body;
      const state: { count: number; deletion?: "asked" | "acknowledged" } = { count: 0 };
      acknowledged.set(client_id, state);
      for (let count = 1; count <= 3; count += 1) {
        await api("PATCH", `/clients/${client_id}`, { description: String(count) });
        state.count = count;
        writes += 1;
      }
      if (acknowledged.size % 3 === 0) {
        state.deletion = "asked";
        await api("DELETE", `/clients/${client_id}`);
        state.deletion = "acknowledged";
      }
    };
    // Each goes on until the connection breaks.
    const writers = Array.from({ length: WRITERS }, async () => {
      while (tenant.isRunning) {
        await write().catch(() => undefined);
      }
    });
    const enough = writes + WRITES_PER_ROUND;
    while (writes < enough) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    }
    await tenant.signal("SIGKILL");
    await Promise.all(writers);
  }

  const tenant = await start();
  const api = await enter(envFile);
  const lost: string[] = [];
  for (const [id, { count, deletion }] of acknowledged) {
    const { status, body } = await api("GET", `/clients/${id}`);
    // What was under way when the kill came may have happened or not; what was acknowledged has.
    const isGone = status === 404 && deletion !== undefined;
    const isThere = status === 200 && deletion !== "acknowledged" && Number(body.description ?? 0) >= count;
    if (!isGone && !isThere) {
      lost.push(`${id}: acknowledged ${count} changes, deletion ${deletion}, found ${status} ${body.description}`);
    }
  }
  expect(await tenant.signal("SIGTERM")).toBe(0);

  expect(lost).toEqual([]);
}, 60_000);

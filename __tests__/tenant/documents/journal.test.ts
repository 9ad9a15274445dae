import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../tenant/documents/journal";
import { Store } from "../../../tenant/documents/store";

interface Login {
  readonly name: string;
}

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "logins.journal");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logins = () => new Store(folder).collection<Login>("logins");

test.each([1, 2, 3, 7, 1000])("what it is read in, %s bytes at once, makes no difference", (chunkBytes) => {
  const things = logins();
  for (const name of ["é", "日本", "🙂", "plain"]) {
    things.put(name, { name });
  }
  things.delete("plain");
  appendFileSync(path, '{"id":"cut sh');

  const read = new Journal(path, () => [], chunkBytes).read();

  expect(read).toEqual(["é", "日本", "🙂"].map((name) => ({ id: name, value: { name } })));
});

test("zeros of a power cut are its end, which is told; the next change writes it anew without them", () => {
  const told = jest.spyOn(console, "error").mockImplementation(() => undefined);
  logins().put("one", { name: "One" });
  appendFileSync(
    path,
    `${"\0".repeat(4096)}{"id":"two","value":{"name":"Two"}}\n{"id":"three","value":{"name":"Three"}}\n`,
  );

  const read = logins();
  const said = told.mock.calls;
  told.mockRestore();

  expect(read.list()).toEqual([{ name: "One" }]);
  expect(said).toEqual([[`${path} is read up to where a power cut has left nothing but zeros`]]);
  read.put("four", { name: "Four" });
  expect(readFileSync(path, "utf8")).not.toContain("\0");
  expect(logins().list()).toEqual([{ name: "One" }, { name: "Four" }]);
});

test("a change that a broken disk takes by half has not happened, and the next one does not stand behind it", () => {
  const things = logins();
  things.put("one", { name: "One" });
  const write = fs.writeSync;
  const broken = [
    jest.spyOn(fs, "writeSync").mockImplementationOnce((file) => {
      write(file, '{"id":"two');
      throw new Error("EIO: i/o error, write");
    }),
    jest.spyOn(fs, "ftruncateSync").mockImplementation(() => {
      throw new Error("EIO: i/o error, ftruncate");
    }),
  ];

  expect(() => things.put("two", { name: "Two" })).toThrow("EIO: i/o error, write");
  for (const spy of broken) {
    spy.mockRestore();
  }
  things.put("three", { name: "Three" });

  expect(logins().list()).toEqual([{ name: "One" }, { name: "Three" }]);
});

import { attack } from "../../support/attacking-action";

const MODULES = ["buffer", "crypto", "events", "querystring", "string_decoder", "url", "util"];

test.each(MODULES)("every export of %s can be read and taken apart", async (name) => {
  const result = await attack(`
    const module = require("${name}");
    const failed = [];
    for (const key of Reflect.ownKeys(module)) {
      try {
        const { [key]: one } = module;
        ({ ...one });
      } catch (error) {
        failed.push(String(key) + ": " + error.message);
      }
    }
    console.log(failed.join(), Reflect.ownKeys(module).length);`);

  const count = Reflect.ownKeys(require(`node:${name}`)).length;
  expect(result).toMatchObject({ ok: true, console: [{ text: ` ${count}` }] });
});

test("what Node makes when it is first read works as elsewhere", async () => {
  const result = await attack(`
    const { Blob, File } = require("buffer");
    const { MIMEType, TextDecoder, TextEncoder, parseArgs } = require("util");
    const { pseudoRandomBytes, webcrypto } = require("crypto");
    console.log(
      new TextDecoder().decode(new TextEncoder().encode("é")),
      await new Blob(["blob"]).text(),
      await new File(["file"], "a.txt").text(),
      new MIMEType("text/plain;charset=utf-8").essence,
      parseArgs({ args: ["-f"], options: { f: { type: "boolean", short: "f" } } }).values.f,
      pseudoRandomBytes(4).length,
      (await webcrypto.subtle.digest("SHA-256", new Uint8Array(1))).byteLength,
    );`);

  expect(result).toMatchObject({ ok: true, console: [{ text: "é blob file text/plain true 4 32" }] });
});

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

test("timers are to be used as Node's", async () => {
  const result = await attack(`
    const { promisify } = require("util");
    const told = [];
    const timer = setTimeout((...given) => told.push(...given), 1, "with", "arguments");
    told.push(timer.hasRef(), timer.unref().hasRef(), timer.ref() === timer, timer.refresh() === timer);
    clearTimeout(+setTimeout(() => told.push("cleared by its number"), 1));
    clearImmediate(setImmediate(() => told.push("cleared")));
    clearTimeout(undefined);
    await new Promise((resolve) => setImmediate(resolve));
    told.push(await promisify(setTimeout)(20, "promised"), await promisify(setImmediate)("at once"));
    let ticks = 0;
    await new Promise((resolve) => {
      const interval = setInterval(() => { ticks += 1; if (ticks === 3) { clearInterval(interval); resolve(); } }, 1);
    });
    await new Promise((resolve) => { setTimeout(function () { ticks += 1; ticks === 5 ? resolve() : this.refresh(); }, 1); });
    try { setTimeout("text", 1); } catch (error) { told.push(error.code); }
    console.log(told.join(" "), ticks);`);

  const text = "true false true true with arguments promised at once ERR_INVALID_ARG_TYPE 5";
  expect(result).toMatchObject({ ok: true, console: [{ text }] });
});

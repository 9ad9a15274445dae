import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { formGraph } from "../../review/form/form-graph";
import { picturesPackages } from "../../review/pictures/picture-packages";
import { type ReviewedSteps, takePictures } from "../../review/pictures/pictures";
import type { FormResource, Profiling, ProfilingChange } from "../../review/profiling";
import { describeInBrowser, newPerson, startBrowser } from "../support/browser";

const NEXT = { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pictures-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function label(id: string, text: string): object {
  return { id, category: "FIELD", type: "TEXT", label: text };
}

/** A profiling whose form has these steps. */
function profiling(steps: Readonly<Record<string, readonly object[]>>, more: Partial<FormResource> = {}): Profiling {
  const nodes = Object.entries(steps).map(([id, components]) => ({
    id,
    type: "STEP",
    config: { components: [...components, NEXT], next_node: "$ending" },
  }));
  const form = { address: "auth0_form.f", name: "Profile", languages: { primary: "en" }, start: {}, nodes, ending: {} };
  return { form: { ...form, ...more }, graph: formGraph({ ...form, ...more }), flows: new Map() };
}

function added(id: string, alias = id): ReviewedSteps {
  return { changedSteps: [{ id, alias, change: "added" }] };
}

const asIs = (text: string) => text;

describeInBrowser("pictures of steps", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser.close());

  /** Where two pictures of one size differ: rows of the screen, or nothing. */
  async function differingPixels(one: string, other: string): Promise<number> {
    const page = await newPerson(browser);
    const [first, second] = [one, other].map((file) => readFileSync(join(folder, file)).toString("base64"));
    const count = await page.evaluate(
      `Promise.all(["${first}", "${second}"].map(async (data) => {
        const image = new Image();
        image.src = "data:image/png;base64," + data;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height).data;
      })).then(([a, b]) => a.length === b.length ? a.filter((value, at) => value !== b[at]).length : -1)`,
    );
    await page.close();
    return Number(count);
  }

  test("are taken of a changed step as it was and as it will be, of an added and of a removed one", async () => {
    const before = profiling({ work: [label("job", "Job")], old: [label("a", "A")], same: [] });
    const after = profiling({
      work: ["a", "b", "c", "d", "e"].map((id) => label(id, id)),
      new: [label("b", "B")],
      same: [],
    });
    const changedSteps = [
      { id: "work", alias: "Work", change: "changed" },
      { id: "new", alias: "New", change: "added" },
      { id: "old", alias: "Old", change: "removed" },
    ] as const;
    const taken = await takePictures([{ stack: "dev", before, after }], [{ changedSteps }], folder, asIs);

    expect(taken.map(({ step, moment, file }) => [step, moment, file])).toEqual([
      ["work", "before", "dev-profile-work-before.png"],
      ["work", "after", "dev-profile-work-after.png"],
      ["new", "after", "dev-profile-new-after.png"],
      ["old", "before", "dev-profile-old-before.png"],
    ]);
    expect(readdirSync(folder).sort()).toEqual(["index.html", ...taken.map(({ file }) => file)].sort());
    const height = (file: string) => readFileSync(join(folder, file)).readUInt32BE(20);
    expect(height("dev-profile-work-after.png")).toBeGreaterThan(height("dev-profile-work-before.png"));
  });

  test("are none, and no page, where no step changes", async () => {
    const same = profiling({ work: [] });
    expect(
      await takePictures(
        [{ stack: "dev", before: same, after: same }],
        [{ changedSteps: [] }],
        join(folder, "in"),
        asIs,
      ),
    ).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("are the same again, and other ones when one word is", async () => {
    const take = async (text: string, into: string) => {
      const change = { stack: "dev", after: profiling({ work: [label("job", text)] }) };
      await takePictures([change], [added("work")], join(folder, into), asIs);
      return join(into, "dev-profile-work-after.png");
    };
    const [one, again, other] = [await take("Job", "one"), await take("Job", "again"), await take("Jab", "other")];

    expect(await differingPixels(one, again)).toBe(0);
    expect(await differingPixels(one, other)).toBeGreaterThan(0);
  });

  test("are in one page that works by itself, each under its anchor", async () => {
    const after = profiling({ work: [label("job", "Job")], home: [] });
    const [file] = await takePictures(
      [{ stack: "dev", after }],
      [
        {
          changedSteps: [
            ...added("work", '<img src=x onerror="alert(1)">').changedSteps,
            ...added("home").changedSteps,
          ],
        },
      ],
      folder,
      asIs,
    ).then((taken) => taken.map((picture) => picture.file));
    const page = await newPerson(browser);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`file://${join(folder, "index.html")}#/${file}`);

    expect(await page.locator("figcaption").allTextContents()).toEqual([
      'Profile: <img src=x onerror="alert(1)">, after',
      "Profile: home, after",
    ]);
    const widths = await page
      .locator("img")
      .evaluateAll((images) => images.map((image) => "naturalWidth" in image && image.naturalWidth));
    expect(widths).toEqual([960, 960]);
    expect(await page.locator(":target figcaption").count()).toBe(1);
    expect(requests.filter((url) => !url.startsWith("data:"))).toHaveLength(1);
    await page.close();
  });

  test("show texts and carry names only without secrets", async () => {
    const secret = "planted-secret";
    const redact = (text: string) => text.replaceAll(secret, "gone");
    const take = async (text: string, into: string) => {
      const after = profiling({ [`step_${text}`]: [label("job", `Job ${text}`)] }, { name: `Form ${text}` });
      const target = join(folder, into);
      const [picture] = await takePictures([{ stack: text, after }], [added(`step_${text}`, text)], target, redact);
      return join(into, picture?.file ?? "");
    };
    const [hidden, gone] = [await take(secret, "one"), await take("gone", "two")];

    expect(hidden).toBe("one/gone-form-gone-step-gone-after.png");
    expect(await differingPixels(hidden, gone)).toBe(0);
    expect(readFileSync(join(folder, "one/index.html"), "utf8")).not.toContain(secret);
  });

  test("stay in the folder, with a name of their own, whatever the ids are", async () => {
    const names = ["../../../etc/passwd", "..", "/", "A", "a", "\0", "長い", "x".repeat(500), "-", "CON"];
    const changes = names.map(
      (stack): ProfilingChange => ({ stack, after: profiling({ [stack]: [] }, { name: stack }) }),
    );
    const taken = await takePictures(
      changes,
      names.map((name) => added(name)),
      join(folder, "in"),
      asIs,
    );

    const files = taken.map(({ file }) => file);
    expect(readdirSync(folder)).toEqual(["in"]);
    expect(new Set(files).size).toBe(names.length);
    expect(files.filter((file) => !/^[a-z0-9][a-z0-9-]{0,140}\.png$/.test(file))).toEqual([]);
    expect(files.filter((file) => !existsSync(join(folder, "in", file)))).toEqual([]);
  }, 120_000);

  test("say why a step can not be shown, beside those that can", async () => {
    const broken = { id: "b", category: "BLOCK", type: "RICH_TEXT", config: { content: "{{ functions.( }}" } };
    const after = profiling({ broken: [broken], fine: [label("job", "Job")], odd: [{ id: 1 }] });
    const steps = ["broken", "fine", "odd", "gone"].map((id) => ({ id, alias: id, change: "added" as const }));
    const taken = await takePictures([{ stack: "dev", after }], [{ changedSteps: steps }], folder, asIs);

    expect(taken).toHaveLength(4);
    expect(await differingPixels("dev-profile-broken-after.png", "dev-profile-fine-after.png")).not.toBe(0);
  });

  test("load nothing from the network: not a form's pictures, and not what its stylesheet names", async () => {
    let connections = 0;
    // Not requests: the browser itself refuses to send those to an address of this machine, but it connects.
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const content = `<img src="${url}/a.png"><a href="${url}/b">b</a>`;
    const text = { id: "t", category: "BLOCK", type: "RICH_TEXT", config: { content } };
    const css = `@import "${url}/c.css"; body { background: url(${url}/d.png); } @font-face { font-family: f; src: url(${url}/e) } * { font-family: f }`;
    const after = profiling({ work: [text] }, { style: { css } });
    await takePictures([{ stack: "dev", after }], [added("work")], folder, asIs);
    server.close();

    expect(connections).toBe(0);
  });

  test("end where a stylesheet makes a page without an end", async () => {
    const after = profiling({ work: [] }, { style: { css: "body { height: 9999999px !important }" } });
    await takePictures([{ stack: "dev", after }], [added("work")], folder, asIs);

    expect(readFileSync(join(folder, "dev-profile-work-after.png")).readUInt32BE(20)).toBe(8000);
  });
});

describe("what pictures need", () => {
  test("is told at once, with what to do, where the browser is missing", () => {
    expect(() => picturesPackages({ PATH: folder })).toThrow(
      "[--pictures] can not be taken: no chromium, chromium-browser, google-chrome, google-chrome-stable is on PATH; " +
        "install Chromium or Chrome, or give its path as CHROME_PATH",
    );
    expect(() => picturesPackages({ CHROME_PATH: "/nowhere/chrome" })).toThrow(
      'CHROME_PATH names no file, got "/nowhere/chrome"; give the path of Chromium or Chrome',
    );
  });

  test("is found on PATH, unless CHROME_PATH names another one", () => {
    mkdirSync(join(folder, "bin"));
    for (const name of ["bin/google-chrome", "mine"]) {
      writeFileSync(join(folder, name), "");
    }

    const PATH = `/nowhere:${join(folder, "bin")}`;
    expect(picturesPackages({ PATH }).executablePath).toBe(join(folder, "bin/google-chrome"));
    expect(picturesPackages({ PATH, CHROME_PATH: join(folder, "mine") }).executablePath).toBe(join(folder, "mine"));
  });
});

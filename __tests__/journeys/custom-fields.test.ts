import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { FormComponent } from "auth0-forms";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { FormTenant } from "../support/form-tenant";

/** Tries everything that would leave the frame, and tells what came of it by its value. */
const ESCAPE = (url: string) => `function escape() {
  const got = {};
  const tries = {
    page: () => String(parent.document.title),
    storage: () => String(localStorage.length),
    cookie: () => document.cookie,
    fetch: () => fetch("${url}/fetch", { mode: "no-cors" }).then(() => "sent"),
    image: () => new Promise((done, fail) => { const i = new Image(); i.onload = () => done("sent"); i.onerror = () => fail(new Error("image")); i.src = "${url}/image"; }),
    leave: () => { location.href = "${url}/leave"; return "asked"; },
    top: () => { top.location.href = "${url}/top"; return "asked"; },
  };
  return {
    init() { return document.createElement("div"); },
    async getValue() {
      for (const [name, go] of Object.entries(tries)) {
        try { got[name] = await go(); } catch (error) { got[name] = error.name; }
      }
      return got;
    },
  };
}`;

const CALLS = `function calls(context) {
  const calls = ["params before init: " + JSON.stringify(context.custom.getParams())];
  const input = document.createElement("input");
  input.id = context.custom.createUid();
  const label = document.createElement("label");
  label.htmlFor = input.id;
  return {
    init() {
      calls.push("init " + context.custom.getParams().who + " " + (context.custom.getValue() ?? {}).text);
      label.textContent = "Nickname of " + context.custom.getParams().who;
      input.value = (context.custom.getValue() ?? {}).text ?? "";
      label.append(input);
      return label;
    },
    update() { calls.push("update"); },
    onFocus() { calls.push("focus"); },
    onBlur() { calls.push("blur"); },
    block() { input.disabled = true; },
    unblock() { input.disabled = false; },
    getScripts() { return ["https://example.com/mask.js"]; },
    getValue() {
      if (input.value === "rude") {
        throw new Error("Please choose a kinder one");
      }
      const { form } = context;
      form.setHiddenField("seen", "by the field");
      return input.value === "" ? undefined : { text: input.value, title: form.getField("title").getValue(), hidden: form.getAllHiddenFields(), calls };
    },
  };
};`;

describeInBrowser("CUSTOM fields", () => {
  let forms: FormTenant;
  let browser: Browser;
  let elsewhere: Server;
  let origin: string;
  let asked: string[] = [];

  beforeAll(async () => {
    elsewhere = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    [forms, browser] = await Promise.all([FormTenant.start(), startBrowser()]);
  }, 60_000);

  afterAll(async () => {
    elsewhere.close();
    await browser.close();
    await forms.stop();
  });

  beforeEach(() => {
    asked = [];
  });

  /** Someone new before the step with these components; what it answers is written to their metadata. */
  async function atStep(
    ...components: readonly FormComponent[]
  ): Promise<{ page: Page; metadata: () => Promise<unknown> }> {
    await forms.deploy(
      {
        form: {
          name: "Custom",
          start: { next_node: "one", hidden_fields: [{ key: "seen", value: "not yet" }] },
          nodes: [
            {
              id: "one",
              type: "STEP",
              config: {
                components: [
                  ...components,
                  { id: "go", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } },
                ],
                next_node: "$ending",
              },
            },
          ],
          ending: { resume_flow: true },
        },
        flows: {},
      },
      {
        vars: { who: "Ana" },
        continued: `for (const [key, value] of Object.entries(event.prompt.fields)) { api.user.setUserMetadata(key, value); }`,
      },
    );
    const page = await newPerson(browser);
    const email = forms.newEmail();
    await page.goto(forms.loginUrl({ screen_hint: "signup" }));
    await page.locator('input[type="email"]').fill(email);
    await page.locator('input[type="password"]').fill("correct horse 1A");
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(/custom-prompt/);
    const metadata = async () => {
      const { body } = await forms.tenant.request("GET", `/api/v2/users-by-email?email=${email}`);
      return body[0].user_metadata;
    };
    return { page, metadata };
  }

  const custom = (code: string, config: object = {}, more: Partial<FormComponent> = {}): FormComponent => ({
    ...{ id: "own", category: "FIELD", type: "CUSTOM", label: "Own", config: { schema: {}, code, ...config } },
    ...more,
  });
  const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();
  const done = (page: Page) => page.waitForURL(`${forms.application.callback}?**`);

  test("live as Auth0 documents: parameters, focus, errors of their own, hidden fields, values of others", async () => {
    const { page, metadata } = await atStep(
      { id: "title", category: "FIELD", type: "TEXT", label: "Title" },
      custom(CALLS, { params: { who: "{{vars.who}}" } }, { required: true }),
    );
    const field = page.frameLocator("iframe").getByLabel("Nickname of Ana");

    await page.getByText('CUSTOM "own" is shown without https://example.com/mask.js.').waitFor();
    await next(page);
    await page.locator("#af-own-error", { hasText: "Please fill in this field." }).waitFor();
    await field.fill("rude");
    await next(page);
    await page.locator("#af-own-error", { hasText: "Please choose a kinder one" }).waitFor();
    await field.fill("Annie");
    await page.getByLabel("Title").fill("Dr");
    await next(page);
    await done(page);

    expect(await metadata()).toEqual({
      seen: "by the field",
      title: "Dr",
      own: {
        text: "Annie",
        title: "Dr",
        hidden: { seen: "by the field" },
        calls: ["params before init: {}", "init Ana undefined", "focus", "blur", "focus", "blur"],
      },
    });
  });

  test("are checked by their schema on the server, and visited again with what they held", async () => {
    const schema = { type: "object", properties: { text: { type: "string", minLength: 3 } } };
    const { page, metadata } = await atStep(custom(CALLS, { schema, params: { who: "Ana" } }));
    const field = page.frameLocator("iframe").getByLabel("Nickname of Ana");

    await field.fill("An");
    await next(page);
    await page
      .locator("#af-own-error", { hasText: "This value is not accepted: /text must NOT have fewer than 3 characters." })
      .waitFor();
    expect(await field.inputValue()).toBe("An");
    await field.fill("Ann");
    await next(page);
    await done(page);

    expect(await metadata()).toMatchObject({
      own: { text: "Ann", calls: expect.arrayContaining(["init Ana An", "update"]) },
    });
  });

  test("reach neither the page nor the network, wherever they try to go", async () => {
    const { page, metadata } = await atStep(custom(ESCAPE(origin)));

    await next(page);
    await done(page);

    expect(await metadata()).toEqual({
      seen: "not yet",
      own: {
        page: "SecurityError",
        storage: "SecurityError",
        cookie: "SecurityError",
        fetch: "TypeError",
        image: "Error",
        leave: "asked",
        top: "SecurityError",
      },
    });
    expect(asked).toEqual([]);
  });

  test("are shown in the previews of the tenant's owner too", async () => {
    await atStep(custom(CALLS, { params: { who: "Ana" } }));
    const { body: all } = await forms.tenant.request("GET", "/api/v2/forms");
    const page = await newPerson(browser);
    await page.goto(`${forms.pages}/_tenant/forms/${all.at(-1).id}/steps/one`);

    await page.frameLocator("iframe").getByLabel("Nickname of Ana").waitFor();
  });

  test.each([
    ["is no function", "42", "Error: the code of the field is no function"],
    ["can not be read", "function f( }", "SyntaxError: Unexpected token '}'"],
    ["fails", "function f() { return { init() { return none; } }; }", "ReferenceError: none is not defined"],
  ])("whose code %s say so on the page and in the log", async (_, code, said) => {
    const { page } = await atStep(custom(code));

    await page.getByText(`Shown by the local tenant only: ${said}`).waitFor();
    // The frame's code may have run before this page was looked at: what it reported is on its way, or there.
    await page.waitForLoadState("networkidle");

    await page.goto(`${forms.pages}/_tenant/logs`);
    await page.getByText(`Custom: CUSTOM "own": ${said}`).first().waitFor();
  });
});

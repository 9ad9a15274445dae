import { keepMessage, messagesIn } from "../../../tenant/documents/message";
import { Store } from "../../../tenant/documents/store";
import { isAllowedUrl } from "../../../tenant/login/client-metadata";
import { keepLogin, loginsIn } from "../../../tenant/login/login-log";
import type { LoginServices } from "../../../tenant/login/login-services";
import { policySource } from "../../../tenant/login/page";
import { pageLanguage } from "../../../tenant/login/page-texts";
import { loginPages } from "../../../tenant/login/pages";
import { PasswordAttempts } from "../../../tenant/login/password-attempts";
import { isEmail } from "../../../tenant/login/sign-up-page";
import { storeAdapters } from "../../../tenant/login/store-adapter";
import { processorTime } from "../../support/processor-time";

describe("allowed URLs", () => {
  test.each([
    ["https://app.example/cb", ["https://app.example/cb"], true],
    ["https://app.example/cb?x=1", ["https://app.example/cb"], false],
    ["https://app.example/cb/", ["https://app.example/cb"], false],
    ["https://one.example.com/cb", ["https://*.example.com/cb"], true],
    ["https://one.two.example.com/cb", ["https://*.example.com/cb"], false],
    ["https://evil.com/?.example.com/cb", ["https://*.example.com/cb"], false],
    ["https://.example.com/cb", ["https://*.example.com/cb"], false],
    ["com.example.app:/cb", ["com.example.app:/cb"], true],
    ["https://app.example/cb", [], false],
  ])("%s by %j: %s", (url, allowed, isAllowed) => {
    expect(isAllowedUrl(url, allowed)).toBe(isAllowed);
  });
});

test.each([
  ["https://app.example/cb?x", "https://app.example"],
  ["http://localhost:3000/callback", "http://localhost:3000"],
  ["com.example.app:/callback", "com.example.app:"],
  ["nonsense", "'self'"],
])("a form may lead to %s by the source %s", (url, source) => {
  expect(policySource(url)).toBe(source);
});

test.each([
  [["en"], ["ja", "en"], "en"],
  [["en", "ja"], ["ja-JP", "en"], "ja"],
  [["ja", "en"], ["fr"], "ja"],
  [["fr"], ["fr"], "en"],
])("with %j enabled and %j preferred the pages are in %s", (enabled, preferred, locale) => {
  expect(pageLanguage(enabled, preferred).locale).toBe(locale);
});

test.each([
  ["ann@example.com", true],
  ["ann.o'neil+x@mail.example.co.uk", true],
  ["ann@example", false],
  ["ann@example..com", false],
  ["ann@example.com.", false],
  ["ann@@example.com", false],
  ["ann smith@example.com", false],
  [`${"a".repeat(242)}@example.com`, true],
  [`${"a".repeat(243)}@example.com`, false],
])("%s is an email address: %s", (text, isOne) => {
  expect(isEmail(text)).toBe(isOne);
});

test("what is made to be slow to read is refused at once", () => {
  const took = processorTime(() => expect(isEmail(`a@${".".repeat(40_000)}@`)).toBe(false));

  expect(took).toBeLessThan(100);
});

test("a page that fails says so as a page, and the terminal tells why", async () => {
  const told = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const services = { store: new Store() } as LoginServices;
  const broken = new Error("broken");

  const response = await loginPages(services, () => Promise.reject(broken)).request("/u/login?state=x");
  const said = told.mock.calls;
  told.mockRestore();

  expect(response.status).toBe(500);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await response.text()).toContain("The tenant has failed.");
  expect(said).toEqual([["GET /u/login:", broken]]);
});

describe("wrong passwords", () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  test("make the account wait for that address after ten, twice as long after each, until the right one", () => {
    const attempts = new PasswordAttempts(() => now);
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(attempts.secondsToWait("ann@example.com", "1.1.1.1")).toBe(0);
      attempts.failed("Ann@Example.com ", "1.1.1.1");
    }

    expect(attempts.secondsToWait("ann@example.com", "1.1.1.1")).toBe(60);
    expect(attempts.secondsToWait("ann@example.com", "2.2.2.2")).toBe(0);
    pass(60);
    expect(attempts.secondsToWait("ann@example.com", "1.1.1.1")).toBe(0);
    attempts.failed("ann@example.com", "1.1.1.1");
    expect(attempts.secondsToWait("ann@example.com", "1.1.1.1")).toBe(120);
    attempts.succeeded("ann@example.com", "1.1.1.1");
    expect(attempts.secondsToWait("ann@example.com", "1.1.1.1")).toBe(0);
  });

  test("make an address wait after a hundred, whatever the names", () => {
    const attempts = new PasswordAttempts(() => now);
    for (let attempt = 0; attempt < 100; attempt++) {
      attempts.failed(`user${attempt}`, "1.1.1.1");
    }

    expect(attempts.secondsToWait("somebody else", "1.1.1.1")).toBe(60);
    expect(attempts.secondsToWait("somebody else", "2.2.2.2")).toBe(0);
  });
});

test("many wrong passwords that are tried at once are hardly more than many in turn", async () => {
  const attempts = new PasswordAttempts(() => new Date("2026-01-01T00:00:00Z"));
  let tried = 0;
  const attempt = async () => {
    if (attempts.secondsToWait("ann@example.com", "1.1.1.1") > 0) {
      return;
    }
    tried += 1;
    await new Promise((resolve) => setImmediate(resolve));
    attempts.failed("ann@example.com", "1.1.1.1");
    throw new Error("wrong");
  };

  await Promise.allSettled(Array.from({ length: 100 }, () => attempts.inTurn(attempt)));

  expect(tried).toBeGreaterThanOrEqual(10);
  expect(tried).toBeLessThan(13);
  expect(await attempts.inTurn(async () => "the next")).toBe("the next");
});

test("of what the tenant shows, logins and messages, the newest 500 are kept", () => {
  const store = new Store();
  for (let count = 0; count < 501; count++) {
    keepLogin(store, { id: `login ${count}` } as never);
    keepMessage(store, { id: `message ${count}` } as never);
  }

  for (const kept of [loginsIn(store).list(), messagesIn(store).list()]) {
    expect(kept).toHaveLength(500);
    expect(kept[0]?.id).toMatch(/ 1$/);
  }
});

describe("what oidc-provider keeps", () => {
  test("expires, and is removed when something else is kept", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const store = new Store();
    const interactions = storeAdapters(store, () => now)("Interaction");
    await interactions.upsert("one", {}, 3600);
    expect(await interactions.find("one")).toBeDefined();

    now = new Date("2026-01-01T01:00:00Z");
    await interactions.upsert("two", {}, 3600);

    expect(await interactions.find("one")).toBeUndefined();
    expect(store.collection("oidc-Interaction").size).toBe(1);

    await interactions.upsert("three", {}, 60);
    now = new Date("2026-01-01T01:01:00Z");
    await interactions.upsert("four", {}, 60);
    expect(await interactions.find("two")).toBeDefined();
    expect(await interactions.find("three")).toBeUndefined();

    now = new Date("2026-01-01T02:00:00Z");
    await interactions.upsert("five", {}, 60);
    expect(await interactions.find("two")).toBeUndefined();
    expect(store.collection("oidc-Interaction").size).toBe(1);
  });

  test("goes with its grant", async () => {
    const adapters = storeAdapters(new Store(), () => new Date());
    const tokens = adapters("RefreshToken");
    await tokens.upsert("one", { grantId: "g" }, 60);
    await tokens.upsert("two", { grantId: "h" }, 60);

    await tokens.revokeByGrantId("g");

    expect(await tokens.find("one")).toBeUndefined();
    expect(await tokens.find("two")).toEqual({ grantId: "h" });
  });

  test("is 5,000 of each model: the first of more to expire goes, not what was used since", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const sessions = storeAdapters(new Store(), () => now)("Session");
    await sessions.upsert("used", {}, 3600);
    await sessions.upsert("unused", {}, 3600);
    now = new Date("2026-01-01T00:01:00Z");
    for (let count = 2; count < 5000; count++) {
      await sessions.upsert(`other ${count}`, {}, 3600);
    }
    now = new Date("2026-01-01T00:02:00Z");
    await sessions.upsert("used", {}, 3600);

    await sessions.upsert("the last", {}, 60);

    expect(await sessions.find("used")).toBeDefined();
    expect(await sessions.find("the last")).toBeDefined();
    expect(await sessions.find("unused")).toBeUndefined();
  });

  test("keeps the grants that a session or a token names, however many others there are", async () => {
    const store = new Store();
    const adapters = storeAdapters(store, () => new Date());
    const grants = adapters("Grant");
    for (const id of ["nobody's", "a session's", "a refresh token's", "an access token's"]) {
      await grants.upsert(id, {}, 3600);
    }
    await adapters("Session").upsert("one", { authorizations: { client: { grantId: "a session's" } } }, 3600);
    await adapters("RefreshToken").upsert("one", { grantId: "a refresh token's" }, 3600);
    await adapters("AccessToken").upsert("one", { grantId: "an access token's" }, 3600);

    for (let count = 0; count < 5000; count++) {
      await grants.upsert(`other ${count}`, {}, 7200);
    }

    const kept = store.collection<{ id: string }>("oidc-Grant").list();
    expect(kept).toHaveLength(4503);
    expect(kept.slice(0, 4).map(({ id }) => id)).toEqual([
      ...["a session's", "a refresh token's", "an access token's", "other 500"],
    ]);
  }, 60_000);

  test("codes are not written to the disk", async () => {
    const store = new Store();
    await storeAdapters(store, () => new Date())("AuthorizationCode").upsert("one", {}, 60);

    expect(store.collection("oidc-AuthorizationCode").list()).toEqual([]);
  });
});

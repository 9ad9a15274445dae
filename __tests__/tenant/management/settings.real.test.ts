import { InMemoryManagementApi } from "../../support/management-api";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

const PATH = "/tenants/settings";

test("a tenant tells its settings, and which Node versions Actions may run on", async () => {
  const { status, body } = await api.request("GET", PATH);

  expect(status).toBe(200);
  expect(body).toMatchObject({ enabled_locales: ["en"], sandbox_versions_available: ["22", "18"] });
});

test("a change merges flags, replaces the rest, and null removes a setting", async () => {
  await api.request("PATCH", PATH, { flags: { enable_sso: false }, support_email: "help@example.com" });

  const { body } = await api.request("PATCH", PATH, {
    flags: { revoke_refresh_token_grant: true },
    enabled_locales: ["de", "fr"],
    support_email: null,
  });

  expect(body.flags).toMatchObject({ enable_sso: false, revoke_refresh_token_grant: true, universal_login: true });
  expect(body.enabled_locales).toEqual(["de", "fr"]);
  expect(body).not.toHaveProperty("support_email");
});

test("minutes are kept as hours", async () => {
  const { body } = await api.request("PATCH", PATH, { session_lifetime_in_minutes: 90 });

  expect(body.session_lifetime).toBe(1.5);
  expect(body).not.toHaveProperty("session_lifetime_in_minutes");
});

test.each([
  [{ colour: "red" }, "'Additional properties not allowed: colour'."],
  [{ enabled_locales: [] }, "'Array is too short (0), minimum 1' on property enabled_locales."],
  [{ session_lifetime: 0 }, "'Value 0 is less than minimum 1' on property session_lifetime."],
])("%j is refused", async (body, fault) => {
  const answer = await api.request("PATCH", PATH, body);

  expect(answer.status).toBe(400);
  expect(answer.body.message).toBe(`Payload validation error: ${fault}`);
});

import { reviewPlans } from "../../review/review";
import { reviewJson } from "../../review/review-json";
import { type PlanJson, planOf, storedPlan, told, withForm } from "../support/stored-plans";

const SECRET = "planted-77-word";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A plan that has it where the row says, and in the text of a form that it changes, in this spelling. */
function planWith(place: (plan: PlanJson) => void, pasted = SECRET): PlanJson {
  const plan = withForm(storedPlan("link-only"), "style", () => ({ css: `/* it is ${pasted}. */` }));
  place(plan);
  return plan;
}

/** As an attribute of a resource that the plan changes. */
const attribute =
  (name: string, value: unknown, sensitive = false) =>
  (plan: PlanJson) => {
    const [{ change }] = plan.resource_changes.filter(({ type }) => type === "auth0_client") as [
      PlanJson["resource_changes"][number],
    ];
    change.actions = ["update"];
    change.after = { ...change.after, [name]: value };
    if (sensitive) {
      change.after_sensitive = { [name]: true };
    }
  };
const url = (address: string) => attribute("logo_uri", address);
const sensitive = (value: unknown) => attribute("note", value, true);
const output = (value: unknown) => (plan: PlanJson) => {
  plan.output_changes = { where: { actions: ["create"], before: null, after: value, after_unknown: false } };
};

const PLACES: readonly (readonly [string, (plan: PlanJson) => void, string?])[] = [
  ...["client_secret", "signing_secret", "consumer_secret", "api_token", "token", "db_password", "password"].map(
    (name) => [`an attribute that is called ${name}`, attribute(name, SECRET)] as const,
  ),
  ...["api_key", "apiKey", "x-api-key", "private_key", "privateKey", "secret_key", "server_key", "access_key"].map(
    (name) => [`a member that is called ${name}`, attribute("options", [{ inner: { [name]: SECRET } }])] as const,
  ),
  ["JSON in an attribute", attribute("options", JSON.stringify({ inner: { signing_secret: SECRET } }))],
  ["the password of an address", url(`https://user:${SECRET}@example.com/x`)],
  ["the user of an address", url(`https://${SECRET}@example.com/x`)],
  ["an address of any scheme", url(`postgres://user:${SECRET}@db.example.com:5432/x`)],
  ["an address in the middle of a text", url(`see <a href="https://user:${SECRET}@example.com">here</a>`)],
  ...["api_key", "access_token", "client_secret", "password", "sig", "key", "code", "x-api-key"].map(
    (name) => [`the query of an address, as ${name}`, url(`https://example.com/x?a=b&${name}=${SECRET}&c=d`)] as const,
  ),
  ["the fragment of an address", url(`https://example.com/x#access_token=${SECRET}`)],
  ["an address in an output", output(`https://user:${SECRET}@example.com/x`)],
  ["an address in a list of an output", output([{ hook: `https://example.com/?api_key=${SECRET}` }])],
  ["a secret-named member of an output", output({ client_secret: SECRET })],
  ["JSON in an output", output(JSON.stringify({ deep: [{ client_secret: SECRET }] }))],
  ["what is sensitive", sensitive(SECRET)],
  ["an address that is sensitive", sensitive(`https://user:${SECRET}@example.com/x`)],
  ["JSON that is sensitive", sensitive(JSON.stringify({ user: "me", deep: [{ word: SECRET }] }))],
  ["an address in JSON that is sensitive", sensitive(JSON.stringify({ url: `https://me:${SECRET}@example.com` }))],
  ["settings that are sensitive", sensitive(`Server=db;User=me;Password=${SECRET};Timeout=3`)],
  ["Base64 of an address that is sensitive", sensitive(base64(`https://user:${SECRET}@example.com/x`))],
  ["Base64 of JSON that is sensitive", sensitive(base64(JSON.stringify({ user: "me", word: SECRET })))],
  ["credentials of HTTP's Basic", sensitive(`Basic ${base64(`user:${SECRET}`)}`)],
  ["what is sensitive, and its Base64 is pasted", sensitive(SECRET), base64(`user:${SECRET}:more`)],
  ["an address, and its Base64 is pasted", url(`https://user:${SECRET}@example.com`), base64(`me:${SECRET}`)],
  ["an address with escapes, and it is pasted without", url("https://me:planted%2D77%2Dword@example.com/")],
  ["what is sensitive, and is pasted with escapes", sensitive("planted 77 word"), "planted%2077%20word"],
];

test.each(PLACES.map(([where, place, pasted = SECRET]) => ({ where, place, pasted })))(
  "a secret that stands in $where is printed nowhere",
  ({ place, pasted }) => {
    const plan = planWith(place, pasted);
    const { markdown, kinds } = told(plan);
    const json = reviewJson(reviewPlans([planOf(plan)], []));

    for (const text of [markdown, json]) {
      expect(text).not.toContain(pasted);
      expect(text).not.toContain(SECRET);
      expect(text).toContain("‹redacted›");
    }
    expect(kinds).toContain("secret-in-text");
  },
);

test.each([
  ["a text without a secret", url("https://example.com/x?a=planted-77-word")],
  ["a user_metadata key's name", attribute("callbacks", ["https://example.com/planted-77-word"])],
])("%s hides nothing", (_, place) => {
  expect(told(planWith(place)).markdown).toContain(`it is ${SECRET}.`);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dropdown, nextButton, richText, Stage, text } from "../../lib";
import { DeployedLogins } from "../support/deployed-logins";

jest.setTimeout(120_000);

const HOSTILE = "<script>alert(1)</script>{{context.user.email}}";
const ACTIONS = join(__dirname, "..", "..", "actions");

let logins: DeployedLogins;

beforeAll(async () => {
  logins = await DeployedLogins.start();
  logins.deploy({
    stages: [
      Stage.untilAnswered("nickname", {
        components: [
          text("nickname", { label: "Nickname", required: true, maxLength: 80 }),
          dropdown("size", { label: "Size", options: ["small", "large"] }),
          nextButton(),
        ],
      }),
      Stage.untilAnswered("town", {
        components: [
          richText("<p>Hello {{context.user.user_metadata.nickname}}</p>"),
          text("town", { label: "Town", required: true }),
          nextButton(),
        ],
      }),
    ],
  });
});

afterAll(() => logins.stop());

const begun = () => logins.application.begin(logins.tenant, logins.client);

/** What somebody has in their metadata who posts this at the first step, and the page on which they are then. */
async function posted(entries: Readonly<Record<string, string>>) {
  const { visitor, email, id } = await logins.newPerson();
  const page = await visitor.submit(await logins.logIn(visitor, email, begun()), entries);
  return { visitor, page, metadata: (await logins.userOf(id)).user_metadata };
}

test("an answer goes to who logged in, whatever is posted beside it", async () => {
  const other = await logins.newPerson();
  const { metadata } = await posted({
    "field.nickname": "Ana",
    "field.user_id": other.id,
    user_id: other.id,
    state_user: other.id,
  });

  expect(metadata).toEqual({ nickname: "Ana" });
  expect((await logins.userOf(other.id)).user_metadata).toBeUndefined();
});

test.each([
  [
    "a field that the step does not have is ignored",
    { "field.nickname": "Ana", "field.is_admin": "true" },
    { nickname: "Ana" },
  ],
  ["an option that was not offered is refused", { "field.nickname": "Ana", "field.size": "enormous" }, undefined],
  ["what is longer than the field takes is refused", { "field.nickname": "a".repeat(81) }, undefined],
])("%s", async (_, entries, kept) => {
  const { page, metadata } = await posted(entries);

  expect(metadata).toEqual(kept);
  expect(page.url.startsWith(logins.application.callback)).toBe(kept !== undefined);
});

test("expressions and HTML in an answer stay texts, where they are kept and where a later page shows them", async () => {
  const { visitor, metadata } = await posted({ "field.nickname": HOSTILE });
  expect(metadata).toEqual({ nickname: HOSTILE });

  const { html } = await visitor.visit(begun().url);
  expect(html).toContain("Hello &lt;script&gt;alert(1)&lt;/script&gt;{{context.user.email}}");
  expect(html).not.toContain("<script>alert(1)");
});

test.each(readdirSync(ACTIONS).filter((file) => file.endsWith(".js")))(
  "the Action %s requires no package, reads no secret, and sends no request",
  (file) => {
    expect(readFileSync(join(ACTIONS, file), "utf8")).not.toMatch(/\brequire\(|\.secrets\b|\bfetch\(/);
  },
);

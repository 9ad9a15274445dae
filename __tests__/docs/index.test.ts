import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DOCS = join(__dirname, "..", "..", "docs");
const INDEX = readFileSync(join(DOCS, "README.md"), "utf8");

/** The parts of the index, by their kind. */
const kinds = new Map(
  INDEX.split(/^## /m)
    .slice(1)
    .map((part) => [/^[\w-]+/.exec(part)?.[0] ?? "", part]),
);

test("there are four kinds", () => {
  expect([...kinds.keys()]).toEqual(["Tutorial", "How-to", "Reference", "Explanation"]);
});

test.each(readdirSync(DOCS).filter((file) => file.endsWith(".md") && file !== "README.md"))(
  "%s is of one kind",
  (file) => {
    const of = [...kinds].filter(([, part]) => part.includes(`](${file}`)).map(([kind]) => kind);

    expect(of).toHaveLength(1);
  },
);

const bound = readdirSync(__dirname)
  .filter((file) => file.startsWith("claims"))
  .map((file) => readFileSync(join(__dirname, file), "utf8"));

test.each(readdirSync(DOCS).filter((file) => file.endsWith(".md") && file !== "README.md"))(
  "each claim of %s is bound to what shows it",
  (file) => {
    expect(bound.filter((text) => text.includes(`"docs/${file}": [`))).toHaveLength(1);
  },
);

test.each([
  ["change the words of the default stages", "words-consents-codes.md#how-do-i-change"],
  ["consent version", "words-consents-codes.md#how-do-i-ask"],
  ["e-mail code", "words-consents-codes.md#how-do-i-verify"],
  ["several tenants alias", "beside-others.md#how-do-i-deploy"],
  ["Action already order", "beside-others.md#in-which-order"],
  ["other Auth0 resources in the same stack", "beside-others.md#how-do-i-define"],
  ["branding organization", "beside-others.md#how-do-i-define"],
  ["custom domain", "beside-others.md#the-tenant-has"],
  ["rotate secret", "secrets.md"],
  ["adopt", "adopt.md"],
  ["review pictures before deploy", "before-a-deploy.md#how-do-i-see"],
  ["recover after a crash", "state.md#after-a-crash"],
  ["unit-test a stack", "before-a-deploy.md#how-do-i-unit-test"],
  ["remove it again", "remove.md"],
  ["limits plans", "limits.md"],
  ["login request by request", "how-it-works.md"],
  ["security", "security.md"],
])("who looks for “%s” finds it on one line, by these words", (words, page) => {
  const found = INDEX.split("\n").filter((line) => words.split(" ").every((word) => line.includes(word)));

  expect(found.filter((line) => line.includes(`](${page}`))).not.toEqual([]);
});

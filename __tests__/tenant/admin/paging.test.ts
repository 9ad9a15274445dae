import { pageOf, pages } from "../../../tenant/admin/paging";
import { usersPage } from "../../../tenant/admin/user-pages";
import { usersIn } from "../../../tenant/documents/collections";
import { Store } from "../../../tenant/documents/store";
import type { Services } from "../../../tenant/management/family";

const TIMES = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" } as const;

function usersOf(count: number): Services {
  const store = new Store();
  for (let number = 1; number <= count; number += 1) {
    const user_id = `auth0|${number}`;
    usersIn(store).put(user_id, { user_id, email: `person${number}@example.com`, identities: [], ...TIMES });
  }
  return { store } as Services;
}

/** The people on the page, and what is said of where one is. */
function shown({ content }: { readonly content: unknown }): readonly [string[], string | undefined] {
  const html = String(content);
  return [
    [...html.matchAll(/>(person\d+)@/g)].map(([, name = ""]) => name),
    /<span class="where">(.*?)<\/span>/.exec(html)?.[1],
  ];
}

test("of many users the page shows the newest fifty, and where the others are", async () => {
  const services = usersOf(1234);
  const [first, where] = shown(usersPage(services));
  const [last, end] = shown(usersPage(services, "", "25"));

  expect([first.length, first[0], first.at(-1), where]).toEqual([50, "person1234", "person1185", "1 to 50 of 1,234"]);
  expect([last.length, last[0], last.at(-1), end]).toEqual([34, "person34", "person1", "1,201 to 1,234 of 1,234"]);
});

test("of 100,000 users it is as small", () => {
  expect(String(usersPage(usersOf(100_000)).content).length).toBeLessThan(40_000);
});

test.each<[string, string[]]>([
  ["person7@", ["person7"]],
  ["PERSON70@", ["person70"]],
  [" auth0|12 ", ["person12"]],
  ["nobody", []],
])("what is sought is a part of what a user is called: %s", (sought, found) => {
  expect(shown(usersPage(usersOf(99), sought))[0]).toEqual(found);
});

test("what was sought goes along to the other pages", () => {
  const html = String(usersPage(usersOf(200), "person1").content);

  expect(html).toContain('value="person1"');
  expect(html).toContain('<a href="/_tenant/users?q=person1&amp;page=2">Next</a>');
});

test.each([
  ["1", 1],
  ["3", 3],
  ["4", 3],
  ["0", 1],
  ["-2", 1],
  ["2.9", 2],
  ["x", 1],
  ["", 1],
])("of three pages, %s is page %d", (asked, page) => {
  expect(pageOf(Array.from({ length: 101 }), asked).page).toBe(page);
});

test("one page has no ways to others", () => {
  expect(pages(pageOf([1], "1"), String)).toBe("");
});

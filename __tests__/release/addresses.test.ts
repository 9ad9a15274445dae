import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  addressesOf,
  RELEASED,
  RELEASED_EXAMPLES,
  releasedFile,
  releasedStack,
  stackNow,
  unannounced,
} from "../support/release";

/** `RELEASE=0.2 npx jest __tests__/release` keeps the stacks of a release that is about to be. */
if (process.env.RELEASE) {
  for (const example of RELEASED_EXAMPLES) {
    const file = releasedFile(process.env.RELEASE, example);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(stackNow(example), undefined, 2)}\n`);
  }
}

test("the default and five other stacks of a release are kept", () => {
  expect(RELEASED.filter(([release]) => release === "0.1").map(([, example]) => example)).toEqual(RELEASED_EXAMPLES);
});

test.each(RELEASED)(
  "what release %s calls the resources of %s they are still called, or CHANGELOG says so",
  (release, example) => {
    const now = stackNow(example);
    const called = [...addressesOf(now), ...(now.moved ?? []).map(({ from }) => from)];
    const lost = addressesOf(releasedStack(release, example)).filter((address) => !called.includes(address));

    expect(unannounced(lost)).toEqual([]);
  },
);

test("an address that is gone is announced by its name among the breaking changes alone", () => {
  const changes =
    "## 0.2\n\n### Breaking\n\n- `auth0_form.a` is another one.\n\n### New\n\n- `auth0_form.b` has a name.\n";

  expect(unannounced(["auth0_form.a", "auth0_form.b"], changes)).toEqual(["auth0_form.b"]);
});

import { type Finding, finding } from "../../review/finding";
import { findingLines } from "../../review/markdown/finding-lines";

const required = (field: string, form = "Team", isNew = false) =>
  finding("field-required", { address: "auth0_form.team", form, stage: "s" }, { alias: "Role", field, isNew });
const drifted = (name: string, attributes = ["nodes"]) =>
  finding(
    "resource-drifted",
    { address: `auth0_form.${name}` },
    {
      resource: { type: "auth0_form", address: `auth0_form.${name}`, name },
      change: "changed",
      attributes,
      isTakenBack: true,
    },
  );
const stuck = (address: string) => finding("form-stuck", { address, form: "Team" }, { because: { what: "no-resume" } });

const readable = (attribute: string) =>
  finding(
    "secret-readable",
    { address: "auth0_form.team" },
    { address: "auth0_form.team", isInAddress: false, attributes: [attribute] },
  );

test.each<[string, readonly Finding[], readonly string[]]>([
  [
    "of one thing are a line of their own",
    [required("phone")],
    ["- **required**: `phone` in stage `Role` is required now: nobody gets past it without an answer."],
  ],
  [
    "that say the same of several things are one",
    [required("phone"), required("team"), required("city")],
    [
      "- **required**: `phone` in stage `Role`, `team` in stage `Role`, `city` in stage `Role`: each is required now: nobody gets past it without an answer.",
    ],
  ],
  [
    "that say something else stay apart",
    [required("phone"), required("team", "Team", true)],
    [
      "- **required**: `phone` in stage `Role` is required now: nobody gets past it without an answer.",
      "- **required**: `team` in stage `Role` is a new field that is required: nobody gets past it without an answer.",
    ],
  ],
  [
    "of two forms stay apart, and name theirs",
    [required("phone"), required("phone", "Partners")],
    [
      "- **required**: Form `Team`: `phone` in stage `Role` is required now: nobody gets past it without an answer.",
      "- **required**: Form `Partners`: `phone` in stage `Role` is required now: nobody gets past it without an answer.",
    ],
  ],
  [
    "of resources that somebody changed alike are one",
    [drifted("one"), drifted("two"), drifted("three", ["ending"])],
    [
      "- **drift**: The form `one`, the form `two`: each was changed outside Terraform (`nodes`): the apply takes that back.",
      "- **drift**: The form `three` was changed outside Terraform (`ending`): the apply takes that back.",
    ],
  ],
  [
    "of what is called the same have their addresses",
    [stuck("auth0_form.one"), stuck("auth0_form.two")],
    [
      "- **stuck**: (`auth0_form.one`), (`auth0_form.two`): Nobody gets past the form: the ending of the form does not resume the login.",
    ],
  ],
  [
    "with a verb in a name are told by the name",
    [required("a` is `b"), required("c is d")],
    [
      "- **required**: ``a` is `b`` in stage `Role`, `c is d` in stage `Role`: each is required now: nobody gets past it without an answer.",
    ],
  ],
  [
    "whose sentence does not begin with the thing stay apart",
    [readable("nodes"), readable("style")],
    [
      "- **secret-in-text**: A secret stands in `nodes` of `auth0_form.team`, where people can read it: take it out, and change the secret.",
      "- **secret-in-text**: A secret stands in `style` of `auth0_form.team`, where people can read it: take it out, and change the secret.",
    ],
  ],
])("findings %s", (_, findings, lines) => {
  const forms = new Set(findings.flatMap(({ where }) => where.form ?? []));
  const own = findings.map((one) => ({ ...one, isForeign: false }));

  expect(findingLines(own, forms.size > 1)).toEqual(lines);
});

import type { ResourceChange } from "../../review/plan/plan";
import { Secrets } from "../../review/plan/secrets";
import { driftFindings, driftOf } from "../../review/resources/drift";
import { reviewResources } from "../../review/resources/resources";
import { kept, planOf, resource, textsOf } from "../support/planned-resources";

const FORM = "auth0_form.team";
const APPLIED = { name: "Team", style: "{}", ending: "{}" };
const FOUND = { ...APPLIED, style: '{"css":"a"}', ending: '{"resume_flow":true}' };
/** Somebody has changed the form, and the apply takes that back. */
const CHANGED = resource(FORM, APPLIED, FOUND);
const TAKEN_BACK = resource(FORM, FOUND, APPLIED);
const OTHER = resource("auth0_flow.other", { name: "Other" }, { name: "Another" });

test.each<[string, readonly ResourceChange[], readonly ResourceChange[], readonly string[]]>([
  [
    "what the apply takes back, by the attributes that somebody changed",
    [TAKEN_BACK],
    [CHANGED],
    ["drift: The form `Team` was changed outside Terraform (`ending`, `style`): the apply takes that back."],
  ],
  [
    "what the apply makes anew",
    [resource(FORM, undefined, APPLIED)],
    [resource(FORM, APPLIED, undefined)],
    ["drift: The form `Team` was removed outside Terraform: the apply makes it anew."],
  ],
  ["nothing of what the apply leaves as it is", [kept(FORM, FOUND), OTHER], [CHANGED], []],
  ["nothing of what the plan does not name, where it does anything", [OTHER], [CHANGED], []],
  [
    "all of it where the plan only refreshes the state",
    [],
    [CHANGED, resource("auth0_flow.gone", { name: "Gone" }, undefined)],
    [
      "drift: `auth0_form.team` was changed outside Terraform (`ending`, `style`): this plan takes it into the state, and changes nothing in the tenant.",
      "drift: `auth0_flow.gone` was removed outside Terraform: this plan takes it into the state, and changes nothing in the tenant.",
    ],
  ],
  ["nothing of what is only read", [TAKEN_BACK], [{ ...CHANGED, mode: "data" }], []],
  [
    "nothing where the provider reads back as empty what it was never given",
    [TAKEN_BACK],
    [
      resource(
        FORM,
        { name: "Team", style: null, languages: [{ primary: "en" }], messages: null },
        { name: "Team", style: "", languages: [{ primary: "en", default: "" }], messages: [{}], deleted: false },
      ),
    ],
    [],
  ],
])("of what was done outside Terraform is told %s", (_, changes, drift, told) => {
  const plan = { ...planOf(...changes), drift };
  const secrets = new Secrets();
  const resources = reviewResources(plan, undefined, secrets);

  expect(textsOf(driftFindings(driftOf(plan, resources, secrets), resources))).toEqual(told);
});

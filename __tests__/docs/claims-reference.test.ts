import { testClaims } from "../support/claims";

const SAVING = "journeys/saving-fails.test.ts";
const HOW = "docs/how-it-works.real.test.ts";
const PROFILING = "lib/progressive-profiling.test.ts";
const STAGES = "lib/form/stages.test.ts";
const STAGE_PROBLEMS = "lib/form/stage-problems.test.ts";
const COMPONENTS = "lib/form/components.test.ts";
const COVERAGE = "docs/coverage.test.ts";
const LOGIN = "journeys/login.test.ts";
const DEPLOY = "journeys/deploy.test.ts";

testClaims({
  "docs/limits.md": [
    ["A stage that waits for a key asks its other fields", [STAGES, "the graph of a form"]],
    [
      "Auth0 merges metadata at its first level",
      ["tenant/management/users.real.test.ts", "merged by their first level"],
    ],
    [
      "at most 10 rules in a router",
      ["lib/form/checks.test.ts", "a router has at most 10 rules"],
      [COVERAGE, "each that the local tenant knows is in the table, and no other"],
    ],
    ["Where another tool owns the whole list", ["review/stored-plans.test.ts", "sets the whole list of its trigger"]],
    [
      "may overwrite each other's trigger binding",
      ["journeys/cdktf-command.test.ts", "are all bound when they are deployed one after the other"],
    ],
    ["The domain is read from the provider's tenant", ["lib/parts.test.ts", "and reads the tenant's domain by itself"]],
    ["Imported resources show two changes once", [DEPLOY, "what Auth0 does not give back is the only change left"]],
    [
      "Where the form is deleted in the dashboard",
      [LOGIN, "one that is deleted is told of"],
      ["verify/verify.real.test.ts", "a form that is gone"],
    ],
    ["The local tenant is for trying", "advice"],
    ["The review evaluates", [COVERAGE, "each that the local tenant knows is in the table, and no other"]],
    [
      "Tested together are",
      ["journeys/engines.test.ts", "%s is applied, plans nothing more, is imported and goes again"],
      ["release/packages.test.ts", "CI turns the switch on with which both CDKs run on both engines"],
      ["journeys/node-versions.test.ts", "these are the versions that run"],
    ],
    [
      "macOS is untested",
      ["scripts/mac-trust.test.ts", "on macOS with the registry's provider"],
      "not known to anybody",
    ],
    [
      "What your tenant uses of them",
      ["review/limits.test.ts", "of each Action it is counted what it has"],
      ["verify/check-answers.test.ts", "nothing stands in the way in an empty tenant"],
    ],
    ["| what | limit | said by |", "documented by others"],
    ["**What costs.**", "documented by others"],
    ["**Requests.**", ["tenant/cli.real.test.ts", "with a rate limit, requests beyond it are answered as Auth0 does"]],
    ["| plan | a second, lasting |", "documented by others"],
    [
      "on how many people answer in a second",
      [HOW, "the first login makes the requests of the table, and the flow two"],
      [SAVING, "by default, people get in"],
    ],
  ],
  "docs/props.md": [
    ["Of all that is exported", ["docs/api.test.ts", "%s has an example"]],
    [
      "| prop | what it is | default |",
      ["lib/props.test.ts", "the table of docs/props.md has every prop of ProgressiveProfiling, and no other"],
      [PROFILING, "without props"],
    ],
    [
      "It exposes `formId`",
      [PROFILING, "exposes the ids of all parts"],
      [PROFILING, "an existing Vault connection takes the place of client"],
      ["lib/parts.test.ts", "each part can be defined alone"],
    ],
    ["Fields and widgets take", [COMPONENTS, "the answer is written under the id of"]],
    [
      "| component | makes | what is written |",
      [COMPONENTS, "the table of docs/props.md has every function that makes a component"],
      [COMPONENTS, "nothing is written, unless a key is given, of"],
      ["auth0-forms/components.test.ts", "the function that is named after it"],
    ],
    [
      "have a path each",
      [
        "journeys/package.test.ts",
        "every entrance, that of each binding too, is found by all of TypeScript's resolutions",
      ],
    ],
  ],
  "docs/coverage.md": [
    ["Every part of a form that Auth0's API has", [COVERAGE, "each that Auth0 has is in the table, and no other"]],
    ["By `raw()` each of them", ["lib/form/component-checks.test.ts", "all problems of a component come at once"]],
    ["| `DIVIDER` |", [COVERAGE, "%s is made by %s, and shown"]],
    ["A box to tick stands in", [COVERAGE, "%s is made by %s, and shown"]],
    ["the names are likely ones", ["tenant/forms/condition.test.ts", "the operators whose names are conjectured"]],
    ["| `AND` |", [COVERAGE, "each that the local tenant knows is in the table, and no other"]],
    [
      "Walked: the review says who is asked",
      ["review/form-dashboard.test.ts", "it is said which of Auth0's operators"],
    ],
    ["takes any of them, with its params", [STAGE_PROBLEMS, "an action of a flow is none of Auth0's"]],
    ["| `ACTIVECAMPAIGN/LIST_CONTACTS` |", [COVERAGE, "%s is made by %s"]],
    ["What a file answers is told in", "advice"],
    ["| `name` |", [COVERAGE, "each key that Auth0 has is in the table, and no other"]],
  ],
});

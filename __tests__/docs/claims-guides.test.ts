import { testClaims } from "../support/claims";

const WORDS = "docs/words-consents-codes.test.ts";
const BESIDE = "docs/beside-others.real.test.ts";
const BEFORE = "docs/before-a-deploy.test.ts";
const PICTURES = "docs/before-a-deploy.real.test.ts";
const REMOVE = "docs/remove.real.test.ts";
const EXAMPLES = "journeys/examples.test.ts";
const STAGES = "lib/form/stages.test.ts";
const PER_LOGIN = "lib/form/stages-per-login.test.ts";
const SAVING = "journeys/saving-fails.test.ts";

testClaims({
  "docs/words-consents-codes.md": [
    ["Each answers one question", "advice"],
    ["is the same two", ["lib/form/article-stages.test.ts", "as it is asked where no stages are given"]],
    [
      "The words are `profile` and `company`",
      ["lib/form/article-stages.test.ts", "with other words and other required"],
    ],
    ["The plan changes the form and nothing else", [WORDS, "other words change the form and nothing else"]],
    [
      "each text is needed in both",
      ["lib/form/translation.test.ts", "lacks a language that another text has"],
      ["lib/form/article-stages.test.ts", "in Japanese as well, each text has a translation"],
    ],
    ["It is asked of everybody who accepted none", [EXAMPLES, "terms: {"], [STAGES, "the graph of a form"]],
    [
      'Whoever goes on has `"terms": "2026-11"`',
      [WORDS, "the version and the time are written to app_metadata"],
      ["review/moments.real.test.ts", "version-raised"],
    ],
    ["the version is what is kept", [WORDS, "a required legal that is saved is refused"]],
    ["The client needs `update:users_app_metadata`", [WORDS, "so are scopes that can not write app_metadata"]],
    [
      "Where nobody may get in without the consent",
      [SAVING, "by default, people get in"],
      [SAVING, "they stay on the form"],
      ["actions/action.test.ts", "when the application allows no page: prompt=none"],
    ],
    [
      "lets people in without the consent",
      [STAGES, "a button with which a stage is put off leads to the ending"],
      [PER_LOGIN, "what was answered before a stage was put off is not saved with the next one"],
    ],
    ["Only the last version is kept", [STAGES, "constants and expressions stand beside the answers"]],
    ["is a stage that sends a code", [WORDS, "two flows send and verify the code"]],
    [
      "Before the page is shown a flow makes a code",
      [EXAMPLES, '"email-code": {'],
      ["tenant/admin/outbox.real.test.ts", "the form's page says where the mail lies, and the code in it is right"],
      ["tenant/admin/outbox.real.test.ts", "a message that is sent again has another code"],
    ],
    [
      "an e-mail provider of its own",
      ["tenant/forms/journey-failures.test.ts", "fails the journey where no step was shown yet"],
    ],
    [
      'With "later", the stage comes again',
      [PER_LOGIN, "who puts a stage off goes on to the next one, and meets the first again at the next login"],
      ["journeys/right-moment.test.ts", "once in 7 days"],
    ],
    ["The words of the page can be in several languages", ["lib/form/email-verification.test.ts", "with other words"]],
    ["it does not document", "not known to anybody"],
    ["With flows of your own", "advice"],
  ],
  "docs/beside-others.md": [
    ["Each section answers one question", "advice"],
    ["Ours is appended to the trigger's list", [BESIDE, "behind what the tenant had, which stays"]],
    ["has to run before ours", [BESIDE, "who is blocked gets no page"]],
    ["Those of one stack are bound one after the other", ["journeys/bindings.test.ts", "are all made, ours last"]],
    ["The trigger's list is `Refuse`", [BESIDE, "behind what the tenant had, which stays"]],
    ["Who moves an Action in the dashboard", ["verify/verify.real.test.ts", "another Action that is bound after ours"]],
    [
      "The claim is of the answers as they were when the login began",
      ["docs/how-the-local-tenant-knows.real.test.ts", "behind a form an Action sees the user as the login began"],
    ],
    [
      "owns the whole list, somewhere else",
      ["verify/check-answers.test.ts", "auth0_trigger_actions of the stack takes the whole list"],
      ["review/stored-plans.test.ts", "sets the whole list of its trigger"],
    ],
    [
      "An Action can show one form",
      ["tenant/actions/post-login-api.real.test.ts", "renders one form for each Action"],
      [BESIDE, "Two Actions of one login each show a form"],
    ],
    ["is a `TerraformResource` of CDKTF", [BESIDE, "The engine takes all of them, with the provider's own schema"]],
    [
      "All of it is one plan and one state",
      [BESIDE, "The engine takes all of them, with the provider's own schema"],
      ["lib/progressive-profiling.test.ts", "exposes the ids of all parts"],
    ],
    ["CDKTF checks no name of a `TerraformResource`", [BESIDE, "and refuses a name that there is not"]],
    [
      "| | a stack for each tenant |",
      ["journeys/two-tenants.test.ts", "one stack deploys to two tenants by two aliases"],
    ],
    ["take it unless you have a reason", "advice"],
    ["say who deploys where", [BESIDE, "Each brand has the whole set-up by a provider of its own"]],
    ["Give `provider` to each construct and resource", ["lib/tenant-provider.test.ts", "neither waits for the other"]],
    [
      "people log in at the custom one all the same",
      ["lib/progressive-profiling.test.ts", "domain takes the place of the tenant"],
    ],
    ["The grant is for `https://example.eu.auth0.com", [BESIDE, "Grant and Vault connection have the tenant's own"]],
    [
      "are shown on a custom domain only",
      ["verify/check-answers.test.ts", "a CUSTOM field without a custom domain"],
      ["lib/environments/environment-checks.test.ts", "the tenant behind a custom domain"],
    ],
  ],
  "docs/before-a-deploy.md": [
    [
      "with no tenant and no credentials",
      [BEFORE, "it shows a profiling.ts and its tests, which follow"],
      ["journeys/init.test.ts", "the two commands of the README install and test what init writes"],
    ],
    ["and stands beside it", [BEFORE, "it shows a profiling.ts and its tests, which follow"]],
    ["The stack is built and synthesised, and nothing else", [BEFORE, "Defines the four tests of the block here"]],
    ["Assert what somebody would miss", "advice"],
    [
      "While you write",
      ["journeys/dev.test.ts", "what is saved comes onto the open page"],
      [PICTURES, "leave a review with a picture of each step"],
    ],
    [
      "says who will be asked what, with links to the PNG files",
      [PICTURES, "leave a review with a picture of each step, no plan, and nothing in the tenant"],
      ["review/pictures.real.test.ts", "are taken of a changed step as it was and as it will be"],
    ],
    ["Pictures need the local tenant", ["review/pictures.real.test.ts", "where the browser is missing"]],
    ["Auth0's own page has another look", "not known to anybody"],
    ["holds secrets in clear", ["journeys/secrets.test.ts", "the secret is in every saved plan, in clear"]],
    ["puts the pictures into the comment", ["journeys/workflow.test.ts", "has a page with a picture of the stage"]],
  ],
  "docs/remove.md": [
    ["The plan changes the Action alone", [REMOVE, "The Action changes alone"]],
    ["Stop asking, as above, and deploy that", "advice"],
    ["A login at Auth0 that takes longer", "advice"],
    ["Where there are environments", "advice"],
    ["What shows the form goes first", [REMOVE, "What shows the form goes first"]],
    ["The grant and the credentials go side by side", [REMOVE, "What shows the form goes first"]],
    ["is in the middle of a login whose form is gone", [REMOVE, "who is on a page gets an error"]],
    [
      "| what | where | |",
      [REMOVE, "The keys that the command names go, and no others"],
      [BESIDE, "behind what the tenant had, which stays"],
      ["lib/progressive-profiling.test.ts", "an existing client takes the place of the one that is defined"],
      ["lib/progressive-profiling.test.ts", "an existing Vault connection takes the place of client"],
    ],
    [
      "A stage that is taken out of a stack leaves its answers",
      ["review/stored-plans.test.ts", "Answers that were given stay in `user_metadata`"],
      ["actions/action.test.ts", "when nothing is missing"],
    ],
    ["A key that is sent as `null` is [removed]", [REMOVE, "The keys that the command names go, and no others"]],
    ["Erase after the destroy", [REMOVE, "The keys that the command names go, and no others"]],
  ],
});

import { testClaims } from "../support/claims";

const SCHEDULED = "actions/scheduled-profiling.test.ts";
const SAVED = "actions/scheduled-saving.test.ts";
const SHARE = "actions/share.test.ts";
const ROUTERS = "actions/router-agreement.test.ts";
const ACTION = "actions/action.test.ts";
const CONFINED = "tenant/actions/scheduled-profiling.real.test.ts";
const MOMENTS = "lib/profiling-action-stages.test.ts";
const PER_LOGIN = "lib/form/stages-per-login.test.ts";
const MOMENT = "journeys/right-moment.test.ts";
const SAVING = "journeys/saving-fails.test.ts";
const KNOWS = "docs/how-the-local-tenant-knows.real.test.ts";
const HOW = "docs/how-it-works.real.test.ts";
const ASKED = "docs/when-people-are-asked.test.ts";
const PROFILING = "lib/progressive-profiling.test.ts";
const STAGES = "lib/form/stages.test.ts";
const GENERATED = "lib/form/generated-stages.test.ts";
const STAGE_PROBLEMS = "lib/form/stage-problems.test.ts";
const BY_ACTION = "lib/saved-by-action.test.ts";
const LANGUAGE = "docs/form-language.test.ts";
const COVERAGE = "docs/coverage.test.ts";
const LOGIN = "journeys/login.test.ts";
const DEPLOY = "journeys/deploy.test.ts";
const EXAMPLES = "journeys/examples.test.ts";
const FAILURES = "tenant/forms/journey-failures.test.ts";

testClaims({
  "docs/when-people-are-asked.md": [
    [
      "The Action decides, before a page is shown",
      [SCHEDULED, "without options is at every login"],
      [HOW, "the first login makes the requests of the table"],
    ],
    ["From somebody's third login on", [ASKED, "an Action that is told what the document says"]],
    [
      "All that is given has to hold",
      [SCHEDULED, "of several options of which one does not hold"],
      [SCHEDULED, "whose condition holds is shown"],
    ],
    [
      "| option | who is asked | what counts |",
      [SCHEDULED, "from the third login on: the third"],
      [SCHEDULED, "7 days after the sign-up: the seventh day"],
      [SCHEDULED, "every 7 days: asked 7 days ago"],
      [SCHEDULED, "only at one client: it"],
      [SCHEDULED, "only by a connection: it"],
      [SCHEDULED, "except in an organization: none"],
      [MOMENT, "once in 7 days"],
      [HOW, "who closes the page meets it again without a password"],
      [SHARE, "is about as large as it is said to be, stays the same, and grows"],
      [SHARE, "is of others for another %s"],
      "documented by others",
    ],
    ["a part of one will do", [MOMENTS, "parts of a unit"], [MOMENTS, "must have one of only, except"]],
    [
      "so that the two can not disagree",
      [ROUTERS, "the Action finds a condition to hold where the router does, and nowhere else"],
      [ROUTERS, "the Action keeps nothing back that the router would show"],
      [SCHEDULED, "%s is left to the form's router: the stage is due"],
      [STAGES, "lets the Action say which stage is due where a router can not tell"],
    ],
    ["Where [no browser shows a page]", [SCHEDULED, "no page is shown, and nothing is wrong,"]],
    [
      "shows up to two of the stages that are due",
      [PER_LOGIN, "none twice, and nothing else is lost"],
      [PER_LOGIN, "who puts a stage off goes on to the next one, and meets the first again at the next login"],
      [SCHEDULED, "is followed by others that are due, %s at one login at most"],
      [
        "journeys/several-stages.test.ts",
        "the article's two stages are asked in one login, each saved by the one flow",
      ],
    ],
    ["the form does not see what was saved a moment ago", [PER_LOGIN, "more than one, where a constant would be lost"]],
    ["and only once a form was shown", [SAVED, "not where nothing needs it"], [ASKED, "looks as it is shown"]],
    [
      "which people can not change themselves",
      ["attacks/people-tokens.real.test.ts", "may read themselves and change their user_metadata, and that is all"],
      [SCHEDULED, "every 7 days: what is remembered is damaged"],
      [SCHEDULED, "every 7 days: the time is none"],
    ],
    ["in one login both write the key", [SAVED, "beside what other forms and stages remember"], "not known to anybody"],
    [
      '| | `saveBy: "flow"`, the default |',
      [BY_ACTION, "the article saved by the Action has no client"],
      [MOMENT, "what was deployed needs no client, no Vault connection and no flow"],
      [MOMENTS, "a value has an expression that the Action does not evaluate"],
      [HOW, "there are no requests of a flow, and the answers are kept"],
      [SAVING, "they stay on the form"],
      [KNOWS, "behind a form an Action sees the user as the login began, with what Actions have set"],
      "documented by others",
    ],
    [
      "nothing is ever erased",
      [SAVED, "no answer that is empty"],
      [SAVED, "into an object, which keeps what else is in it"],
      [SAVED, "no constant of who has put the stage off"],
    ],
    [
      "Profiling keeps nobody out",
      [SCHEDULED, "the login goes on, and the log says why,"],
      [CONFINED, "says in the log what goes wrong, and the login goes on"],
    ],
    ["in five constants at its top", [MOMENTS, "of one's own finds what it has no constant for in event.secrets"]],
  ],
  "docs/how-it-works.md": [
    [
      "| Terraform resource | What it is for |",
      [PROFILING, "defines every part of the article once"],
      [PROFILING, "grants the six scopes of the article"],
      ["lib/binding-order.test.ts", "those of this library last"],
    ],
    ["which `main.ts` defines beside it", ["lib/main.real.test.ts", "main.ts defines the stack of the snapshot"]],
    [
      "| `user_metadata` before the login |",
      [LOGIN, "login 1 asks for the profile, login 2 for the company, login 3 for nothing"],
      [LOGIN, "an answer that someone deletes is asked for again"],
    ],
    [
      "No form is shown where there is no person before a browser",
      [ACTION, "at a login by %s, where no page can be shown"],
      [ACTION, "when the application allows no page: prompt=none"],
    ],
    ["](form-graph.png)", ["journeys/operation.test.ts", "are those that the example takes"]],
    ["](sign-up.png)", ["journeys/operation.test.ts", "are those that the example takes"]],
    ["a test compares this table with what it sees", [HOW, "the table has eleven requests"]],
    ["| | who | request | what happens |", [HOW, "the first login makes the requests of the table"]],
    ["Who has answered everything makes requests", [HOW, "browser: by(1, 2, 3, 4, 10), total: 0"]],
    ["Where the browser has a session", [HOW, "toEqual(by(1, 5))"]],
    ["there are no 7 and 8", [HOW, "there are no requests of a flow, and the answers are kept"]],
    ["Who closes the page at 5", [HOW, "who closes the page meets it again without a password, and has no answer"]],
    ["Where 7 or 8 fails", [SAVING, "by default, people get in"], [SAVING, "they stay on the form"]],
    ["as people have seen it from outside", "not known to anybody"],
    ["Each knows something", "advice"],
    ["| part | runs | knows | can not |", "documented by others"],
    [
      "**Without the Action** nothing shows the form",
      [HOW, "a form that is rendered and has nothing to ask sends the browser to its page and back"],
    ],
    [
      "**Without the router** a form of two stages",
      ["lib/form/document.test.ts", "starts with a router that looks for job_title, then for company_name"],
      [STAGES, "lets the Action say which stage is due where a router can not tell"],
    ],
    [
      "**Without the flow** the answers would be gone",
      [STAGES, "an answer goes to app_metadata, an attribute of the profile, and several places"],
      [SAVING, "they stay on the form"],
    ],
    ["This is Auth0's own template", "documented by others"],
    [
      "| | stack | plan, state | tenant | user |",
      [DEPLOY, "apply makes every part of it"],
      ["lib/main.real.test.ts", "no secret of the environment reaches the synthesised stack"],
      ["journeys/secrets.test.ts", "the secret lies in the state twice"],
      [SAVED, "the Action remembers when it asked"],
    ],
    ["nothing that Terraform does reads or changes users", [DEPLOY, "the round used exactly the scopes"]],
  ],
  "docs/form-language.md": [
    [
      "tells all problems at once",
      ["lib/form/wrong-inputs.test.ts", "everything that is wrong with a component is told at once"],
      ["lib/progressive-profiling-problems.test.ts", "several things are wrong: it names them all at once"],
      [COVERAGE, "each that Auth0 has is in the table, and no other"],
    ],
    ["A stage is what is asked at once", [SCHEDULED, "whose condition holds is shown"]],
    [
      "| stage | is due |",
      [STAGES, "the graph of a form"],
      [STAGES, "lets the Action say which stage is due where a router can not tell"],
      [STAGE_PROBLEMS, "none behind it could be shown"],
    ],
    [
      "a bare name is an attribute of the profile",
      [STAGE_PROBLEMS, "its condition looks for a key of the metadata as if it were an attribute"],
    ],
    [
      "| option of a stage | what it is |",
      [STAGES, "several steps follow each other"],
      [STAGES, "flows stand before and behind the steps"],
      [STAGES, "a button with which a stage is put off leads to the ending"],
      [STAGES, "constants and expressions stand beside the answers"],
    ],
    [
      "Whoever puts a stage off",
      [PER_LOGIN, "meets the first again at the next login"],
      [MOMENT, "once in 7 days"],
      [SCHEDULED, "is passed over while its moment has not come"],
    ],
    ["Give the field of a consent", [STAGE_PROBLEMS, "the tick of an agreement would go where people can change it"]],
    ["Conditions are made by", ["tenant/forms/condition.test.ts", "the operators that Auth0's own exports use"]],
    [
      "A form of several stages has a router",
      [STAGES, "lets the Action say which stage is due where a router can not tell"],
      [STAGES, "what the Action alone can tell needs no router"],
    ],
    [
      "Each answer is written to `user_metadata`",
      [STAGES, "an answer goes to app_metadata, an attribute of the profile, and several places"],
      [LANGUAGE, "its form is one that the construct takes"],
    ],
    ["One flow serves all stages", [STAGES, "one flow serves what is simple, and a flow of its own what is not"]],
    [
      "Auth0 erases metadata that it is sent empty",
      [GENERATED, "no flow sends empty metadata, whatever is left empty"],
      ["tenant/management/users.real.test.ts", "are cleared by an empty object"],
    ],
    ["Into an object everything goes along", [STAGES, "what another stage writes into the same object goes along"]],
    ["An answer that was left empty drops out", ["tenant/forms/expression.test.ts", "drops out of an object"]],
    [
      "A button that leads to the ending saves nothing",
      [PER_LOGIN, "what was answered before a stage was put off is not saved with the next one"],
    ],
    ["lets the Action write the answers instead", [BY_ACTION, "the article saved by the Action has no client"]],
    [
      "runs a flow before the first step",
      [STAGES, "flows stand before and behind the steps"],
      ["tenant/forms/journey.test.ts", "a button that sends again"],
      [FAILURES, "behind the ending is told of on the last step"],
    ],
    ["| users | `updateUser`", [COVERAGE, "%s is made by %s"]],
    [
      "Where an action fails, the person stays on the form",
      [FAILURES, "is told of on the step, with the cause, and no answer is lost"],
      [FAILURES, "fails the journey where no step was shown yet"],
      ["tenant/forms/flow-actions.test.ts", "may fail where it is allowed to"],
    ],
    [
      "The same value at several places is one flow",
      [STAGE_PROBLEMS, "two flows have one id"],
      ["lib/form/email-verification.test.ts", "with other words, another length and a later button"],
    ],
    [
      "Every text may be one for each language",
      ["lib/form/translation.test.ts", "are the primary one, and translations of what differs"],
      ["lib/form/translation.test.ts", "lacks a language that another text has"],
      ["tenant/forms/locale.test.ts", "the default language is that of browsers whose own there is not"],
      ["tenant/forms/locale.test.ts", "browsers and applications say what they prefer"],
    ],
    [
      "are shipped), which fields are `required`",
      ["lib/form/article-stages.test.ts", "in Japanese as well, each text has a translation"],
      ["lib/form/article-stages.test.ts", "with other words and other required fields"],
    ],
    [
      "`css` is the form's style sheet",
      [COVERAGE, "each key that Auth0 has is in the table, and no other"],
      ["tenant/forms/journey.test.ts", "are the hidden ones, and what render fills in"],
      ["lib/profiling-action.test.ts", "is taken as it is, and finds form and keys in event.secrets"],
    ],
  ],
  "docs/decisions.md": [
    ["is generated here", ["scripts/bindings.real.test.ts", "are what cdktf get makes of the provider today"]],
    [
      "**The provider is pinned**",
      ["scripts/bindings.real.test.ts", "the provider's version is the same wherever it stands"],
      ["scripts/set-up-toolchain.real.test.ts", "comes from the registry when the engine verified its signature"],
      ["scripts/set-up.real.test.ts", "fails when the provider's binary was changed"],
    ],
    ["the way Terraform's `jsonencode` writes it", ["lib/terraform-text.real.test.ts", "jsonencode writes"]],
    [
      "**One flow for all stages whose answers are plain**",
      [STAGES, "one flow serves what is simple, and a flow of its own"],
    ],
    ["**Where a router can not tell, the Action decides**", [STAGES, "lets the Action say which stage is due"]],
    ["never the whole list", ["journeys/bindings.test.ts", "are all made, ours last, and all taken away, each time"]],
    [
      "place in the editor follows from its position",
      ["lib/form/document.test.ts", "adds one step and one rule where a stage is added, and changes no other node"],
      ["lib/form/document.test.ts", "leaves every step as it is, but for its place in the editor"],
    ],
    ["**The domain is part of the stack.**", ["journeys/environments-deploy.test.ts", "the stack's domain holds"]],
    ["**A new secret is a new client", ["journeys/rotation.test.ts", "that fails again and again, by %j"]],
    ["not in its secrets. Terraform reads code back", [SAVING, "whatever someone does to the Action's secrets"]],
    ["**Profiling keeps nobody out.**", [SAVING, "by default, people get in"], [SAVING, "they stay on the form"]],
    ["by an allow-list of protocols", [ACTION, "one-that-auth0-adds-some-day"]],
    ["**An Action is read, never run", ["attacks/synth.real.test.ts", "a source that %s is read, and does nothing"]],
    [
      "**The constructs need nothing but",
      ["lib/main.real.test.ts", "the article is synthesised without what reads and checks stages"],
      ["journeys/package.test.ts", "npm's bill of materials names what is installed with it"],
      ["journeys/tenant-package.test.ts", "are refused in words where their packages are not installed"],
    ],
    [
      "runs the engine in `@lydell/node-pty`",
      ["journeys/node-versions.test.ts", "what the README says to install and to write does"],
      ["scripts/set-up.real.test.ts", "fails when the terminal that cdktf uses does not load"],
    ],
  ],
  "docs/tutorial.md": [
    ["You have the article's two questions running", "advice"],
    ["In a clone of this repository", ["journeys/demo.test.ts", "without --once it stays with a port that is known"]],
    ["Log in a third time: nothing is", [LOGIN, "login 1 asks for the profile, login 2 for the company, login 3"]],
    ["`PROFILING` holds what every tenant gets", ["docs/tutorial.test.ts", "pasted into main.ts it asks for the team"]],
    ["look at the plan, and apply it", ["journeys/documents.test.ts", "then the tutorial's first third question"]],
    [
      "Log in once more: the team is asked",
      ["journeys/documents.test.ts", "then the tutorial's first third question"],
      ["lib/validation-error.real.test.ts", "npx cdktf synth ends with the problems"],
    ],
    ["Paste this over what you pasted", ["docs/tutorial.test.ts", "pasted into main.ts it asks for the team"]],
    [
      "Deploy again, and sign up as somebody else",
      [MOMENT, "somebody is asked from the third login on"],
      [EXAMPLES, '"two-languages": {'],
      ["tenant/clock.real.test.ts", "the overview's buttons move it on, and back"],
      ["journeys/dev.test.ts", "each step in light and dark"],
    ],
    ["A review is of what is not deployed yet", ["journeys/documents.test.ts", "docs/tutorial.md, and the review of"]],
    ["who is asked what from now on", ["journeys/documents.test.ts", "docs/tutorial.md, and the review of"]],
  ],
});

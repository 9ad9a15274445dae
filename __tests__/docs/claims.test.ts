import { testClaims } from "../support/claims";

const REVIEW = "review/review.real.test.ts";
const RESOURCES = "review/resources.real.test.ts";
const COMMAND = "review/command.real.test.ts";
const PLANS = "review/stored-plans.test.ts";
const CHANGES = "review/stored-plan-changes.test.ts";
const SECRETS = "review/secrets.real.test.ts";
const HOSTILE = "review/hostile-forms.test.ts";
const OPENED = "review/hostile-resources.test.ts";
const MARKUP = "review/html-markup.test.ts";
const WORKFLOW = "workflow/pull-requests.real.test.ts";
const JOURNEY = "journeys/workflow.test.ts";
const CALLED = "journeys/called-workflow.test.ts";
const APPLY = "workflow/apply.real.test.ts";
const PLAN = "workflow/plan.real.test.ts";

testClaims({
  "docs/review.md": [
    ["later plans are differences of JSON by position", [REVIEW, "deploys for the first time shows all stages"]],
    ["the command is `npm run --silent review", "advice"],
    ["A stage was added to two others", [REVIEW, "shows a review as it is"]],
    [
      "The first line is for everybody",
      [PLANS, "a key that changes is no longer written"],
      [REVIEW, "changes nothing is one line"],
    ],
    [
      "the most dangerous first",
      [REVIEW, "has all kinds of findings"],
      ["review/finding-lines.test.ts", "whose sentence does not begin with the thing stay apart"],
    ],
    [
      "walks the form as logins do",
      ["review/form-tenant.test.ts", "What the review says of logins is what they ask"],
      ["review/form-moments.test.ts", "what the review says of logins and days"],
      ["review/form-logins.test.ts", "of users with no answer and of those who answered everything"],
      ["review/moments.real.test.ts", "the review is as expected"],
      [CHANGES, "it is told whether people get in where saving fails"],
    ],
    ["Fields that stay are not listed", [REVIEW, "removes a field"], [REVIEW, "has edited the form in the dashboard"]],
    [
      "is its graph, before and after",
      ["review/mermaid.real.test.ts", "can be read in every review that is kept as golden"],
      [REVIEW, "runs other code at logins"],
    ],
    [
      "down to single values of the form's JSON",
      [PLANS, "is missing from its review"],
      [PLANS, "no line could be left out unseen"],
    ],
    [
      "in HTML as browsers parse it",
      [HOSTILE, "a pipeline with the recommended --fail-on stops where"],
      [MARKUP, "a link with entities that do not end"],
      [MARKUP, "is a host of its own"],
      [MARKUP, "what an address takes along is told beside its host"],
    ],
    [
      "So is what else opens a tenant",
      [OPENED, "another of these is told at the top"],
      [OPENED, "it is told at the top where"],
      [OPENED, "a trigger whose list %s is told"],
      [OPENED, "is told at the top, once for each resource that is made"],
    ],
    ["Several plans, of one stack each, make one review", [REVIEW, "is of two stacks, one of them new"]],
    [
      "| option | what it does |",
      [COMMAND, "the very same change is of the base"],
      [COMMAND, "is read from the cdk.tf.json that is given"],
      [COMMAND, "--json has the verdict"],
      [COMMAND, "writes to a file, and fails"],
      [COMMAND, "ends with 2 and writes the review all the same"],
      [PLANS, "what is left out for its length is named"],
      ["review/pictures.real.test.ts", "are taken of a changed step"],
      ["review/pictures.real.test.ts", "is found on PATH"],
    ],
    ["Plans are matched with those of the base", [COMMAND, "a stack that only the base has"]],
    [
      "Too long a review loses whole parts",
      ["review/length.real.test.ts", "are cut to fit without breaking anything"],
      [PLANS, "who is asked what stays"],
      [COMMAND, "is said to leave something out where it is targeted"],
      [COMMAND, "is said to destroy all where it was made to"],
      [COMMAND, "is said to have ended with an error, or to put changes off"],
    ],
    [
      "| code | meaning |",
      [COMMAND, "says everything at once that is wrong with its options and its files"],
      [COMMAND, "ends with 2"],
    ],
    ["| kind | meaning |", [REVIEW, "has all kinds of findings, the most dangerous first"]],
    ["For a pipeline that shall stop", [HOSTILE, "a pipeline with the recommended --fail-on stops where"]],
    ["without a `moved` block its form is a `replace`", [REVIEW, "gives the construct another id"]],
    [
      "a client or Vault connection whose secret is rotated",
      [RESOURCES, "rotates the client secret"],
      ["review/rotated-instances.test.ts", "are a client that is destroyed first"],
    ],
    ["A first deployment widens scopes", [REVIEW, "deploys for the first time"]],
    ["the same plan makes the same bytes", [COMMAND, "writes the same bytes for the same plan"]],
    ["| key | what it is |", [COMMAND, "--json has the verdict, and of each stack what the Markdown has"]],
    ["no plan has users", "not known to anybody"],
    ["other stacks and the dashboard have made", "not known to anybody"],
    ["The set-up of a Vault connection", "not known to anybody"],
    [
      "CDKTF writes JSON, and a plan holds its strings as they were written",
      ["review/missing-texts.test.ts", "%s is said with what can be done"],
      [COMMAND, "with the file that lacks it"],
    ],
    ["were before an import", [PLANS, "of an import nobody is asked more"]],
    [
      "where it is not this library's",
      [RESOURCES, "adds a stage and runs code of its own says that nobody can tell who is asked"],
    ],
    [
      "Of a first plan of HCL",
      [RESOURCES, "says so where it is known only after the apply which Action shows the form"],
    ],
    ["only Terraform's plans say that they are not complete", "not known to anybody"],
    [
      "that Auth0 does not document",
      ["review/form-dashboard.test.ts", "which of Auth0's operators can not be evaluated"],
    ],
    ["Keep it as you keep the state", [SECRETS, "the plan itself has every secret in clear"]],
    [
      "is taken out of all its texts as well",
      [SECRETS, "no secret comes out of a change"],
      [SECRETS, "no secret comes out of a first plan"],
      [SECRETS, "calling a word of the review a secret"],
      [CHANGES, "a secret stays out in Base64"],
      [PLANS, "the review of a plan with %s in it does not have it"],
    ],
    ["Texts of a plan can do nothing", ["review/hostile.real.test.ts", "hostile texts of what is %s stay texts"]],
  ],
  "docs/pull-requests.md": [
    ["is a workflow that your repository calls", [WORKFLOW, "shows a call of some ten lines"]],
    [
      "| when | what |",
      [JOURNEY, "has the review that names the stage on the page of the run"],
      [JOURNEY, "gets exactly the reviewed plan applied after the merge"],
      [JOURNEY, "has no drift, until somebody edits the form"],
      [JOURNEY, "has what main has planned, reviewed and applied by hand"],
      [JOURNEY, "is planned against what its base has deployed"],
    ],
    ["Without a tenant all pull requests", [WORKFLOW, "the jobs that it should"]],
    ["a commit of it: nothing changes for you", [WORKFLOW, "of the call that the guide shows"]],
    ["naming them lets the workflow read them", "advice"],
    ["Its steps are the commands", [WORKFLOW, "uses commands that there are"], [PLAN, "can not be planned"]],
    ["are not on a registry yet", ["journeys/package.test.ts", "npm would publish it"]],
    [
      "A stack whose state would be gone with the runner is refused",
      [PLAN, "stacks whose state would be lost with a runner fail there"],
      [PLAN, "the engine gets the variables of the environment"],
    ],
    ["a text in double quotes is JSON", ["workflow/job.test.ts", "a JSON text may hold line breaks"]],
    [
      "Name your environments in the repository variable",
      ["workflow/comment.test.ts", "the environments of %j are %j"],
    ],
    ["| name | kind | where | what it is |", [WORKFLOW, "names every secret and variable that the workflow reads"]],
    ["allow only the branch `main`, and require reviewers", "advice"],
    ["require pull requests with a review", "advice"],
    [
      "selects the environment of",
      ["lib/main.real.test.ts", "without a tenant is one error that names every missing variable"],
    ],
    ["The call takes", [WORKFLOW, "gives the workflow all that it takes"]],
    ["Add `id-token: write`", [PLAN, "a call that gives no right to one is told"]],
    ["S3: `AWS_ROLE_ARN", [PLAN, "the engine gets a file with a token of the job"]],
    ["Azure: `ARM_USE_OIDC=true`", [PLAN, "the engine gets the variables of the environment"]],
    ["Without a role or Azure nothing asks", [PLAN, "the engine gets the variables of the environment"]],
    [
      "| who | can |",
      [WORKFLOW, "gives no job a trigger that runs a fork's code with secrets"],
      [WORKFLOW, "gives the secrets of the deploying client to one job"],
    ],
    ["`main` runs nothing: the kept plan is compared", [JOURNEY, "runs nothing of a plan that a branch forged"]],
    ["a test plans with exactly them", [WORKFLOW, "names scopes with which it can plan a change"]],
    ["Terraform compares the one that it manages", [WORKFLOW, "every one of them needed, and apply nothing"]],
    [
      "`read:flows_executions` besides",
      ["verify/verify.real.test.ts", "is read by GET, with the documented scopes and no others"],
    ],
    [
      "found by its author and its first line",
      ["workflow/comment.real.test.ts", "is written once and written over by the next run"],
      ["workflow/comment.real.test.ts", "of somebody else that has the marker is left alone"],
      ["workflow/comment.test.ts", "a line for each that failed"],
      [WORKFLOW, "shows the beginning of a real review"],
    ],
    [
      "The same text is on the page of the run",
      [JOURNEY, "has a page with a picture of the stage"],
      ["review/pictures.real.test.ts", "load nothing from the network"],
    ],
    [
      "has an install of its own",
      [CALLED, "the base's own packages beside it"],
      ["workflow/review.real.test.ts", "what the base has too is set apart"],
    ],
    [
      "The plan is kept for `main` as an artifact",
      ["workflow/kept-plans.real.test.ts", "comes back as it was, and shows nothing in between"],
      ["workflow/kept-plans.real.test.ts", "is not kept at all without a passphrase"],
    ],
    [
      "takes the plan that the newest job of its environment kept",
      ["workflow/find-plan.real.test.ts", "is that of the newest run of its last commit"],
      ["workflow/find-plan.real.test.ts", "counts whatever became of the comment and of other environments"],
      ["workflow/differences.test.ts", "plans say the same whatever is %s"],
      [JOURNEY, "its version is computed"],
      [APPLY, "a plan without changes is a success, reviewed or not"],
    ],
    [
      "| it says | what happened |",
      ["workflow/find-plan.real.test.ts", "is not there when the commit came without a pull request"],
      ["workflow/find-plan.real.test.ts", "is not there when it expired"],
      [JOURNEY, "applies nothing with another passphrase"],
      [APPLY, "a plan that differs is not applied"],
    ],
    ["What to do is the same each time", [JOURNEY, "has what main has planned, reviewed and applied by hand"]],
    ["need neither: run the job again", ["workflow/engine-failure.test.ts", "a held lock is told with who has it"]],
    ["After an apply the tenant is compared", [APPLY, "a plan is applied where it says the same"]],
    [
      "One that fails does not stop the next",
      [CALLED, "though the other environment failed"],
      [WORKFLOW, "lets it and the look for drift wait for each other"],
    ],
    [
      "Where an apply fails halfway",
      [APPLY, "an apply that fails is told beside it"],
      ["verify/unmanaged.real.test.ts", "in no state"],
    ],
    [
      "Every morning `main` is planned",
      [JOURNEY, "has no drift, until somebody edits the form, or what no plan shows"],
    ],
    ["They get no secrets", [JOURNEY, "is planned against what its base has deployed, and its plan applies"]],
    [
      "What `environments.ts` gives to a tenant of its own",
      ["workflow/review.real.test.ts", "with what it is of and a note"],
    ],
    [
      "nobody has reviewed a plan of a real tenant",
      [JOURNEY, "gets a plan that nobody could review shown and not applied"],
      [JOURNEY, "has nothing to apply, and no failure, where what a fork changed"],
    ],
    ["On GitHub itself it has not run yet", "not known to anybody"],
    ["Projects are installed by `npm ci`", [CALLED, "the base's own packages beside it"]],
    ["after an update of one, update the other", "advice"],
    ["A plan that differs each time it is made", ["workflow/differences.test.ts", "plans differ where %s"]],
    [
      "What is destroyed must be in the tenant exactly as it was reviewed",
      ["workflow/differences.test.ts", "what is destroyed is another"],
    ],
    ["can be planned only when that one is applied", [PLAN, "stacks are planned behind those that they depend on"]],
    ["with OpenTofu, call the commands", [PLAN, "where there is no Terraform, OpenTofu plans"]],
    ["Merge queues are not supported", "advice"],
  ],
});

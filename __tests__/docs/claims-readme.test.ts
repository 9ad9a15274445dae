import { testClaims } from "../support/claims";

const CLI = "tenant/cli.real.test.ts";
const API = "tenant/management/api.real.test.ts";
const CONTRACT = "tenant/management/contract.real.test.ts";
const STORE = "tenant/documents/store.real.test.ts";
const PARTS = "tenant/login/parts.test.ts";
const TLS = "tenant/tls.real.test.ts";
const TOKENS = "tenant/management/tokens.real.test.ts";
const OIDC = "tenant/login/oidc.real.test.ts";
const OUTSIDE = "tenant/forms/outside.real.test.ts";
const SERVICES = "tenant/forms/services.test.ts";
const ANSWERS = "tenant/forms/answers.test.ts";
const MAIL = "tenant/forms/notifications.test.ts";
const OUTBOX = "tenant/admin/outbox.real.test.ts";
const PAGES = "tenant/admin/pages.real.test.ts";
const CLOCK = "tenant/clock.real.test.ts";
const TYPED = "journeys/documents.test.ts";
const DEMO = "journeys/demo.test.ts";
const DEV = "journeys/dev.test.ts";
const LOGIN = "journeys/login.test.ts";
const VERSIONS = "journeys/node-versions.test.ts";
const TOOLCHAIN = "scripts/set-up-toolchain.real.test.ts";
const MAIN = "lib/main.real.test.ts";
const SAMPLE = "sample-app/pages.real.test.ts";

testClaims({
  "README.md": [
    ["Ask a little at each login", [VERSIONS, "people log in to what is deployed"]],
    ["A user's first login then asks", [LOGIN, "login 1 asks for the profile, login 2 for the company, login 3 for"]],
    ["| first login | second login |", ["journeys/operation.test.ts", "are those that the example takes"]],
    [
      "Tested on Linux with glibc",
      [VERSIONS, "npm run demo -- --once makes the whole round on a fresh clone"],
      [TOOLCHAIN, "is what TERRAFORM_BINARY_NAME says, before terraform on PATH"],
    ],
    [
      "Both install what they need",
      [TOOLCHAIN, "is built where the registry does not answer"],
      [TOOLCHAIN, "is left out where there is no Go, which is said"],
    ],
    ["open the sample application", [DEMO, "without --once it stays with a port that is known"]],
    ["**Sign up** with any email address", [LOGIN, "login 1 asks for the profile"]],
    ["**Log in again** (or log out", [LOGIN, "login 2 for the company"]],
    ["**Log in again** once more", [LOGIN, "login 3 for nothing"]],
    ["is what the dashboard would show", [PAGES, "can be reached from the overview"]],
    ["another shell can work on its tenant", [TYPED, "a shell beside the demo plans and deploys"]],
    [
      "The tenant lives in `.demo`",
      ["scripts/running-demo.real.test.ts", "a tenant of another port is another one"],
      [DEMO, "--once makes the whole round with the CDKTF command line, and leaves nothing"],
    ],
    [
      "deploys to a tenant of its own at each saving",
      [DEV, "what is saved comes onto the open page, beside what was there before"],
      [DEV, "the page has each step in light and dark, on phone and desktop"],
    ],
    [
      "paste this over the line",
      ["docs/tutorial.test.ts", "pasted into main.ts it asks for the team as the third"],
      [TYPED, "README.md"],
    ],
    ["takes the place of the two of the article", ["lib/form/document.test.ts", "adds one step and one rule"]],
    [
      "is refused when the stack is built, all at once",
      ["lib/progressive-profiling-problems.test.ts", "several things are wrong: it says what the README shows"],
      ["lib/form/stage-problems.test.ts", 'holds "{{context.user.emial}}"'],
      ["lib/form/stage-problems.test.ts", 'holds "{{functions.nov()}}"'],
      ["lib/form/stage-problems.test.ts", 'holds "{{fields.aa}}"'],
    ],
    ["Stacks to copy are in", ["journeys/examples.test.ts", "every example has a walk"]],
    [
      "`npm pack` makes a tarball",
      ["journeys/package-managers.test.ts", "npm packs on a fresh clone"],
      ["journeys/package-managers.test.ts", "a stack is type checked and synthesised"],
    ],
    ["The override replaces the terminal", [VERSIONS, "in another project, what the README says to install"]],
    ["`init` writes a whole project", ["journeys/init.test.ts", "the two commands of the README install and test"]],
    ["deploys to the tenant that the environment names", [TYPED, "a real tenant is planned and deployed to"]],
    ["A sample application for", ["lib/environments/environments.real.test.ts", "sampleApplication: false"]],
    [
      "is a Machine to Machine application that you create once",
      [MAIN, "passes with %s"],
      ["verify/client-assertion.test.ts", '"RS256"'],
      [TYPED, "a real tenant is planned and deployed to"],
    ],
    ["Each tenant has a stack of its own", ["journeys/environments-deploy.test.ts", "goes on with its state"]],
    [
      "tells before the first deploy which scopes",
      ["verify/check.real.test.ts", "every missing scope is told at once"],
      ["journeys/secrets.test.ts", "the secret lies in the state twice"],
    ],
    [
      "The review shows who will be asked what",
      [TYPED, "the README's own stage is reviewed in the words that it shows"],
    ],
    ["it begins like this", [TYPED, "the README's own stage is reviewed in the words that it shows"]],
    [
      "has the rest of it: fields, keys",
      ["journeys/called-workflow.test.ts", "gets exactly the reviewed plan applied"],
    ],
    ["is the index: a [tutorial]", ["docs/index.test.ts", "there are four kinds"]],
    ["has the commands, the layers", ["docs/agents.test.ts", "every path that %s names exists"]],
  ],
  "tenant/README.md": [
    [
      "deploy to it as to a real one",
      ["journeys/deploy.test.ts", "apply makes every part of it"],
      ["journeys/auth0-sdk.test.ts", "the ManagementClient of Auth0's own SDK, unchanged"],
    ],
    ["another shell can use it", [TYPED, "a tenant that is started as tenant/README.md says is deployed to"]],
    ["after `npm run demo` has made it", [TYPED, "a tenant that is started as tenant/README.md says is deployed to"]],
    [
      "| Option | Meaning | Default |",
      [CLI, "have defaults"],
      [CLI, "are read in both forms"],
      [CLI, "prints its usage"],
    ],
    ["In another project it is a package", ["journeys/tenant-package.test.ts", "takes a deploy in an empty project"]],
    [
      "Ctrl-C ends it",
      [CLI, "ends cleanly by %s"],
      [CLI, "ends with 1 and every problem when it is called wrongly"],
      ["tenant/damage.real.test.ts", "ends with 1 and one sentence that names the file:"],
    ],
    [
      "A new tenant has what every Auth0 tenant has",
      ["tenant/management/connections.real.test.ts", "a new tenant has the database that Auth0 gives to one"],
      ["tenant/management/resource-servers.real.test.ts", "is there with its scopes"],
      [CLI, "writes the variables when it is ready"],
    ],
    [
      "| Family | Supported | Partial |",
      [API, "a family that the tenant does not build is 501, by its name"],
      [API, "an operation that the tenant does not build is 501, by its name"],
      [API, "a path that Auth0 does not have is 404"],
      ["tenant/actions/post-login-api.real.test.ts", "is refused by name, and catching the error does not help"],
      [CONTRACT, "in what a deployment needs"],
    ],
    [
      "Bodies and queries are checked as Auth0 checks them",
      [CONTRACT, "but for the differences that tenant/README.md explains"],
      [API, "without any of them a request is refused as Auth0 words it"],
      [TOKENS, "tells where a client stands with its rate limit"],
    ],
    ["A person's token for the Management API", ["attacks/people-tokens.real.test.ts", "and that is all that Auth0"]],
    [
      "has one JSON file per document",
      [STORE, "a tenant that is killed while it writes has lost nothing of what it acknowledged"],
      [STORE, "is read without what a kill has cut short, and goes on behind it"],
      [STORE, "fails when a file is not as the tenant wrote it, and names the file"],
    ],
    [
      "5,000 each are kept",
      [PARTS, "is 5,000 of each model: the first of more to expire goes"],
      [PARTS, "keeps the grants that a session or a token names"],
      [PARTS, "of what the tenant shows, logins and messages, the newest 500 are kept"],
    ],
    [
      "Files are readable by their owner alone",
      [STORE, "is for its owner alone"],
      ["tenant/management/users.real.test.ts", "has a password that is kept hashed and never told"],
    ],
    ["The address is part of the tenant", [CLI, "at another address serves its Management API there"]],
    [
      "The provider insists on https",
      [TLS, "is good for localhost by the authority"],
      [TLS, "is not believed for any other name, even if its key were stolen"],
      [TLS, "stays the same until it ends soon"],
      ["tenant/damage.real.test.ts", "by %d days, certificates are valid again at the next"],
    ],
    [
      "`SSL_CERT_FILE` is for Go programs",
      [TLS, "begins with the tenant's authority and goes on with what was trusted before"],
      ["scripts/mac-trust.test.ts", "the command that trusts and the one that takes it back are said"],
      ["scripts/provider-trust.real.test.ts", "trusts the authority of SSL_CERT_FILE"],
    ],
    ["Untried on macOS", "not known to anybody"],
    ["answers only who asks for localhost", [TOKENS, "%s is turned away"]],
    ["an issuer of its own", [OIDC, "over %s has one issuer and its addresses"], [OIDC, "where no browser warns"]],
    [
      "with the Vault connection's own credentials",
      ["tenant/forms/flow-actions.test.ts", "patches the user through the Vault connection"],
      ["tenant/forms/flow-actions.test.ts", "fails with the answer of the API"],
    ],
    [
      "reaches nobody: it lies in the outbox",
      [OUTBOX, "the form's page says where the mail lies"],
      [MAIL, "sends what Liquid makes of its message"],
      [MAIL, "is good for five minutes, however often it is tried"],
    ],
    ["No request of a flow leaves the machine", [OUTSIDE, "no request leaves by default"]],
    ["| Type | Run | Recorded in the outbox |", [SERVICES, "the table of the README names each action"]],
    [
      "HTTP/SEND_REQUEST asks no service",
      [OUTSIDE, "the error says which option lets it through"],
      [OUTSIDE, "a redirection is not followed: it could lead anywhere"],
      [OUTSIDE, "the credentials of a Vault connection"],
    ],
    [
      "AUTH0 actions reach this tenant's own",
      ["tenant/forms/flow-actions.test.ts", "reach the Management API, and their outputs can be used"],
    ],
    [
      "FLOW/DELAY_FLOW waits 3 s",
      [SERVICES, "waits, but not for long"],
      [SERVICES, "says that it has looked up no MX"],
    ],
    ["has its key as `secret`", ["tenant/forms/json-web-tokens.real.test.ts", "are signed, decoded and verified"]],
    ["XML is read and written", [SERVICES, "is read, and written as Auth0's example is"]],
    ["What each action was given", ["tenant/forms/flow-execution.test.ts", "an execution shows no secret"]],
    ["says what services would answer", [ANSWERS, "the first answer that fits is taken"]],
    ["| Key | Meaning | Default |", [ANSWERS, "an answer has defaults"], [ANSWERS, "all that is wrong with a file"]],
    [
      "A CUSTOM field runs in a frame",
      ["journeys/custom-fields.test.ts", "reach neither the page nor the network, wherever they try to go"],
      ["journeys/custom-fields.test.ts", "live as Auth0 documents"],
    ],
    ["What Auth0 does not have is under", [PAGES, "can be reached from the overview"]],
    [
      "| Request | Answer |",
      ["tenant/admin/paging.test.ts", "the page shows the newest fifty"],
      ["tenant/admin/changes.real.test.ts", "a reset forgets people, and keeps what is deployed"],
      [SAMPLE, "sign up, look at the claims and at the tenant's page"],
      [OUTBOX, "the control plane empties it"],
      [CLOCK, "Actions follow, in all ways to ask for the time"],
      [API, "the scopes that a request used are told"],
      ["docs/how-it-works.real.test.ts", "requests/reset"],
    ],
    ["Access tokens have Auth0's own dialect", [OIDC, "for an API gives a JWT for it, which userinfo takes too"]],
    [
      "Deleting what is in use",
      ["tenant/management/triggers.real.test.ts", "cannot be deleted"],
      ["docs/how-the-local-tenant-knows.real.test.ts", "that is deleted while somebody is on its page"],
    ],
    [
      "is looked up in the registry of npm's own configuration",
      ["tenant/management/packages.real.test.ts", "a registry whose address has a password is not asked"],
      ["tenant/management/packages.real.test.ts", "is retrying while the registry is down, then passes"],
    ],
    [
      "runs in a process that reaches no file",
      ["tenant/actions/confinement.real.test.ts", "nothing that reaches out works after it is sealed"],
      ["tenant/actions/between-runs.real.test.ts", "a login leaves nothing to the next one"],
      ["tenant/actions/between-runs.real.test.ts", "is never entered by another Action, or by one with other secrets"],
      ["tenant/actions/action-processes.real.test.ts", "do not hold up another's"],
    ],
    ["There is no global client", [API, "a family that the tenant does not build is 501"]],
    ["What Auth0 answers is not known for every refusal", "not known to anybody"],
    ["is not enough to change `app_metadata`", ["tenant/management/users.real.test.ts", "need update:users"]],
    [
      "Limits of its own, each refused in words",
      ["attacks/requests.real.test.ts", "nested deeper than 100 levels is refused in words"],
      ["tenant/forms/expression.test.ts", "what expressions make is limited"],
    ],
    ["Auth0 tries the credentials of an AUTH0 Vault connection", "documented by others"],
    [
      "is the domain without its port",
      ["tenant/management/client-grants.real.test.ts", "by the domain that data.auth0_tenant tells"],
    ],
    ["How Auth0 takes `Accept-Language`", [OIDC, "is in the language of ui_locales where the tenant has it enabled"]],
    ["ship what they exchanged with a real tenant", [CONTRACT, "the recordings are at hand"]],
    ["runs the acceptance tests themselves", "tried by hand"],
    ["Not replayed are recordings", [CONTRACT, "in what else it has"]],
    ["| Recording | Interactions |", [CONTRACT, "but for the differences that tenant/README.md explains"]],
  ],
  "sample-app/README.md": [
    ["The application that users log in to", [SAMPLE, "sign up, look at the claims and at the tenant's page"]],
    ["It stands on Auth0's SDK", ["docs/how-it-works.real.test.ts", "the table has eleven requests"]],
    ["starts it with all that it needs", [DEMO, "without --once it stays with a port that is known"]],
    ["| variable | what it is |", ["sample-app/settings.test.ts", "an address goes before the domain"]],
    ["With `--port N` the client must allow", [MAIN, "SAMPLE_APPLICATION_URL is where the sample application is"]],
    ["**A client secret, and PKCE as well.**", "documented by others"],
    ["**The session is a cookie**", "documented by others"],
    ["**Log in again** goes to the tenant", [OIDC, '"counts"']],
  ],
});

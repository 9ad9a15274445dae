import { testClaims } from "../support/claims";

const CONTRACT = "tenant/management/contract.real.test.ts";
const KNOWS = "docs/how-the-local-tenant-knows.real.test.ts";
const SECURITY = "docs/security.real.test.ts";
const PERSON = "attacks/people-tokens.real.test.ts";
const SECRETS = "journeys/secrets.test.ts";
const WORKFLOW = "workflow/pull-requests.real.test.ts";

testClaims({
  "docs/how-the-local-tenant-knows.md": [
    ["comes from five places", [CONTRACT, "but for the differences that tenant/README.md explains"]],
    [
      "| source | what it says |",
      ["auth0-forms/components.test.ts", "constructs and tenant take"],
      ["auth0-forms/components.test.ts", "constructs and tenant refuse"],
      ["tenant/management/api.real.test.ts", "a path that Auth0 does not have is 404"],
      [CONTRACT, "in nine of ten interactions"],
      [CONTRACT, "but for the differences that tenant/README.md explains"],
      ["journeys/auth0-sdk.test.ts", "the ManagementClient of Auth0's own SDK, unchanged"],
      ["journeys/real-forms.test.ts", "forms as they are in use"],
      ["journeys/examples.test.ts", "each example is deployed and walked"],
    ],
    [
      "it does one of three things",
      ["tenant/management/api.real.test.ts", "an operation that the tenant does not build is 501, by its name"],
      ["tenant/forms/shown-html.test.ts", "the page says what its blocks lose, in the form's language"],
      ["tenant/forms/condition.test.ts", "the operators whose names are conjectured"],
      ["tenant/management/forms.real.test.ts", "comes back exactly as it was sent"],
    ],
    [
      "| what | what is known |",
      ["tenant/forms/condition.test.ts", "the operators that Auth0's own exports use"],
      ["tenant/forms/condition.test.ts", "the operators whose names are conjectured"],
      ["tenant/forms/expression.test.ts", "what is not resolved drops out of an object"],
      [KNOWS, "behind a form an Action sees the user as the login began, with what Actions have set"],
      [KNOWS, "is deleted while somebody is on its page"],
      ["tenant/forms/notifications.test.ts", "is good for five minutes, however often it is tried"],
      ["docs/how-it-works.real.test.ts", "the first login makes the requests of the table"],
      ["tenant/forms/page.test.ts", "has the CSS hooks of Auth0's forms"],
      ["tenant/cli.real.test.ts", "with a rate limit, requests beyond it are answered as Auth0 does"],
    ],
    ["can still fail there", ["verify/check.real.test.ts", "then nothing stands in the way"]],
    ["Write down the request and the answer", "advice"],
  ],
  "docs/security.md": [
    ["What follows from the set-up that is deployed", "advice"],
    [
      "| who | reads | changes |",
      [PERSON, "may read themselves and change their user_metadata, and that is all"],
      [PERSON, "may not %s %s: it is not theirs"],
      ["tenant/login/oidc.real.test.ts", "gives a code, and for it tokens with Auth0's claims"],
      ["lib/progressive-profiling.test.ts", "grants the six scopes of the article"],
      ["lib/progressive-profiling.test.ts", "scopes can be the least that Auth0 documents"],
      ["journeys/deploy.test.ts", "the round used exactly the scopes that the guide names"],
      [SECRETS, "the secret lies in the state twice"],
      [SECRETS, "the secret is in every saved plan"],
      [WORKFLOW, "gives no job a trigger that runs a fork's code with secrets"],
      [WORKFLOW, "gives the secrets of the deploying client to one job, which runs what is merged"],
      ["journeys/deploy.test.ts", "what someone changes in the dashboard shows as drift"],
      ["verify/verify.real.test.ts", "each kind is told, and gone when that is done which its line says"],
    ],
    [
      "narrow what the state gives away",
      ["lib/progressive-profiling.test.ts", "scopes can be the least that Auth0 documents"],
      ["lib/saved-by-action.test.ts", "the article saved by the Action has no client"],
      [SECRETS, "it lies nowhere: not in what is synthesised, nor in a plan, nor in the state"],
    ],
    [
      "requires no package and sends no request",
      [SECURITY, "requires no package, reads no secret, and sends no request"],
      [SECRETS, "the Action has no secrets"],
      ["review/stored-plan-changes.test.ts", "action-code: The Action"],
    ],
    ["An answer is a text that a stranger typed", "advice"],
    ["It goes to who logged in", [SECURITY, "an answer goes to who logged in, whatever is posted beside it"]],
    [
      "It goes where the stage says",
      [SECURITY, "a field that the step does not have is ignored"],
      [SECURITY, "an option that was not offered is refused"],
    ],
    ["An expression in it", [SECURITY, "expressions and HTML in an answer stay texts"]],
    ["HTML in it stays a text", [SECURITY, "expressions and HTML in an answer stay texts"]],
    ["It can be any text that the field takes", [SECURITY, "what is longer than the field takes is refused"]],
    [
      "without being asked, with any value",
      [PERSON, "may read themselves and change their user_metadata"],
      [PERSON, "app_metadata"],
      ["docs/words-consents-codes.test.ts", "the version and the time are written to app_metadata"],
    ],
    [
      "code and markup that you deploy to the page",
      ["review/hostile-forms.test.ts", "a pipeline with the recommended --fail-on stops where"],
    ],
    [
      "A synth runs your TypeScript",
      ["attacks/synth.real.test.ts", "a source that %s is read, and does nothing"],
      ["attacks/synth.real.test.ts", "a source of many %s is %s at once"],
      ["lib/terraform-text.real.test.ts", "gives Terraform the text back unchanged"],
      ["review/hostile.real.test.ts", "hostile texts of what is %s stay texts"],
      ["review/secrets.real.test.ts", "no secret comes out of a change"],
    ],
    [
      "It listens on the loopback address",
      ["tenant/management/tokens.real.test.ts", "%s is turned away"],
      ["tenant/management/tokens.real.test.ts", "a page of another site may change nothing through the control plane"],
      ["tenant/admin/pages.real.test.ts", "can be reached from the overview"],
    ],
    [
      "An Action runs in a process of its own",
      ["tenant/actions/confinement.real.test.ts", "nothing that reaches out works after it is sealed"],
      ["tenant/actions/confinement.real.test.ts", "no modules, no environment, no network"],
      ["tenant/actions/confinement-limits.real.test.ts", "an Action that uses too much is ended"],
      ["journeys/custom-fields.test.ts", "reach neither the page nor the network, wherever they try to go"],
      ["tenant/forms/outside.real.test.ts", "no request leaves by default"],
    ],
    [
      "people get in and are asked again",
      ["journeys/saving-fails.test.ts", "by default, people get in"],
      ["journeys/saving-fails.test.ts", "they stay on the form"],
      ["actions/action.test.ts", "when the application allows no page: prompt=none"],
      ["actions/action.test.ts", "at a login by %s, where no page can be shown"],
    ],
  ],
});

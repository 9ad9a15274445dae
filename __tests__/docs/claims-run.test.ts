import { testClaims } from "../support/claims";

const SECRETS = "journeys/secrets.test.ts";
const TWO_STACKS = "journeys/secrets-of-another-stack.test.ts";
const ROTATION = "journeys/rotation.test.ts";
const EXISTING = "journeys/rotation-existing.test.ts";
const SAVING = "journeys/saving-fails.test.ts";
const PROFILING = "lib/progressive-profiling.test.ts";
const TEAM = "support/team-journey.ts";
const S3 = "journeys/backends-s3.test.ts";
const POSTGRES = "journeys/backends-pg.test.ts";
const MOVE = "journeys/backends-command-line.test.ts";
const ENCRYPTION = "journeys/backends-encryption.test.ts";
const TYPED = "journeys/documents-environments.test.ts";
const UNMANAGED = "verify/unmanaged.real.test.ts";
const VERIFY = "verify/verify.real.test.ts";
const DEPLOY = "journeys/environments-deploy.test.ts";
const SELECT = "lib/environments/select-environments.test.ts";
const CHECKS = "lib/environments/environment-checks.test.ts";
const ENVIRONMENTS = "lib/environments/environments.real.test.ts";
const BACKEND = "lib/environments/state-backend.test.ts";
const ENGINE = "lib/environments/state-backend.real.test.ts";
const COMPLETE = "support/complete-backends.ts";

testClaims({
  "docs/secrets.md": [
    [
      "One secret matters here",
      [PROFILING, "grants the six scopes of the article"],
      [PROFILING, "scopes can be the least that Auth0 documents"],
      ["lib/saved-by-action.test.ts", "the article saved by the Action has no client"],
    ],
    ["tests look there for the secret's text", "advice"],
    [
      "| `cdk.tf.json`, the Action's code, outputs | no |",
      [SECRETS, "the secret is not in what is synthesised, nor in what plan and show print for people"],
      [SECRETS, "the secret lies in the state twice"],
      [SECRETS, "the secret is in every saved plan"],
      [SECRETS, "in the set-up of the Vault connection, and in a plan as variable too"],
      [SECRETS, "a log of level INFO or below has the secret of a Vault connection that is changed in place"],
      [SECRETS, "a log has it with AUTH0_DEBUG"],
    ],
    [
      "Not in the state at all",
      [SECRETS, "that of the application and that of the deploying client nowhere"],
      [SECRETS, "the Action has no secrets"],
    ],
    ["lies in the states of both, twice in each", [TWO_STACKS, "lies twice in the state of each"]],
    ["are to be kept like the secret itself", "advice"],
    ["CDKTF then makes an output of the one stack", [TWO_STACKS, "lies twice in the state of each"]],
    ["| state of `clients`, `outputs` |", [TWO_STACKS, "lies twice in the state of each"]],
    [
      "That the output is sensitive keeps the secret out of what is printed",
      [TWO_STACKS, "lies twice in the state of each"],
      [SECRETS, "it lies in the state once"],
      [SECRETS, "it lies nowhere"],
    ],
    [
      "so there is no secret anywhere",
      ["lib/saved-by-action.test.ts", "the article saved by the Action has no client"],
      ["journeys/right-moment.test.ts", "what was deployed needs no client, no Vault connection and no flow"],
    ],
    ["The secret stays in the state", [ENCRYPTION, "is encrypted by the next apply, backups too"]],
    [
      "An ephemeral variable is no way out",
      [SECRETS, "it lies in the state once"],
      [SECRETS, "as an ephemeral variable it is refused"],
    ],
    [
      "Terraform knows the id of the connection and nothing else",
      [SECRETS, "it lies nowhere: not in what is synthesised, nor in a plan, nor in the state"],
    ],
    [
      "the flow is given the existing connection before the defined one ends",
      [PROFILING, "an existing Vault connection takes the place of client"],
      [EXISTING, "an existing Vault connection takes the place of all that was defined, without a gap"],
    ],
    ["An Auth0 client has one secret", [SAVING, "the secret in the Vault is wrong"], "documented by others"],
    [
      "no later plan would see that the Vault still has the old secret",
      [EXISTING, "changed in place, and where that fails, no plan sees it"],
      ["lib/parts.test.ts", "are called by the version: another one is made beside the old one"],
      [ROTATION, "that fails again and again, by %j: people go on answering"],
    ],
    [
      "any text; without it, it is",
      [ROTATION, "by the first secretVersion that is given, where none was: that is 1"],
      ["lib/parts.test.ts", "are called by the version"],
    ],
    ["Change it in a pull request, to", [ROTATION, "by another secretVersion: the plan shows it"]],
    ["This is what it prints, ids shortened", [ROTATION, "nobody who logs in meanwhile loses an answer"]],
    ["The next plan is empty. The client's id", [ROTATION, "The old client is gone, the new one is the only one"]],
    [
      "When it stops half-way",
      [ROTATION, "people go on answering, and the next apply comes to its end"],
      [ROTATION, "that is killed half-way: likewise"],
    ],
    [
      "Where Terraform was killed while it made something",
      [TEAM, "what no state knows of is found and imported"],
      [VERIFY, "what a lost answer made twice is told, and gone when it is deleted"],
    ],
    ['alone "is tainted, so must be replaced"', [ROTATION, "untaint spares that"]],
    ["A client that another stack defines ends when", "advice"],
    ["To rotate without a change of the stack", [ROTATION, "in the order that leaves no gap"]],
    ["Where that stops between the client", [EXISTING, "changed in place, and where that fails, no plan sees it"]],
    ["The first plan with this version of the library", ["journeys/upgrade.test.ts", "stays, but for what the Action"]],
    ["Make a second client with the same grant", "advice"],
    [
      "a Vault connection called by the new id will be created",
      [EXISTING, "a second client takes the place of the first by a plan that makes another Vault connection"],
      ["lib/parts.test.ts", "the Vault connection of an existing client is called by %s"],
    ],
    ["see a login save an answer, and only then", "advice"],
    [
      "Where Terraform alone knows the id",
      ["lib/parts.test.ts", "the version alone, where only Terraform knows the id"],
      [EXISTING, "another client that fails to come into the Vault shows in the next plan"],
      [EXISTING, "no plan sees it; -replace does"],
    ],
    ["With one client there are two steps", [SAVING, "the secret in the Vault is wrong"]],
    ["the plan changes the flow alone", [EXISTING, "by a plan that changes the flow alone"]],
    ["Rotate it now, as above", "advice"],
    ["Tokens that were had with it outlive it", "documented by others"],
    ["that is this secret and no other", [SECRETS, "that of the application and that of the deploying client nowhere"]],
    ["Find out what kept it", "advice"],
  ],
  "docs/state.md": [
    ["Without it the next apply makes most of it", [TEAM, "what no state knows of is found and imported"]],
    [
      "| `type` | lock | told who has it |",
      ["journeys/backends-local.test.ts", "is locked while one applies; after kill -9 it is not"],
      [TEAM, "two apply at once: one is refused"],
      [TEAM, "the lock is released as documented"],
      [ENGINE, "every setting is the engine's own"],
      "documented by others",
    ],
    ["S3 asks for the least", "advice"],
    ["Someone applies while another apply runs", [TEAM, "two apply at once: one is refused"]],
    [
      "are of the one who has the lock",
      [S3, "Operation: ${Operation}"],
      [TYPED, "a deploy that would wait for a lock"],
    ],
    ["Who waits begins with the state", [TEAM, "one waits for the lock and finds nothing left to do"]],
    ["**of the one who asks**", [POSTGRES, "it is told nobody's name"]],
    ["needs this and no more", [S3, "with the permissions of the documentation"]],
    ["With a key of your own (`kmsKeyId`)", "documented by others"],
    ["created only if it is not there", [S3, "the server creates a lock once"], "documented by others"],
    ["What was made since that version", [S3, "a version from before puts right what someone has broken"]],
    ["An owner prepares it once", [POSTGRES, "the role reads and writes this state, and nothing else"]],
    [
      "with its name in place of `dev`",
      [POSTGRES, "the statements do for the next environment too"],
      [POSTGRES, "the role that reads can plan, and not write the state"],
    ],
    ["it is how others find out", [POSTGRES, "is found by its session, and ends with it"], "documented by others"],
    ["The table keeps the last state only", "documented by others"],
    ["The lock is gone when the session is", [POSTGRES, "is found by its session, and ends with it"]],
    ['says "successfully unlocked"', [POSTGRES, "what it says is not so: the lock is the session's"]],
    ["Find out that the apply does not run any more", "advice"],
    ["1. Release the lock", [TEAM, "the lock is released as documented"]],
    ["It refuses another id", [S3, "another id than the lock's does not unlock it"]],
    ["2. Plan. Only changes", [TEAM, "and the next apply converges"]],
    ["do not deploy. Read on", "advice"],
    [
      "and during an apply every 20 seconds",
      [TEAM, "what no state knows of is found and imported, and nothing is there twice"],
      ["journeys/backends-local.test.ts", "lacks only what was under way"],
      "documented by others",
    ],
    ["After Ctrl-C, or one SIGTERM", [TEAM, "what was made is in the state, but for the one that was under way"]],
    ["So compare before you deploy", [UNMANAGED, "what the plan would create and the tenant has in no state"]],
    [
      "and refuses a plan of another tenant",
      [UNMANAGED, "is refused where AUTH0_DOMAIN is another one, before anything is asked"],
      [TEAM, "what no state knows of is found and imported"],
    ],
    [
      "Where the tenant has several of one name",
      [UNMANAGED, "says of two flows, Vault connections and clients of one name what refers to them"],
      ["journeys/deploy.test.ts", "what Auth0 does not give back is the only change left"],
    ],
    ["Delete it afterwards", [SECRETS, "the secret is in every saved plan"]],
    ["these `verify` compares, and changes nothing", [VERIFY, "is read by GET, with the documented scopes"]],
    ["It takes the stacks in `cdktf.out`", [VERIFY, "a state comes from a stack, a file or the standard input"]],
    [
      "| what differs | what mends it |",
      [VERIFY, "each kind is told, and gone when that is done which its line says"],
      [VERIFY, "answers that are not saved are told until one is saved again"],
      [VERIFY, "what a lost answer made twice is told, and gone when it is deleted in that order"],
      ["verify/comparison.test.ts", "is that of a list, which is told where it leaves our Action out"],
    ],
    ["Each is a line with the resource's address", [VERIFY, "each kind is told"], [VERIFY, "fails when %s"]],
    [
      "It sends GET requests to the Management API",
      [VERIFY, "is read by GET, with the documented scopes and no others, beside the tokens"],
      ["verify/comparison.test.ts", "is another stack's where its state is given too"],
      ["verify/comparison.test.ts", "is that of a list, which is told where it leaves our Action out"],
    ],
    [
      "What breaks down at a request",
      ["faults/steps.real.test.ts", "rotation, where the next apply meets another fault: likewise"],
    ],
    ["What nobody can see", [EXISTING, "no plan sees it"], "not known to anybody"],
    ["All but `read:flows_executions`", [VERIFY, "with the documented scopes and no others"]],
    [
      "refuses a copy that is older",
      [TEAM, "over newer state with serial"],
      [ENCRYPTION, 'run("state", "pull")).toContain(secret)'],
    ],
    ["Terraform moves a state only where it knows the old place", [MOVE, "in a fresh clone without the first step"]],
    ["have the old place learned anew", [MOVE, "with the steps, after that mistake too"]],
    ["If not, this is not where the state is", "advice"],
    ["Give the environment another", "advice"],
    ["This changes nothing in the tenant", [MOVE, "the next plan and a deploy from another clone change nothing"]],
    ["With something to create, do not deploy", [MOVE, "and changes nothing in the tenant"]],
    ["Without CDKTF's command line, 3 is", [TEAM, "a state moves from a file to the backend"]],
    ["OpenTofu 1.7 or newer encrypts", [ENCRYPTION, "goes with plans that are encrypted"], "documented by others"],
    ["of 16 characters or more", [ENCRYPTION, "too short \\(minimum 16 characters\\)"], "documented by others"],
    ["`enforced` refuses to work in the clear", [ENCRYPTION, "is refused %s, which nothing that is said shows"]],
    ["which writes the state even if it changes nothing", [ENCRYPTION, "is encrypted by the next apply, backups too"]],
    ["Then go on with the configuration above", "advice"],
    ["with `second` alone", [ENCRYPTION, "goes over to another passphrase, and the first one opens it no more"]],
    ["that the engine takes the configuration, and no more", [ENGINE, "every setting is the engine's own"]],
    ["Amazon's own S3 and IAM", [S3, "in a bucket that keeps versions"], "not known to anybody"],
    ["reached through TLS or a pooler", "not known to anybody"],
  ],
  "docs/environments.md": [
    ["One definition in `main.ts`", [ENVIRONMENTS, "defines a stack for each, with its tenant"]],
    ["which is how the repository comes", [SELECT, "is the tenant of AUTH0_DOMAIN where there are no environments"]],
    ["Only `domain` is needed", [CHECKS, "environments.live.domain is missing; give it"]],
    ["One that was deployed to before begins", "advice"],
    ["No credentials are needed for that", [ENVIRONMENTS, "as the CDKTF command line lists them"]],
    ["3. A tenant that `main.ts` deployed to before", [DEPLOY, "goes on with its state, under the stack's new name"]],
    ["Only then add the rest", "advice"],
    ["4. Deploy one", [TYPED, "one environment is planned and deployed by its own credentials"]],
    [
      "| field | what it is | default |",
      [CHECKS, "its fields are domain, backend, profiling, sampleApplication"],
      [CHECKS, "its fields are stages, names, languages, ask"],
      ["lib/main.real.test.ts", "SAMPLE_APPLICATION_URL is where the sample application is"],
    ],
    [
      "`names` are taken part by part",
      [ENVIRONMENTS, "its names beside those of all"],
      [CHECKS, "a client, which only the stack can make"],
    ],
    ["1 to 40 lower-case letters", [CHECKS, 'choose 1 to 40 lower-case letters, digits and "-"']],
    ["Where `domain` is a custom domain", [PROFILING, "domain takes the place of the tenant"]],
    [
      "| `AUTH0_DOMAIN` | stacks | credentials |",
      [SELECT, "are all where AUTH0_DOMAIN is not set, without credentials"],
      [SELECT, "is the one of that tenant where AUTH0_DOMAIN is %s"],
      [SELECT, "is a stack of its own for the local tenant %s, which none of them is"],
      [SELECT, "fails when AUTH0_DOMAIN is of none of them, and names them"],
    ],
    ["`AUTH0_DOMAIN is required`", [DEPLOY, "AUTH0_DOMAIN is required"]],
    ["neither tenant changes", [DEPLOY, "the stack's domain holds"]],
    ["so several environments are several commands", [TYPED, "each by the file of its credentials"]],
    ["Where one set of credentials is good", [DEPLOY, "several stacks are one deploy"]],
    ["is such a set after `auth0 login`", "not known to anybody"],
    [
      "| type | example | credentials come from |",
      [ENVIRONMENTS, "has an example of each type of backend"],
      [BACKEND, "with a credential in %s is refused"],
      "documented by others",
    ],
    [
      "hold the stack's name where none is given",
      [BACKEND, "comes from the stack's name: %s"],
      [COMPLETE, "states/$${name}.tfstate"],
    ],
    ["locks by a lock file", [BACKEND, "s3 with a table that locks"], [BACKEND, "s3 for an engine without lock files"]],
    ["takes `tags` in place of", [BACKEND, "backend has both workspace and tags"], [COMPLETE, "cloud with tags"]],
    ["takes it from `PG_CONN_STR`", [POSTGRES, 'PG_CONN_STR: server.connStr("deployer_dev")']],
    ["What locks each of them", "advice"],
    ["In a stack of your own", [BACKEND, "comes from the stack's name"], [SELECT, "the environments of a run"]],
    [
      "No credential stands in",
      [CHECKS, "clientSecret is a credential, which no file should hold"],
      [BACKEND, "with a credential in %s is refused"],
    ],
    ["All problems of all environments", [CHECKS, "is one error with all problems of all environments"]],
    ["is answered with", [ENVIRONMENTS, "has the error that its bad configuration ends with"]],
    ["Exactly these were used", ["journeys/deploy.test.ts", "the round used exactly the scopes that the guide names"]],
  ],
});

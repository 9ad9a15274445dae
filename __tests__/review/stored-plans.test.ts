import { lostValues } from "../support/lost-values";
import { STORED_PLANS, storedPlan, told } from "../support/stored-plans";

test.each<[string, string, string, readonly string[]]>([
  [
    "a domain that changes shows both audiences, with the same scopes",
    "another-domain",
    "a flow does more than writing answers, or writes elsewhere, a grant goes to another API · 1 resource changed, 1 replaced",
    [
      "scope-widening: The grant of the client `Team C` goes to another API: `https://localhost:21400/api/v2/` → `https://login.example.com/api/v2/`. It has no more scopes there than it had: `read:users`, `update:users`, `create:users`, `read:users_app_metadata`, `update:users_app_metadata`, `create:users_app_metadata`.",
      "flow-code: The Vault connection `Team V`, through which flows write, is set up otherwise: `domain` `localhost:21400` → `login.example.com`.",
      "rotate: `auth0_client_grant.profiling_Client_Grant_D7663698` is rotated (a new one is made, and the old one is destroyed once that is used): its id changes.",
    ],
  ],
  [
    "a key that changes is no longer written, and existing users never get the new one",
    "another-metadata-key",
    "1 stage changed, answers are no longer written, an answer is kept under another key · 1 resource changed, none destroyed",
    [
      "stops-writing: `phone` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
      "renamed: `phone` in stage `Role` is written to `mobile`, no longer to `phone`: answers that were given stay under the old key, existing users who have answered are not asked again, and never get the new key.",
    ],
  ],
  [
    "a part that is destroyed is a part",
    "destroyed-in-part",
    "1 form destroyed: no login asks its questions any more · 4 of 8 resources destroyed: the plan was made with `-destroy` and with `-target` or `-exclude`, and leaves the rest out",
    [
      "destroy: The plan was made by `terraform plan -destroy`: it destroys 4 of 8 resources that the stack has.",
      "destroy: The form `Team F` is destroyed with 3 more resources of it: no login asks its questions any more. Answers that were given stay in `user_metadata`.",
      "stops-writing: `company_name`, `company_size`, `phone`, `role` are no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
      "unknown: The plan is not complete: it was made with `-target` or `-exclude`, and leaves other changes out.",
    ],
  ],
  [
    "a check that fails is told",
    "failed-check",
    "a check of the configuration fails, nothing changes",
    ["check: `check.name` fails: `name is another`."],
  ],
  [
    "a client that loses `update:users` can not save answers any more",
    "grant-without-update",
    "answers can not be saved any more · 1 resource changed, none destroyed",
    [
      "stuck: The flow `Team W` can not save answers any more: it writes as the client `Team C` (Vault connection `Team V`), which is not granted `update:users`. Nobody gets past the form.",
    ],
  ],
  [
    "of an import nobody is asked more, and what can not be read is not known",
    "import-of-all",
    "what users are asked stays as it is · 8 resources imported, 2 changed, none destroyed",
    [
      "unknown: The Action `Progressive Profiling` is imported: what `secrets` it has until now can not be known, for Auth0 never gives that back. The apply writes it.",
      "unknown: The Vault connection `Progressive Profiling` is imported: what `setup` it has until now can not be known, for Auth0 never gives that back. The apply writes it.",
    ],
  ],
  [
    "imports count as Terraform counts them",
    "import-with-changes",
    "1 stage changed · 8 resources imported, 3 changed, none destroyed",
    [
      "unknown: The Action `Team A` is imported: what `secrets` it has until now can not be known, for Auth0 never gives that back. The apply writes it.",
      "unknown: The Vault connection `Team V` is imported: what `setup` it has until now can not be known, for Auth0 never gives that back. The apply writes it.",
    ],
  ],
  [
    "a link that leads elsewhere is more than markup",
    "link-only",
    "1 stage changed, the form leads people to another address · 1 resource changed, none destroyed",
    [
      "leads-away: The form leads people to another address, or loads from it: `evil.example.net` (link in `role_rich_text` of stage `Role`); no longer `example.com`.",
    ],
  ],
  [
    "stages that become one leave somebody out",
    "merged-stages",
    "1 stage removed, 1 stage changed, a field is required now · 2 resources changed, none destroyed",
    [
      "never-asked: Who has `role` and lacks `city` is no longer asked for it.",
      "required: `City` (`city`) in stage `About you` is a new field that is required: nobody gets past it without an answer.",
    ],
  ],
  [
    "credentials of an address stay out",
    "secret-in-url",
    "answers can not be saved any more, logins do not run another stack's Action any more, 1 stage changed, somebody can not get past the form (`H two`), the form leads people to another address (`H two`), a stage is shown under another condition (`H one`), a flow does more than writing answers, or writes elsewhere, a client is granted more scopes, 1 change made outside Terraform is taken back · 7 resources changed, none destroyed",
    [
      "secret-in-text: A secret stands in `actions` of `auth0_flow.send`, where people can read it: take it out, and change the secret.",
      "stuck: Form `H two`: Nobody gets past the form: the ending of the form does not resume the login.",
      "stuck: The flow `H send` can not save answers any more: it writes as the client `H m2m` (Vault connection `H mgmt`), which is not granted `update:users`. Nobody gets past the form.",
      "unbound: `auth0_trigger_actions.login` takes the Action `A ws` off the trigger, which nothing in this plan defines: logins do not run it any more.",
      "scope-widening: The client `H m2m` is granted 1 more scope on the Management API: `read:users`.",
      "flow-code: The flow `H otp` changes in more than the answers that it writes: settings of its actions.",
      "flow-code: The flow `H send` changes in more than the answers that it writes: it now runs `HTTP/SEND_REQUEST` with `https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnop`; it no longer runs `HTTP/SEND_REQUEST` with `https://crm.example.com/users`.",
      "leads-away: Form `H two`: The ending of the form leads people to `https://evil.example.net/x`.",
      "asked-of-everyone: Form `H one`: Every existing user without `role` in `user_metadata` to whom the Action shows the form is asked at the next login: `Role`. How many logins that makes, no plan can tell. What comes then depends on whether `actions.crm.status` is `201`.",
      "condition: Form `H one`: Stage `Role` is shown while `role` has no value or `user.email` `ENDS_WITH` `@example.com`; before: while `role` has no value and `user.email` `ENDS_WITH` `@example.com`.",
      "drift: `auth0_trigger_actions.login` was changed outside Terraform (`actions`): the apply takes that back.",
    ],
  ],
  [
    "a stage with another id is renamed",
    "stage-with-another-id",
    "1 stage renamed · 1 resource changed, none destroyed",
    [],
  ],
  [
    "labels that change places change what was answered",
    "swapped-labels",
    "1 stage changed, answers mean something else than until now · 1 resource changed, none destroyed",
    [
      "meaning: What `company_size` in stage `Company` keeps in `company_size` is another thing than until now: `s` stands for `Small` → `Large`, `l` stands for `Large` → `Small`. Answers that were given stay as they are, and nobody can tell them from new ones.",
    ],
  ],
  [
    "a wording may hide a link that leads elsewhere",
    "text-and-link",
    "1 stage changed, the form leads people to another address · 1 resource changed, none destroyed",
    [
      "leads-away: The form leads people to another address, or loads from it: `evil.example.net` (link in `role_rich_text` of stage `Role`); `track.example.net` (image in `role_rich_text` of stage `Role`); no longer `example.com`.",
    ],
  ],
  [
    "a list of Actions that leaves ours out unbinds it",
    "trigger-list-added",
    "logins do not show the form, logins run other code · 1 resource added, none destroyed",
    [
      "unbound: `auth0_trigger_actions.list` sets the whole list of the post-login trigger and leaves the Action `own2` out: no login asks anything any more, whatever else binds it.",
      "action-code: The Action `own2 other` is bound now: logins run it.",
      "unknown: `auth0_trigger_actions.list` sets the whole list of its trigger: Actions that something else has bound there are not run any more, and which those are no plan can tell.",
    ],
  ],
  [
    "findings of two forms name theirs",
    "two-forms-same-change",
    "2 stages changed, a field is required now (`Team F two`) · 2 resources changed, none destroyed",
    [
      "required: Form `Team F two`: `Extra` (`two_x`) in stage `Profile` is required now: nobody gets past it without an answer.",
      "option-removed: Form `Team F one`: `d` in stage `Profile` can no longer be answered with `b`: answers that were given stay as they are.",
    ],
  ],
])("%s (%s)", (_, name, verdict, findings) => {
  expect(told(storedPlan(name))).toMatchObject({ verdict, findings });
});

test("where a form is shown no more, nobody is said to be asked as before", () => {
  const { markdown } = told(storedPlan("trigger-list-added"));

  expect(markdown).toContain(
    "| answers to `Missing Profile Data` | 1. `Missing Company Data`, 2. nothing | nothing |\n\nNobody else is asked anything either.\n",
  );
  expect(markdown).not.toContain("asked as before");
});

test.each(STORED_PLANS)("nothing that the plan %s changes is missing from its review", (name) => {
  const plan = storedPlan(name);

  expect(lostValues(JSON.stringify(plan), told(plan).markdown)).toEqual([]);
});

test.each(STORED_PLANS)("of all that the plan %s changes no line could be left out unseen", (name) => {
  const plan = JSON.stringify(storedPlan(name));
  const { markdown } = told(JSON.parse(plan));
  const lines = markdown.split("\n");
  const first = lines.findIndex((line) => line.startsWith("<details><summary>Every value"));
  const values = lines.flatMap((line, index) =>
    index > first && first !== -1 && /^[+-] \S/.test(line) && !line.endsWith(": (known after the apply)") ? index : [],
  );
  const unseen = values.filter((index) => lostValues(plan, lines.toSpliced(index, 1).join("\n")).length === 0);

  expect(unseen.map((index) => lines[index])).toEqual([]);
});

test.each(["hunter2pass", "sk_live_1234567890abcdef", "s3cr3t-token-value-123"])(
  "the review of a plan with %s in it does not have it",
  (secret) => {
    const plan = storedPlan("secret-in-url");

    expect(JSON.stringify(plan)).toContain(secret);
    expect(told(plan).markdown).not.toContain(secret);
  },
);

test("what is left out for its length is named, and who is asked what stays", () => {
  const plan = storedPlan("merged-stages");
  const { markdown } = told(plan, 2_000);

  expect(markdown.length).toBeLessThanOrEqual(2_000);
  expect(markdown).toContain("### Who is asked what, login by login");
  expect(markdown).toMatch(/_Left out or cut, to fit into one comment: .*every value that changes \(2\)/);
});

describe("an Action whose values stand in its code", () => {
  const library =
    'const FORM_ID = "ap_example";\nconst METADATA_KEYS = ["job_title"];\nexports.onExecutePostLogin = () => {};\n';

  /** The plan, whose Action has its form and keys in the code, before and after. */
  function withCode(before: readonly string[], after: readonly string[]) {
    const plan = storedPlan("merged-stages");
    const form = plan.resource_changes.find(({ type }) => type === "auth0_form")?.change.after?.id;
    const code = (keys: readonly string[]) =>
      library.replace('"ap_example"', JSON.stringify(form)).replace('["job_title"]', JSON.stringify(keys));
    for (const { type, change } of plan.resource_changes) {
      if (type === "auth0_action" && change.before !== null && change.after !== null) {
        Object.assign(change.before, { secrets: [], code: code(before) });
        Object.assign(change.after, { secrets: [], code: code(after) });
      }
    }
    return told(plan);
  }

  test("shows the form that stands there", () => {
    const { findings } = withCode(["role", "city"], ["role", "city"]);

    expect(findings).not.toContainEqual(expect.stringMatching(/^(?:unbound|unknown)/));
    expect(findings).toContain(
      "never-asked: The Action opens the form at every login as long as `city` is missing, and no stage waits for that: who has answered the rest is asked nothing there.",
    );
  });
});

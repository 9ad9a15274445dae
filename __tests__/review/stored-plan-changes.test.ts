import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlanJson, storedPlan, told } from "../support/stored-plans";

/** The plan with other values of the resource of that type, before and after. */
function withValues(plan: PlanJson, type: string, before: object, after: object): PlanJson {
  const copy = structuredClone(plan);
  for (const resource of copy.resource_changes) {
    if (resource.type === type) {
      const { change } = resource;
      change.before = { ...change.before, ...before };
      change.after = { ...change.after, ...after };
      change.actions = ["update"];
    }
  }
  return copy;
}

const PLAN = storedPlan("link-only");

test("line endings that nobody sees are named", () => {
  const code = "exports.onExecutePostLogin = async () => {\n};\n";
  const { markdown, findings } = told(
    withValues(PLAN, "auth0_action", { code: code.replaceAll("\n", "\r\n") }, { code }),
  );

  expect(findings).toContain("action-code: The Action `Team A` changes: line endings.");
  expect(markdown).toContain("### Action Team A\n\n- line endings of the code: CRLF → LF\n");
  expect(markdown).toContain("-exports.onExecutePostLogin = async () => {␍\n");
});

test.each([
  [false, "Where saving fails, nobody gets past the form."],
  [true, "Where saving fails, people get in, and are asked again at the next login."],
])("it is told whether people get in where saving fails (allow_failure: %s)", (letsIn, note) => {
  const flow = PLAN.resource_changes.find(({ type }) => type === "auth0_flow")?.change.after?.actions;
  const actions = JSON.stringify(
    JSON.parse(String(flow)).map((action: object) => ({ ...action, allow_failure: letsIn })),
  );

  expect(told(withValues(PLAN, "auth0_flow", { actions }, { actions })).markdown).toContain(note);
});

test("it is told where saving that fails lets people in from now on", () => {
  const flow = PLAN.resource_changes.find(({ type }) => type === "auth0_flow")?.change.after?.actions;
  const actions = JSON.stringify(
    JSON.parse(String(flow)).map((action: object) => ({ ...action, allow_failure: true })),
  );

  expect(told(withValues(PLAN, "auth0_flow", {}, { actions })).markdown).toContain(
    "- people get in now where saving fails\n",
  );
});

describe("of a form whose field somebody has called otherwise in the dashboard", () => {
  const form = PLAN.resource_changes.find(({ type }) => type === "auth0_form")?.change;
  const [applied, planned] = [form?.before?.nodes, form?.after?.nodes].map(String) as [string, string];
  const found = applied.replace('"label":"Role"', '"label":"Your role"');

  /** The plan that finds it, and leaves the form with these nodes. */
  function drifted(nodes: string): PlanJson {
    const plan = withValues(PLAN, "auth0_form", { nodes: found }, { nodes });
    const [one] = withValues(PLAN, "auth0_form", {}, { nodes: found }).resource_changes.filter(
      ({ type }) => type === "auth0_form",
    );
    return { ...plan, resource_drift: [one] };
  }

  test("the fields are told that the apply only puts back", () => {
    const { verdict, markdown } = told(drifted(planned));

    expect(verdict).toBe(
      "1 stage changed, the form leads people to another address, 1 change made outside Terraform is taken back · 1 resource changed, none destroyed",
    );
    expect(markdown).toContain(
      "| ~ | `Role`<br>`role` | label: `Your role` → `Role`<br>_only takes back what was done outside Terraform_ |\n",
    );
    expect(markdown).toMatch(/\| ~ \| `role_rich_text` \|(?!.*takes back)/);
  });

  test("nothing else is told where the apply does no more than that", () => {
    expect(told(drifted(applied))).toMatchObject({
      verdict: "1 change made outside Terraform is taken back · 1 resource changed, none destroyed",
      findings: ["drift: The form `Team F` was changed outside Terraform (`nodes`): the apply takes that back."],
    });
  });

  test("a field that is called otherwise again is no such field", () => {
    const { markdown } = told(drifted(found.replace("Your role", "Our role")));

    expect(markdown).toContain("| ~ | `Our role`<br>`role` | label: `Your role` → `Our role` |\n");
  });
});

test("a list of Actions says whose it takes off the trigger", () => {
  const other = { id: "6f31849f-f299-4ecf-874c-2ebd197987ca", display_name: "Of another stack" };
  const plan = storedPlan("trigger-list-added");
  const list = plan.resource_changes.find(({ type }) => type === "auth0_trigger_actions")?.change.after;
  const own = list?.actions as object[];
  const { findings } = told(
    withValues(plan, "auth0_trigger_actions", { ...list, actions: [...own, other] }, { actions: own }),
  );

  expect(findings).toContain(
    "unbound: `auth0_trigger_actions.list` takes the Action `Of another stack` off the trigger, which nothing in this plan defines: logins do not run it any more.",
  );
});

test("a secret stays out in Base64, in the query of an address, and under any name that ends like one", () => {
  const credentials = Buffer.from("api:planted-password-1").toString("base64");
  const style = JSON.stringify({ css: `/* ${credentials} planted-signing-9 */` });
  const { markdown } = told(
    withValues(
      withValues(PLAN, "auth0_form", { style: null }, { style }),
      "auth0_client",
      {},
      {
        signing_secret: "planted-signing-9",
        callbacks: ["https://api:planted-password-1@example.com/?sig=planted-sig-77"],
      },
    ),
  );

  expect(markdown).not.toMatch(/planted-/);
  expect(markdown).not.toContain(credentials);
  expect(markdown).toContain("+ signing_secret: ‹redacted›\n");
});

test("another key in the code of this library's own Action is no other code", () => {
  const library = readFileSync(join(__dirname, "..", "..", "actions", "progressive-profiling.js"), "utf8");
  const form = PLAN.resource_changes.find(({ type }) => type === "auth0_form")?.change.after?.id;
  const code = (keys: readonly string[]) =>
    library
      .replace(/^const FORM_ID = .*$/m, `const FORM_ID = ${JSON.stringify(form)};`)
      .replace(/^const METADATA_KEYS = .*$/m, `const METADATA_KEYS = ${JSON.stringify(keys)};`);
  const { findings, markdown } = told(
    withValues(
      PLAN,
      "auth0_action",
      { code: code(["role"]), secrets: [] },
      { code: code(["role", "team"]), secrets: [] },
    ),
  );

  expect(findings.map((finding) => finding.split(":")[0])).toEqual(["leads-away", "never-asked"]);
  expect(markdown).toContain('+const METADATA_KEYS = ["role","team"];\n');
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fn, TerraformOutput, TerraformResource, type TerraformStack, TerraformVariable } from "cdktf";
import { nextButton, ProgressiveProfiling, raw, richText, Stage, text } from "../../lib";
import { describeInBrowser } from "../support/browser";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

/** What is hunted: whatever is escaped around it, its letters and digits stay. */
const HUNTED = /planted[a-z]+\d{4}/gi;

const PLANTED = {
  variable: 'plantedvariable1001"<&|*_`$ {x}',
  vault: "plantedvault1002",
  action: "plantedaction1003",
  captcha: "plantedcaptcha1004",
  output: "plantedoutput1005",
  map: "plantedmap1006",
  template: "plantedtemplate1007",
  key: `-----BEGIN KEY-----\nplantedlineone1008AAAA\nplantedlinetwo1009BBBB\n-----END KEY-----`,
  plain: "plantedplain1010",
} as const;
/** Those that only a plan's JSON can have, where this stack has none. */
const CORNERS = {
  provider: "plantedprovider1011",
  module: "plantedmodule1012",
  state: "plantedstate1013",
  header: "plantedheader1014",
} as const;
/** As an editor of rich texts writes it, and as others do. */
const ENTITIES = [
  PLANTED.variable.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
  PLANTED.variable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
];
const NUMBERS = PLANTED.variable.replaceAll("&", "&#x26;").replaceAll("<", "&#060;");
const PASTED = Object.values(PLANTED).map((secret) => secret.replace(/\s/g, " "));

/** A stack of somebody who is careless: every secret stands where one belongs, and is pasted where people read. */
function careless(stack: TerraformStack): void {
  const sensitive = (name: string, value: string) =>
    new TerraformVariable(stack, name, { type: "string", sensitive: true, default: value }).stringValue;
  const word = sensitive("word", PLANTED.variable);
  const key = sensitive("key", PLANTED.key);
  const map = sensitive("map", PLANTED.map);
  const { form, action, flow } = new ProgressiveProfiling(stack, "profiling", {
    client: { clientId: "writer", clientSecret: sensitive("vault", PLANTED.vault) },
    names: { form: `Form of ${PLANTED.vault}`, action: `Action of ${PLANTED.map}` },
    stages: [
      Stage.untilAnswered("job_title", {
        alias: `Stage ${PLANTED.plain} ${PLANTED.variable}`.slice(0, 100),
        components: [
          richText(`<p>${PASTED.join("</p><p>")}</p>`),
          // Of a long text the review shows the beginning, which ends here amid the secret.
          ...[...ENTITIES, NUMBERS].map((html, index) =>
            richText(`<p>${"-".repeat(55)}${html}</p>`, { id: `entities_${index}` }),
          ),
          text("job_title", { label: `Say ${PLANTED.action}`, hint: PLANTED.output, required: true }),
          raw({
            id: "robot",
            category: "WIDGET",
            type: "RECAPTCHA",
            config: { site_key: "open", secret_key: PLANTED.captcha },
          }),
          nextButton(`On ${PLANTED.captcha}`),
        ],
      }),
    ],
  });
  const pasted = [...PASTED, ...ENTITIES].map((secret) => `// ${secret}`).join("\n");
  action.action.code = `${action.action.codeInput}\n${pasted.replaceAll("${", "$${")}`;
  action.action.addOverride("secrets", [
    { name: "TOKEN", value: PLANTED.action },
    { name: "MIXED", value: `${PLANTED.template} \${auth0_form.${form.form.friendlyUniqueId}.id}` },
  ]);
  flow?.flow.addOverride("name", `Flow of ${PLANTED.template}`);
  new TerraformOutput(stack, "secret-output", { value: PLANTED.output, sensitive: true });
  new TerraformOutput(stack, "key-output", { value: key, sensitive: true });
  const data = new TerraformResource(stack, "data", { terraformResourceType: "terraform_data" });
  data.addOverride("for_each", { [PLANTED.map]: "x", [PLANTED.captcha]: "y" });
  data.addOverride("input", { outer: [{ inner: map, word, open: "open", token: PLANTED.plain }] });
  new TerraformVariable(stack, "open", { type: "string", default: Fn.trimspace("open") });
}

const plans = new PlanFolder();
let tenant: LocalTenant;
let workspace: Workspace;
let plan: string;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env, `stack-${PLANTED.vault}`);
  workspace.synth(careless);
  plan = plans.save("careless", workspace);
}, 60_000);

afterAll(async () => {
  workspace.remove();
  plans.remove();
  await tenant.stop();
});

function expectNone(...outputs: readonly string[]): void {
  expect(outputs.flatMap((output) => output.match(HUNTED) ?? [])).toEqual([]);
}

test("the plan itself has every secret in clear, so that there is something to hunt", () => {
  const found = new Set(readFileSync(plan, "utf8").match(HUNTED));

  expect(found.size).toBe(10);
});

test("no secret comes out of a first plan, whose texts are known from the configuration alone", () => {
  const markdown = review(plan, "--max-length", "0");
  const json = review(plan, "--json", "--fail-on", "secret-in-text");

  expectNone(markdown.stdout, markdown.stderr, json.stdout, json.stderr);
  expect(markdown.stdout).toContain("‹redacted›");
  expect(markdown.stdout).toMatch(/\*\*secret-in-text\*\*: A secret stands in .*`nodes`.* of `auth0_form\./);
  expect(markdown.stdout).toMatch(/\*\*secret-in-text\*\*: A secret stands in .*`code`.* of `auth0_action\./);
  expect(markdown.stdout).toMatch(/\*\*secret-in-text\*\*: A secret stands in its address of `terraform_data\./);
  expect(json).toMatchObject({ status: 2, stderr: "--fail-on has found: secret-in-text\n" });
});

test("no secret comes out of what the JSON of a plan has in its corners", () => {
  const json = JSON.parse(readFileSync(plan, "utf8"));
  const form = json.resource_changes.find(({ type }: { type: string }) => type === "auth0_form");
  form.change.after.name = Object.values(CORNERS).join(" ");
  json.configuration.provider_config.auth0.expressions = { api_token: { constant_value: CORNERS.provider } };
  json.configuration.root_module.module_calls = {
    inner: {
      expressions: { secret: { constant_value: CORNERS.module } },
      module: { variables: { secret: { sensitive: true } } },
    },
  };
  json.prior_state.values.root_module.child_modules = [
    {
      resources: [
        {
          address: "module.inner.other.x",
          mode: "managed",
          type: "other",
          values: { nested: { list: [CORNERS.state] } },
          sensitive_values: { nested: { list: [true] } },
        },
      ],
    },
  ];
  json.resource_drift = [
    {
      address: `other.x["${CORNERS.header}"]`,
      mode: "managed",
      type: "other",
      change: {
        actions: ["update"],
        before: { headers: { authorization: `Bearer ${CORNERS.header}` } },
        after: { headers: {} },
      },
    },
  ];
  json.resource_changes.push({
    ...json.resource_drift[0],
    previous_address: `other.y["${CORNERS.state}"]`,
    change: { actions: ["update"], before: { a: CORNERS.provider }, after: { a: CORNERS.module } },
  });
  const file = plans.write("corners/plan.json", json);
  expect(new Set(readFileSync(file, "utf8").match(HUNTED)).size).toBe(14);
  const outputs = [
    review(file, "--max-length", "0"),
    review(file, "--json"),
    review(file, "--base", plan),
    review(plan, "--base", file),
  ];

  expectNone(...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]));
  expect(outputs.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
});

test("no secret comes out of an error, neither of the plans' nor of a file's name", () => {
  const broken = plans.write("broken.json", `{"secret": "${PLANTED.vault}", oh`);
  const state = plans.write("state.json", { lineage: PLANTED.vault, serial: 1, resources: [PLANTED.map] });

  const result = review(plan, broken, state, "--configuration", join(tmpdir(), PLANTED.captcha));

  expectNone(result.stdout, result.stderr);
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(/^3 problems/);
});

test("calling a word of the plan a secret hides nothing that the plan does", () => {
  const open = new Workspace(tenant.env, "open");
  const stages = ["one_answer", "two_answer"].map((key) =>
    Stage.untilAnswered(key, { components: [text(key, { label: key, required: true }), nextButton()] }),
  );
  const save = (name: string, words: readonly string[]) => {
    open.synth((stack) => {
      new ProgressiveProfiling(stack, "profiling", { stages });
      for (const [index, word] of words.entries()) {
        new TerraformVariable(stack, `word-${index}`, { type: "string", sensitive: true, default: word });
      }
    });
    return JSON.parse(review(plans.save(name, open), "--json").stdout).stacks[0];
  };
  const words = ["ROUTER", "HAS_NO_VALUE", "$ending", "auth0_form", "auth0_client_grant", "create", "resource_changes"];
  const more = ["next_node", "components", "user_metadata", "step_one_answer", "step_two_answer", "address", "actions"];

  const [plain, hidden] = [save("plain", []), save("hidden", [...words, ...more])];
  open.remove();

  const kinds = ({ findings }: typeof plain) => findings.map(({ kind }: { kind: string }) => kind);
  expect(hidden.counts).toEqual(plain.counts);
  expect(hidden.verdict).toBe(plain.verdict.replace("create", "‹redacted›"));
  expect(hidden.profilings[0].changedSteps).toHaveLength(2);
  expect(kinds(hidden)).toEqual(expect.arrayContaining(kinds(plain)));
  expect(kinds(hidden)).toContain("secret-in-text");
});

test("calling a word of the review a secret hides nothing that the review says", () => {
  const open = new Workspace(tenant.env, "words");
  const stages = [
    Stage.untilAnswered("job_title", {
      components: [text("job_title", { label: "Job title", required: true }), nextButton()],
    }),
  ];
  const save = (name: string, words: readonly string[]) => {
    open.synth((stack) => {
      new ProgressiveProfiling(stack, "profiling", { stages });
      for (const [index, word] of words.entries()) {
        new TerraformVariable(stack, `word-${index}`, { type: "string", sensitive: true, default: word });
      }
    });
    return review(plans.save(name, open), "--max-length", "0").stdout;
  };

  const [plain, hidden] = [save("usual", []), save("words", ["details", "flowchart", "asked-of-everyone", "summary>"])];
  open.remove();

  expect(plain).toContain("**asked-of-everyone**");
  expect(hidden).toBe(plain);
});

describe("once it is applied", () => {
  beforeAll(() => {
    workspace.apply();
  }, 60_000);

  test("no secret comes out of a change, a destroy and a drift, whose values before are in the plan too", async () => {
    workspace.synth((stack) => {
      careless(stack);
      stack.addOverride(
        "resource.auth0_flow_vault_connection.profiling_VaultConnection_2E76BDD8.setup.client_secret",
        "x",
      );
    });
    const changed = plans.save("changed", workspace);
    workspace.synth(() => {});
    const destroyed = plans.save("destroyed", workspace);
    const { body } = await tenant.request("GET", "/api/v2/forms");
    const [{ id }] = body.forms ?? body;
    await tenant.request("PATCH", `/api/v2/forms/${id}`, { name: `Now ${PLANTED.captcha} ${PLANTED.variable}` });
    workspace.synth(careless);
    const drifted = plans.save("drifted", workspace);

    const outputs = [changed, destroyed, drifted].flatMap((file) => [
      review(file, "--max-length", "0"),
      review(file, "--json"),
      review(file, "--base", plan),
    ]);

    expectNone(...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]));
    expect(new Set(outputs.map(({ status }) => status))).toEqual(new Set([0]));
    expect(outputs.map(({ stdout }) => stdout).join()).toContain("was changed outside Terraform");
  });
});

describeInBrowser("pictures", () => {
  test("have no secret in their names and in the page that holds them", () => {
    const folder = mkdtempSync(join(tmpdir(), "pictures-"));
    const { status, stdout, stderr } = review(
      plan,
      "--pictures",
      folder,
      "--pictures-url",
      "https://example.com/run/1/",
    );
    const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\[after\]\(<https:\/\/example\.com\/run\/1\/[\w-]+\.png>\)/);
    expect(existsSync(join(folder, "index.html"))).toBe(true);
    expectNone(
      stdout,
      readdirSync(folder).join("\n"),
      ...pages.map((page) => readFileSync(join(folder, page), "utf8")),
    );
    rmSync(folder, { recursive: true });
  }, 60_000);
});

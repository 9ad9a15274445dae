import { type Attributes, planThatChanges, replaced } from "../support/hostile-plan";
import { told } from "../support/stored-plans";

const LABEL = '"label":"Role"';
const withComponents = (...components: readonly object[]): Attributes => ({
  auth0_form: {
    nodes: replaced('"components":[', `"components":[${components.map((one) => `${JSON.stringify(one)},`).join("")}`),
  },
});
const inNodes = (from: string, to: string): Attributes => ({ auth0_form: { nodes: replaced(from, to) } });

/** What a form has besides, and nobody sees. */
const SERVICES = withComponents(
  {
    id: "fee",
    category: "FIELD",
    type: "PAYMENT",
    config: {
      charge: { type: "ONE_OFF", one_off: { amount: 10, currency: "EUR" } },
      credentials: { public_key: "pk_ours", private_key: "{{vars.key}}" },
    },
  },
  { id: "paper", category: "FIELD", type: "FILE", config: { storage: { type: "MANAGED" } } },
  {
    id: "human",
    category: "WIDGET",
    type: "RECAPTCHA",
    config: { site_key: "site-of-ours", secret_key: "{{vars.key}}" },
  },
);

test.each<[string, Attributes, string]>([
  [
    "who is paid",
    inNodes("pk_ours", "pk_evil"),
    "hidden-data: What goes with the form unseen is another: `credentials.public_key` `pk_ours` → `pk_evil` in `fee` of stage `Role`.",
  ],
  [
    "how much is paid",
    inNodes('"amount":10', '"amount":1000'),
    "hidden-data: What goes with the form unseen is another: `charge.one_off.amount` `10` → `1000` in `fee` of stage `Role`.",
  ],
  [
    "where files go",
    inNodes("MANAGED", "CUSTOM"),
    "hidden-data: What goes with the form unseen is another: `storage.type` `MANAGED` → `CUSTOM` in `paper` of stage `Role`.",
  ],
  [
    "whose service tells people from robots",
    inNodes("site-of-ours", "site-of-evil"),
    "hidden-data: What goes with the form unseen is another: `site_key` `site-of-ours` → `site-of-evil` in `human` of stage `Role`.",
  ],
])("a form whose change is %s tells it at the top", (_, change, finding) => {
  expect(told(planThatChanges(change, SERVICES)).findings).toEqual([finding]);
});

/** A choice and a yes or no that are kept. */
const CHOICES: Attributes = {
  ...withComponents(
    { id: "size", category: "FIELD", type: "DROPDOWN", config: { options: [{ value: "s", label: "Small" }] } },
    { id: "news", category: "FIELD", type: "BOOLEAN", config: {} },
  ),
  auth0_flow: { actions: replaced('"role":', '"size":"{{fields.size}}","news":"{{fields.news}}","role":') },
};
const NEWS = '"id":"news","category":"FIELD","type":"BOOLEAN","config":{';

test.each<[string, Attributes, string]>([
  [
    "yes and no are exchanged",
    inNodes(NEWS, `${NEWS}"options":{"true":"No","false":"Yes"}`),
    "meaning: What `news` in stage `Role` keeps in `news` is another thing than until now: `true` stands for `Yes` → `No`, `false` stands for `No` → `Yes`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
  [
    "another field of another name and type writes it",
    {
      ...inNodes('"id":"size","category":"FIELD","type":"DROPDOWN"', '"id":"weight","category":"FIELD","type":"TEXT"'),
      auth0_flow: { actions: replaced("{{fields.size}}", "{{fields.weight}}") },
    },
    "meaning: What `weight` in stage `Role` keeps in `size` is another thing than until now: `DROPDOWN` → `TEXT`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
  [
    "its step has another id as well",
    {
      auth0_form: {
        nodes: (text: string) =>
          replaced("step_role", "step_job")(replaced('"type":"DROPDOWN"', '"type":"TEXT"')(text)),
      },
    },
    "meaning: What `size` in stage `Role` keeps in `size` is another thing than until now: `DROPDOWN` → `TEXT`. Answers that were given stay as they are, and nobody can tell them from new ones.",
  ],
])("an answer means something else where %s", (_, change, finding) => {
  expect(told(planThatChanges(change, CHOICES)).findings).toEqual([finding]);
});

test("other words for yes and no, or for a field, are no other meaning", () => {
  const words = inNodes(NEWS, `${NEWS}"options":{"true":"Ja","false":"Nein"}`);

  expect(told(planThatChanges(words, CHOICES)).findings).toEqual([]);
  expect(told(planThatChanges(inNodes(LABEL, '"label":"Your role"'), CHOICES)).findings).toEqual([]);
});

import type { JsonObject } from "../../../adopt/hcl/json";
import type { ProviderSchemas } from "../../../adopt/hcl/language";
import { moduleFiles } from "../../../adopt/hcl/module";
import { withVariables } from "../../../adopt/hcl/variables";

/** What the engine says of providers, as far as it is read. */
const SCHEMAS: ProviderSchemas = {
  provider_schemas: {
    "registry.opentofu.org/auth0/auth0": {
      provider: { block: { block_types: { dynamic_credentials: { block: {} } } } },
      resource_schemas: {
        auth0_form: { block: { block_types: { languages: { block: { block_types: { deep: { block: {} } } } } } } },
        auth0_action: { block: {} },
      },
      data_source_schemas: { auth0_tenant: { block: {} } },
    },
  },
};

const REQUIRED = { required_providers: { auth0: { source: "auth0/auth0", version: "1.54.1" } } };

function written(configuration: JsonObject): Record<string, string> {
  return Object.fromEntries(moduleFiles({ terraform: REQUIRED, ...configuration }, SCHEMAS));
}

const main = (configuration: JsonObject) => written(configuration)["main.tf"];

test("blocks stand in the files of the convention", () => {
  expect(
    written({
      "//": { metadata: "of CDKTF" },
      terraform: { ...REQUIRED, backend: { s3: { bucket: "${a}", assume_role: { role_arn: "r" } } } },
      provider: { auth0: [{ domain: "a" }, { alias: "b", dynamic_credentials: { client_id: "c" } }] },
      variable: {
        list: {
          type: "${list(string)}",
          default: ["${a}"],
          validation: [{ condition: "${true}", error_message: "e" }],
        },
      },
      output: { "form-id": { value: "${auth0_form.a.id}", description: "${a}", depends_on: ["auth0_form.a"] } },
      locals: { a: "${var.list}" },
    }),
  ).toEqual({
    "terraform.tf": `terraform {
required_providers {
auth0 = {
source = "auth0/auth0"
version = "1.54.1"
}
}

backend "s3" {
bucket = "$\${a}"
assume_role = {
role_arn = "r"
}
}
}
`,
    "providers.tf": `provider "auth0" {
domain = "a"
}

provider "auth0" {
alias = "b"

dynamic_credentials {
client_id = "c"
}
}
`,
    "variables.tf": `variable "list" {
type = list(string)
default = ["$\${a}"]

validation {
condition = true
error_message = "e"
}
}
`,
    "outputs.tf": `output "form-id" {
value = auth0_form.a.id
description = "$\${a}"

depends_on = [auth0_form.a]
}
`,
    "main.tf": `locals {
a = var.list
}
`,
  });
});

test.each<[string, JsonObject, string]>([
  [
    "meta-arguments of a resource",
    {
      resource: {
        auth0_form: {
          a: {
            "//": { metadata: {} },
            depends_on: ["auth0_action.a", 'auth0_action.b["1"]'],
            languages: [{ primary: "en" }, { primary: "fr" }],
            name: "A",
            for_each: '${toset(["1"])}',
            provider: "auth0.b",
            lifecycle: {
              ignore_changes: ["name", 'languages[0]["primary"]'],
              replace_triggered_by: ["auth0_action.a"],
              precondition: [{ condition: "${each.key != null}", error_message: "none" }],
            },
            provisioner: [{ "local-exec": { command: "true", when: "destroy" } }],
          },
        },
      },
    },
    `resource "auth0_form" "a" {
for_each = toset(["1"])
provider = auth0.b

name = "A"

languages {
primary = "en"
}

languages {
primary = "fr"
}

provisioner "local-exec" {
command = "true"
when = destroy
}

lifecycle {
ignore_changes = [
name,
languages[0]["primary"],
]
replace_triggered_by = [auth0_action.a]

precondition {
condition = each.key != null
error_message = "none"
}
}

depends_on = [
auth0_action.a,
auth0_action.b["1"],
]
}`,
  ],
  [
    "all changes ignored",
    { resource: { auth0_form: { a: { lifecycle: { ignore_changes: "all" } } } } },
    `resource "auth0_form" "a" {
lifecycle {
ignore_changes = all
}
}`,
  ],
  [
    "dynamic blocks, and blocks in blocks",
    {
      resource: {
        auth0_form: {
          a: {
            dynamic: {
              languages: { for_each: "${var.a}", iterator: "it", content: { primary: "${it.value}", deep: {} } },
            },
          },
        },
      },
    },
    `resource "auth0_form" "a" {
dynamic "languages" {
for_each = var.a

iterator = it

content {
primary = it.value

deep {}
}
}
}`,
  ],
  [
    "an object that is no block",
    { resource: { auth0_action: { a: { b: { c: 1 } } } } },
    `resource "auth0_action" "a" {
b = {
c = 1
}
}`,
  ],
  ["a data source", { data: { auth0_tenant: { a: {} } } }, 'data "auth0_tenant" "a" {}'],
  [
    "moves",
    { moved: [{ from: "auth0_form.a", to: 'auth0_form.a["1"]' }] },
    `moved {
from = auth0_form.a
to = auth0_form.a["1"]
}`,
  ],
  [
    "imports",
    { import: [{ to: "auth0_form.a", id: "ap_1", provider: "auth0.b" }] },
    `import {
provider = auth0.b

to = auth0_form.a
id = "ap_1"
}`,
  ],
  [
    "what is let go",
    { removed: [{ from: "auth0_form.a", lifecycle: { destroy: false } }] },
    `removed {
from = auth0_form.a

lifecycle {
destroy = false
}
}`,
  ],
  [
    "checks, with their data",
    { check: { a: { data: { auth0_tenant: { b: {} } }, assert: { condition: "${true}", error_message: "e" } } } },
    `check "a" {
data "auth0_tenant" "b" {}

assert {
condition = true
error_message = "e"
}
}`,
  ],
  [
    "modules",
    { module: { a: { source: "./a", providers: { auth0: "auth0.b" }, name: "${var.a}" } } },
    `module "a" {
source = "./a"
providers = {
auth0 = auth0.b
}
name = var.a
}`,
  ],
])("Terraform's language is written: %s", (_, configuration, expected) => {
  expect(main(configuration)).toBe(`${expected}\n`);
});

test("what it does not know is refused, all at once", () => {
  expect(() => main({ resource: { aws_vpc: { a: {} } }, nonsense: {} })).toThrow(
    `2 problems
  [resource "aws_vpc"] is in no schema of the stack's providers; give the stack its provider
  [nonsense] is no block that this command knows; take it out of the stack`,
  );
});

test("names and the domain are variables, whose defaults are what they were", () => {
  const { variable, provider, resource } = withVariables({
    provider: { auth0: [{}, { alias: "eu", domain: "eu.auth0.com" }, { alias: "us", domain: "${var.us}" }] },
    variable: { action_name: { type: "string" } },
    resource: {
      auth0_action: { a: { name: "A" } },
      auth0_flow: { b: { name: "B $${b}" }, c: { name: "C ${var.c}" } },
      auth0_form: { d: { nodes: "[]" } },
    },
  });

  expect({ variable, provider, resource }).toEqual({
    variable: {
      action_name: { type: "string" },
      auth0_domain: {
        type: "string",
        description: "Domain of the tenant; that of AUTH0_DOMAIN where it is not given",
        default: null,
      },
      auth0_eu_domain: { type: "string", description: "Domain of the tenant", default: "eu.auth0.com" },
      a_name: { type: "string", description: "Name of auth0_action.a", default: "A" },
      b_name: { type: "string", description: "Name of auth0_flow.b", default: "B ${b}" },
    },
    provider: {
      auth0: [
        { domain: "${var.auth0_domain}" },
        { alias: "eu", domain: "${var.auth0_eu_domain}" },
        { alias: "us", domain: "${var.us}" },
      ],
    },
    resource: {
      auth0_action: { a: { name: "${var.a_name}" } },
      auth0_flow: { b: { name: "${var.b_name}" }, c: { name: "C ${var.c}" } },
      auth0_form: { d: { nodes: "[]" } },
    },
  });
});

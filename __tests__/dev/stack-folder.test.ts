import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localStack } from "../../dev/stack-folder";

const AUTH0 = { auth0: { source: "auth0/auth0", version: "1.54.1" } };

function stackOf(configuration: object) {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  const file = join(folder, "cdk.tf.json");
  writeFileSync(file, JSON.stringify(configuration));
  const stack = localStack("demo", folder, "localhost:9443");
  return { folder, stack, written: JSON.parse(readFileSync(file, "utf8")) };
}

test.each([
  ["a bucket", { backend: { s3: { bucket: "states" } } }],
  ["HCP Terraform", { cloud: { organization: "acme" } }],
  ["no backend", {}],
])("a stack with its state in %s has it in its folder here", (_, where) => {
  const { folder, stack, written } = stackOf({
    terraform: { ...where, required_providers: AUTH0 },
    provider: { auth0: [{}] },
  });

  expect(stack.problems).toEqual([]);
  expect(written.terraform).toEqual({
    backend: { local: { path: join(folder, "terraform.tfstate") } },
    required_providers: AUTH0,
  });
});

test("a provider that reaches what is not on this machine is refused, and one of another tenant", () => {
  const { stack } = stackOf({
    terraform: {
      required_providers: { ...AUTH0, aws: { source: "hashicorp/aws" }, random: { source: "hashicorp/random" } },
    },
    provider: { auth0: [{ domain: "localhost:9443" }, { domain: "acme.eu.auth0.com", alias: "other" }] },
  });

  expect(stack.problems).toEqual([
    {
      path: "demo",
      what: "the stack has the provider hashicorp/aws, which would change what is not on this machine",
      remedy: "give those resources a stack of their own, and leave it out with --stack",
    },
    {
      path: "demo",
      what: `its Auth0 provider names the domain "acme.eu.auth0.com", which is not the local tenant's, localhost:9443`,
      remedy: "take it from AUTH0_DOMAIN, which is set for the app",
    },
  ]);
});

test("a resource's address leads to the path of its construct", () => {
  const { stack } = stackOf({
    terraform: { required_providers: AUTH0 },
    resource: { auth0_form: { form_1: { "//": { metadata: { path: "demo/profiling/Form/Resource" } } } } },
  });

  expect(stack.pathOf('auth0_form.form_1["1"]')).toBe("demo/profiling/Form/Resource");
  expect(stack.pathOf("auth0_form.other")).toBeUndefined();
});

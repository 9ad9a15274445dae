import { Progress } from "../../dev/progress";
import { CdktfOutput } from "../../scripts/cdktf-output";

function read(printed: string) {
  let written = "";
  const output = new CdktfOutput(new Progress({ write: (text: string) => (written += text) }));
  // In pieces, as a pipe gives it.
  for (const piece of printed.match(/.{1,7}/gs) ?? []) {
    output.add(piece);
  }
  return { written, errors: output.errors() };
}

test("a deploy is a line for each resource that is made, changed or destroyed, and one for their number", () => {
  const { written } = read(`demo  Initializing the backend...
demo    # auth0_form.form will be created
          + resource "auth0_form" "form" {
      Plan: 1 to add, 1 to change, 1 to destroy.
demo  auth0_form.form: Creating...
demo  auth0_form.form: Creation complete after 0s [id=ap_1]
      auth0_flow.flow["1"]: Modifications complete after 1s [id=af_1]
demo  auth0_client.old: Destruction complete after 0s
demo  Apply complete! Resources: 1 added, 1 changed, 1 destroyed.
`);

  expect(written).toBe(
    [
      "    1 to add, 1 to change, 1 to destroy",
      "  + auth0_form.form",
      '  ~ auth0_flow.flow["1"]',
      "  - auth0_client.old",
      "",
    ].join("\n"),
  );
});

test("a plan without a change says so", () => {
  expect(read("demo  No changes. Your infrastructure matches the configuration.\n").written).toBe(
    "    nothing to change\n",
  );
});

test("a failure is the engine's whole error, without what was printed before it", () => {
  const { errors } = read(`demo  auth0_form.form: Creating...
demo  \x1b[31m╷\x1b[0m
      │ Error: 400 Bad Request: Payload validation error
      │
      │   with auth0_form.form (demo/profiling/form),
      ╵
Error: terraform apply failed with exit code 1
`);

  expect(errors).toBe(
    [
      "╷",
      "│ Error: 400 Bad Request: Payload validation error",
      "│",
      "│   with auth0_form.form (demo/profiling/form),",
      "╵",
      "Error: terraform apply failed with exit code 1",
    ].join("\n"),
  );
});

test("a failure that names no error is everything that was printed", () => {
  expect(read("demo  killed\n").errors).toBe("killed");
});

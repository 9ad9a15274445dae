import { withRemadeForms } from "../../review/form/remade-forms";
import type { Profiling } from "../../review/profiling";
import { field, stepOf } from "../support/form-nodes";
import { formOf } from "../support/form-of-steps";
import { changeOf, withDocument } from "../support/reviewed-form";

const A = stepOf("a", [field("a")]);
const ONE = formOf([A]);

test.each<[string, Profiling, Profiling, boolean]>([
  ["of the same name, with a step in common", ONE, ONE, true],
  ["of the same name, whose nodes are not known", ONE, withDocument(ONE, { nodes: undefined }), true],
  ["of the same name, whose nodes were not known", withDocument(ONE, { nodes: undefined }), ONE, true],
  ["of another name", ONE, formOf([A], { form: { name: "Other" } }), false],
  ["without a step in common", ONE, formOf([stepOf("b", [field("b")])]), false],
])("a form that goes and one that comes are one: %s", (_, gone, made, isOne) => {
  const at = (profiling: Profiling, address: string) => ({ ...profiling, form: { ...profiling.form, address } });
  const changes = withRemadeForms([
    changeOf(at(gone, "auth0_form.one"), undefined),
    changeOf(undefined, at(made, "auth0_form.two")),
  ]);

  expect(changes.map(({ before, after }) => [before?.form.address, after?.form.address])).toEqual(
    isOne
      ? [["auth0_form.one", "auth0_form.two"]]
      : [
          ["auth0_form.one", undefined],
          [undefined, "auth0_form.two"],
        ],
  );
});

import { fieldsIn, pathOf, profilePath, soleExpression } from "../../review/form/expressions";

test.each([
  ["context.user.user_metadata.job_title", ["context", "user", "user_metadata", "job_title"]],
  ["fields.größe_2", ["fields", "größe_2"]],
  ["fields['job title']", ["fields", "job title"]],
  ['fields["job title"].value', ["fields", "job title", "value"]],
  ['context.user[ "user_metadata" ]["it\'s"]', ["context", "user", "user_metadata", "it's"]],
  ["vars.stage", ["vars", "stage"]],
  ["actions.crm.status", ["actions", "crm", "status"]],
  ["fields", undefined],
  ["user.name", undefined],
  ["fields.a ?? fields.b", undefined],
  ["fields.a()", undefined],
  ["fields[a]", undefined],
  ["fields[0]", undefined],
  ["fields[\"a']", undefined],
  ["fields['a'b']", undefined],
  ['fields["a"b"]', undefined],
])("the path of %s is %j", (expression, path) => {
  expect(pathOf(expression)).toEqual(path);
});

test.each([
  ["{{fields.phone}}", "fields.phone"],
  [" {{ fields.phone\n}} ", "fields.phone"],
  ["{{fields.a ?? fields.b}}", "fields.a ?? fields.b"],
  ["{{}}", undefined],
  ["{{ }}", undefined],
  ["I am {{fields.a}}", undefined],
  ["{{fields.a}}{{fields.b}}", undefined],
  ["fields.a", undefined],
])("%j is nothing but the expression %j", (text, expression) => {
  expect(soleExpression(text)).toBe(expression);
});

test.each<[unknown, readonly string[] | undefined]>([
  ["{{context.user.user_metadata.job_title}}", ["job_title"]],
  ['{{ context.user.user_metadata["job title"].since }}', ["job title", "since"]],
  ["{{context.user.app_metadata.terms.version}}", ["app_metadata.terms", "version"]],
  ["{{context.user.given_name}}", ["user.given_name"]],
  ["{{context.user.address.city}}", ["user.address", "city"]],
  ["{{context.user.user_metadata}}", undefined],
  ["{{context.user}}", undefined],
  ["{{context.client.name}}", undefined],
  ["{{fields.job_title}}", undefined],
  ["context.user.user_metadata.job_title", undefined],
  [undefined, undefined],
  [1, undefined],
])("%j stands for the place %j of the profile", (text, place) => {
  expect(profilePath(text)).toEqual(place);
});

test.each<[unknown, readonly string[]]>([
  ["{{fields.a}} and {{ fields['b c'] ?? fields.a }}", ["a", "b c"]],
  [{ name: '{{fields["a"]}}', more: ["{{fields.b.international_number}}"] }, ["a", "b"]],
  ["{{format(fields.a, fields.b)}}", ["a", "b"]],
  ["fields.a", []],
  ["{{context.user.user_metadata.a}}", []],
  ["{{myfields.a}}", []],
  [undefined, []],
])("the fields in %j are %j", (value, ids) => {
  expect(fieldsIn(value)).toEqual(ids);
});

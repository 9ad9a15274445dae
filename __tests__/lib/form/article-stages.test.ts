import { articleStages, ProgressiveProfiling } from "../../../lib";
import { ARTICLE_STAGES } from "../../../lib/form/article-stages";
import { devStack } from "../../support/stack";
import { problemsOf } from "../../support/stages";
import { Template } from "../../support/template";

function formOf(options: Parameters<typeof articleStages>[0]) {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", { stages: articleStages(options) });
  return Template.of(stack).one("auth0_form");
}

test("as it is asked where no stages are given, it has no problem", () => {
  expect(problemsOf({ stages: articleStages() })).toEqual([]);
  expect(ARTICLE_STAGES).toEqual(articleStages());
});

test("in Japanese as well, each text has a translation", () => {
  const { translations } = formOf({ languages: ["en", "ja"] });
  const { ja } = JSON.parse(String(translations));

  expect(Object.keys(ja.components)).toEqual([
    "company_name",
    "company_name_next_button",
    "company_name_rich_text",
    "company_size",
    "job_title",
    "job_title_next_button",
    "job_title_rich_text",
    "phone_number",
  ]);
  expect(ja.components.company_size).toEqual({ label: "従業員数" });
});

test("with other words and other required fields it is the article all the same", () => {
  const { nodes, translations } = formOf({
    words: { job_title: "What do you do?" },
    required: ["job_title", "phone_number", "company_name"],
  });

  expect(translations).toBeUndefined();
  expect(nodes).toMatchObject([
    {},
    {},
    { config: { components: [{}, { label: "What do you do?", required: true }, { required: true }, {}] } },
    { config: { components: [{}, { label: "Company name", required: true }, { required: false }, {}] } },
  ]);
});

test("what there is not is refused, all at once", () => {
  const options = { languages: ["fr"], words: { jobtitle: "Job" }, required: ["name"], language: "en" };

  expect(problemsOf({ stages: articleStages(options as never) })).toEqual([
    'stage "job_title": has no option "language"; did you mean "languages"?',
    'stage "job_title": words has no field "jobtitle"; did you mean "job_title"?',
    'stage "job_title": languages must be a list of "en", "ja", got "fr"; choose among them',
    'stage "job_title": required must be a list of "job_title", "company_name", "company_size", "phone_number", got "name"; choose among them',
  ]);
});

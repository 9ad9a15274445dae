import { checkFields, type FieldsOf, other } from "../fields";
import { kind, shown } from "../shown";
import { Problems } from "../validation-error";
import { FAULTS } from "./component";
import { dropdown, nextButton, phone, richText, text } from "./components";
import { Stage } from "./stage";
import type { Words } from "./words";

/** A language that the article's texts are shipped in. */
export type ArticleLanguage = "en" | "ja";

export interface ArticleOptions {
  /**
   * The languages of the texts: `["en", "ja"]`. With one alone, the form's primary language has to be it.
   *
   * @default ["en"]
   */
  readonly languages?: readonly ArticleLanguage[];
  /**
   * Other words: of the two headings, of the labels, and of the button.
   *
   * @default - those of the article
   */
  readonly words?: { readonly [Text in keyof typeof TEXTS]?: Words };
  /**
   * The fields that can not be left empty; each stage needs one, so that it is asked once.
   *
   * @default ["job_title", "company_name", "company_size"]
   */
  readonly required?: readonly ("job_title" | "phone_number" | "company_name" | "company_size")[];
}

const TEXTS = {
  profile: {
    en: "<h2>Tell us about your work</h2><p>Two questions, and you are in.</p>",
    ja: "<h2>お仕事について</h2><p>二つの質問にお答えください。</p>",
  },
  job_title: { en: "Job title", ja: "職種" },
  phone_number: { en: "Phone (optional)", ja: "電話番号（任意）" },
  company: {
    en: "<h2>And about your company</h2><p>Two last questions, and your profile is complete.</p>",
    ja: "<h2>会社について</h2><p>最後に二つの質問にお答えください。</p>",
  },
  company_name: { en: "Company name", ja: "会社名" },
  company_size: { en: "Company size", ja: "従業員数" },
  button: { en: "Continue", ja: "続ける" },
} as const;

const REQUIRED = ["job_title", "company_name", "company_size"] as const;

const OPTIONS: FieldsOf<ArticleOptions> = { languages: other, words: other, required: other };

/**
 * The stages of the article and of the dashboard's template: the profile at the first login, the company at the second.
 *
 * @example articleStages({ languages: ["en", "ja"], words: { button: { en: "Go on", ja: "次へ" } } })
 */
export function articleStages(options: ArticleOptions = {}): Stage[] {
  const problems = new Problems();
  const given = checkFields<ArticleOptions>("", options, OPTIONS, problems, "option");
  const { languages = ["en"], words = {}, required = REQUIRED } = given;
  checkFields("words", words, Object.fromEntries(Object.keys(TEXTS).map((name) => [name, other])), problems);
  const areLanguages = isAmong("languages", languages, ["en", "ja"], problems);
  isAmong("required", required, [...REQUIRED, "phone_number"], problems);
  const said = (name: keyof typeof TEXTS): Words => {
    const [only, ...others] = (areLanguages ? languages : (["en"] as const)).map(
      (language) => [language, TEXTS[name][language]] as const,
    );
    return words[name] ?? (others.length === 0 ? (only?.[1] ?? "") : Object.fromEntries([only ?? [], ...others]));
  };
  const isRequired = (field: (typeof required)[number]) => required.includes(field);
  const stages = [
    Stage.untilAnswered("job_title", {
      alias: "Missing Profile Data",
      components: [
        richText(said("profile")),
        text("job_title", { label: said("job_title"), required: isRequired("job_title") }),
        phone("phone_number", { label: said("phone_number"), required: isRequired("phone_number") }),
        nextButton(said("button")),
      ],
    }),
    Stage.untilAnswered("company_name", {
      alias: "Missing Company Data",
      components: [
        richText(said("company")),
        text("company_name", { label: said("company_name"), required: isRequired("company_name") }),
        dropdown("company_size", {
          label: said("company_size"),
          required: isRequired("company_size"),
          options: [
            "1",
            "2-5",
            "6-10",
            "11-50",
            "51-100",
            "101-250",
            "251-500",
            "501-1,000",
            "1,001-10,000",
            "10,001+",
          ],
        }),
        nextButton(said("button")),
      ],
    }),
  ];
  const [first, ...others] = stages;
  return problems.all.length === 0 ? stages : [Object.assign(first as Stage, { [FAULTS]: problems.all }), ...others];
}

/** Those that are asked where none are given. */
export const ARTICLE_STAGES: readonly Stage[] = articleStages();

function isAmong(path: string, values: unknown, allowed: readonly string[], problems: Problems): boolean {
  const isGood = Array.isArray(values) && values.length > 0 && values.every((value) => allowed.includes(value));
  if (!isGood) {
    const got = Array.isArray(values) ? values.map(shown).join(", ") || "none" : kind(values);
    problems.add(`${path} must be a list of ${allowed.map(shown).join(", ")}, got ${got}; choose among them`);
  }
  return isGood;
}

import { canonical, languageOf } from "../forms/locale";

const ENGLISH = {
  welcome: "Welcome",
  log_in_to: "Log in to {{tenant}} to continue to {{client}}.",
  sign_up_title: "Sign up",
  sign_up_to: "Sign up to {{tenant}} to continue to {{client}}.",
  email: "Email address",
  name: "Email address or username",
  password: "Password",
  continue: "Continue",
  no_account: "Don't have an account?",
  sign_up: "Sign up",
  has_account: "Already have an account?",
  log_in: "Log in",
  error: "Error",
  check: "Please check your entries:",
  required: "Please fill in this field.",
  wrong_email: "Please enter an email address, such as name@example.com.",
  wrong_password: "Wrong email or password.",
  too_many_attempts: "Too many wrong passwords. Please try again in {{minutes}} min.",
  blocked: "Your account has been blocked. Please contact the administrator.",
  weak_password: "This password is too weak: see what it must contain.",
  long_password: "This password is too long.",
  password_length: "At least {{length}} characters",
  password_classes_any: "At least 3 of these 4: lower case letters, upper case letters, numbers, special characters",
  password_classes_all: "Lower case letters, upper case letters and numbers",
  password_no_repeats: "Not the same character three times in a row",
  cannot_sign_up: "This account could not be made. If you have one with this address already, log in instead.",
  no_sign_up: "Signing up is not open here.",
  not_your_page: "The page was too old, or did not come from this login. Please try again.",
  oops: "Something went wrong",
  not_allowed: "The tenant can not do what the application has asked for.",
  nothing_here: "There is nothing at this address, or it is gone.",
  tenant_failed: "The tenant has failed. Its terminal tells more.",
  ended: "This login has ended, has expired, or was begun in another browser. Please start again from the application.",
  no_cookie: "Cookies have to be allowed for logging in.",
  back_to: "Back to {{client}}",
  try_again: "Try again",
  form_failed: "The form cannot be shown, so the login cannot go on.",
  details: "What the local tenant knows about it:",
  log_out_title: "Log out",
  log_out_ask: "Do you want to log out?",
  log_out: "Log out",
  logged_out: "You are logged out.",
};

export type PageTexts = Readonly<Record<keyof typeof ENGLISH, string>>;

const JAPANESE: PageTexts = {
  welcome: "ようこそ",
  log_in_to: "{{client}} を利用するには、{{tenant}} にログインしてください。",
  sign_up_title: "サインアップ",
  sign_up_to: "{{client}} を利用するには、{{tenant}} にサインアップしてください。",
  email: "メールアドレス",
  name: "メールアドレスまたはユーザー名",
  password: "パスワード",
  continue: "続ける",
  no_account: "アカウントをお持ちでない場合",
  sign_up: "サインアップ",
  has_account: "すでにアカウントをお持ちの場合",
  log_in: "ログイン",
  error: "エラー",
  check: "入力内容をご確認ください。",
  required: "この項目は必須です。",
  wrong_email: "メールアドレスを入力してください（例: name@example.com）。",
  wrong_password: "メールアドレスまたはパスワードが正しくありません。",
  too_many_attempts: "パスワードの誤りが続きました。{{minutes}} 分後にもう一度お試しください。",
  blocked: "このアカウントはブロックされています。管理者にお問い合わせください。",
  weak_password: "パスワードの強度が不足しています。条件をご確認ください。",
  long_password: "パスワードが長すぎます。",
  password_length: "{{length}} 文字以上",
  password_classes_any: "小文字、大文字、数字、記号のうち 3 種類以上",
  password_classes_all: "小文字、大文字、数字のすべて",
  password_no_repeats: "同じ文字を 3 回以上続けない",
  cannot_sign_up: "アカウントを作成できませんでした。このアドレスで登録済みの場合は、ログインしてください。",
  no_sign_up: "現在、新規登録は受け付けていません。",
  not_your_page: "ページの有効期限が切れたか、このログインのものではありません。もう一度お試しください。",
  oops: "エラーが発生しました",
  not_allowed: "アプリケーションの要求に、このテナントは応じられません。",
  nothing_here: "このアドレスには何もありません。",
  tenant_failed: "テナントで問題が発生しました。詳細はターミナルをご確認ください。",
  ended:
    "このログインは終了したか、期限が切れたか、別のブラウザーで開始されました。アプリケーションからやり直してください。",
  no_cookie: "ログインするには Cookie を許可してください。",
  back_to: "{{client}} に戻る",
  try_again: "もう一度試す",
  form_failed: "フォームを表示できないため、ログインを続けられません。",
  details: "ローカルテナントの情報:",
  log_out_title: "ログアウト",
  log_out_ask: "ログアウトしますか？",
  log_out: "ログアウト",
  logged_out: "ログアウトしました。",
};

const BY_LANGUAGE: ReadonlyMap<string, PageTexts> = new Map([
  ["en", ENGLISH],
  ["ja", JAPANESE],
]);

export interface PageLanguage {
  readonly locale: string;
  readonly texts: PageTexts;
}

/**
 * The language of the pages, as in Universal Login: else the tenant's first one.
 *
 * @param preferred of the browser: the first whose language is enabled
 * @param named in `ui_locales`, and stronger: the first that is enabled by the same code, so that `ja-JP` is not `ja`
 * @see https://community.auth0.com/t/resolving-ui-locales-issues-with-language-variants-in-auth0-universal-login/188109
 */
export function pageLanguage(
  enabled: readonly string[],
  preferred: readonly string[],
  named: readonly string[] = [],
): PageLanguage {
  const locale =
    named.flatMap((wanted) => enabled.filter((one) => canonical(one) === wanted))[0] ??
    preferred.flatMap((wanted) => enabled.filter((one) => languageOf(one) === languageOf(wanted)))[0] ??
    enabled[0] ??
    "en";
  const texts = BY_LANGUAGE.get(languageOf(locale));
  return texts === undefined ? { locale: "en", texts: ENGLISH } : { locale: canonical(locale) ?? "en", texts };
}

/** A text with its `{{names}}` filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{{${name}}}`, String(value)), text);
}

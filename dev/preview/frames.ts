import type { GoodState, ShownState } from "./shown-state";
import { type Form, type PageFiles, tenantPages } from "./tenant-pages";

export const MOMENTS = ["before", "after"] as const;
export const SCHEMES = ["light", "dark"] as const;

/** One showing of a step. */
export interface Frame {
  readonly moment: (typeof MOMENTS)[number];
  readonly form: string;
  readonly step: string;
  readonly locale: string;
  readonly scheme: (typeof SCHEMES)[number];
}

export interface FrameFile {
  readonly contentType: string;
  readonly body: string;
  readonly policy: string;
}

const ROOT = "/frames";

/** Path of a frame's page; its files are below it. */
export function framePath(version: number, { moment, form, step, locale, scheme }: Frame): string {
  return `${ROOT}/${[String(version), moment, form, step, locale, scheme].map(encodeURIComponent).join("/")}/`;
}

/** The file of a frame at a path that {@link framePath} or a page there names; undefined where there is none. */
export function frameFile(state: ShownState, path: string, metadata: object | undefined): FrameFile | undefined {
  const [, , , ...parts] = path.split("/").map(decodeURIComponent);
  const [moment, formId, step = "", locale = "", scheme] = parts;
  const form = (moment === "before" ? state.before : state.good)?.forms.find(({ id }) => id === formId);
  if (form === undefined) {
    return undefined;
  }
  const { page, frame } = tenantPages().SECURITY_POLICIES;
  const root = path.split("/").slice(0, 8).join("/");
  const files = filesOf(form, step, locale, metadata, root);
  const file = files instanceof Error ? undefined : files.get(path);
  if (files instanceof Error) {
    return {
      contentType: "text/plain; charset=utf-8",
      body: `This step can not be shown: ${files.message}`,
      policy: page,
    };
  }
  return file && { ...inScheme(file, scheme === "dark"), policy: path.startsWith(`${root}/custom/`) ? frame : page };
}

/** Whether people see this step otherwise than before, in this language; it may be new. */
export function isChanged({ good, before }: ShownState, formId: string, step: string, locale: string): boolean {
  return before !== undefined && pageText(before, formId, step, locale) !== pageText(good, formId, step, locale);
}

export function hasStep(state: GoodState | undefined, formId: string, step: string): boolean {
  const form = state?.forms.find(({ id }) => id === formId);
  return form?.nodes?.some(({ id, type }) => id === step && type === "STEP") === true;
}

function pageText(state: GoodState, formId: string, step: string, locale: string): string {
  const form = state.forms.find(({ id }) => id === formId);
  const files = form && hasStep(state, formId, step) ? filesOf(form, step, locale, undefined, "") : undefined;
  return files instanceof Error ? files.message : JSON.stringify([...(files?.values() ?? [])].map(({ body }) => body));
}

/** An error in place of the files where an expression of the form can not be evaluated. */
function filesOf(
  form: Form,
  step: string,
  locale: string,
  metadata: object | undefined,
  root: string,
): PageFiles | Error {
  try {
    return tenantPages().stepPage(form, step, { locale, metadata, root });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** As if the browser preferred this scheme. */
function inScheme<File extends { readonly contentType: string; readonly body: string }>(
  file: File,
  isDark: boolean,
): File {
  if (!file.contentType.startsWith("text/css")) {
    return file;
  }
  const body = file.body
    .replaceAll("(prefers-color-scheme: dark)", isDark ? "all" : "not all")
    .replaceAll("(prefers-color-scheme: light)", isDark ? "not all" : "all")
    .replaceAll("color-scheme: light dark", `color-scheme: ${isDark ? "dark" : "light"}`);
  return { ...file, body };
}

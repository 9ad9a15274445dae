/**
 * A text that people read: the same in every language, or one for each, by locale: `{ en: "Job title", ja: "職種" }`.
 *
 * All texts of a form that are written so have to have the same languages, and the form's primary one among them.
 */
export type Words = string | { readonly [language: string]: string };

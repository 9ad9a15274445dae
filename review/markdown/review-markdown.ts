import type { ResourceReview } from "../resources/resources";
import type { Review, ReviewPicture } from "../review";
import { addressOf, type ReviewedProfiling, type StackReview } from "../stack-review";
import { verdictOf } from "../verdict";
import { findingLines } from "./finding-lines";
import { formSections } from "./form-sections";
import { type Block, block, ESSENTIAL, layout } from "./markdown";
import { codeSpan, details, escapeMarkdown } from "./markdown-text";
import { GROUPS, resourceBlocks, resourceLine } from "./resource-blocks";
import { actionSections, flowSections, limitSections, scopeSections } from "./resource-sections";
import type { Section } from "./section";
import { valueSections } from "./value-sections";

/** By which a comment is found again, to be written anew instead of beside it. */
export const MARKER = "<!-- auth0-progressive-profiling review -->";

/** The review as one comment on a pull request. */
export function reviewMarkdown(
  { stacks, gone, secrets }: Review,
  length: number,
  pictures: readonly ReviewPicture[] = [],
): string {
  const isAlone = stacks.length === 1;
  const marker = block("", [MARKER], 100);
  const blocks: Block[] = [];
  const [first] = stacks;
  if (isAlone && first !== undefined) {
    blocks.push(block("verdict", [`## Progressive profiling: ${verdictOf(first)}`], 100));
  } else {
    blocks.push(block("verdict", ["## Progressive profiling"], 100));
    const lines = stacks.map((stack) => `- **${escapeMarkdown(stack.name)}**: ${verdictOf(stack)}`);
    blocks.push({ title: "stacks", lines, importance: 100, isList: true });
  }
  for (const stack of gone) {
    const text = `The stack ${codeSpan(stack)} is in the base only: nothing destroys what it has in the tenant. Destroy it before it is gone from the code.`;
    blocks.push(block("stacks of the base", [text], 95));
  }
  for (const stack of stacks) {
    blocks.push(...stackBlocks(stack, isAlone, pictures));
  }
  const advice = "See it whole with `--max-length 0`.";
  const shown = blocks.map((one) => ({ ...one, lines: one.lines.map((line) => secrets.redactReview(line)) }));
  return layout([marker, ...shown], length, advice);
}

function stackBlocks(stack: StackReview, isAlone: boolean, pictures: readonly ReviewPicture[]): Block[] {
  const level = isAlone ? "###" : "####";
  const name = isAlone ? "" : `${escapeMarkdown(stack.name)}: `;
  const own = stack.findings.filter(({ isForeign }) => !isForeign);
  const blocks: Block[] = [];
  if (own.length > 0) {
    const forms = new Set(own.flatMap(({ where }) => (where.form === undefined ? [] : where.address)));
    const lines = [`${level} What to look at`, "", ...findingLines(own, forms.size > 1)];
    blocks.push({ title: `${name}findings`, lines, importance: ESSENTIAL, isList: true });
  }
  for (const profiling of stack.profilings.filter(({ isForeign }) => !isForeign)) {
    blocks.push(...formBlocks(profiling, stack, level, name, pictures));
  }
  blocks.push(...driftBlocks(stack, level));
  blocks.push(...resourceBlocks(stack, level, name));
  for (const section of ownSections(stack)) {
    blocks.push(sectionBlock(section, level, name));
  }
  blocks.push(...foreignBlocks(stack, level, name));
  const heading = block(`${name}heading`, [`### ${escapeMarkdown(stack.name)}`], ESSENTIAL);
  return isAlone || blocks.length === 0 ? blocks : [heading, ...blocks];
}

/** What there is to read beside the findings, the resources and the forms. */
function sectionsOf({ scopes, actions, flows, values }: StackReview, isShown: (address: string) => boolean): Section[] {
  const shown = <Change extends { readonly address: string }>(changes: readonly Change[]) =>
    changes.filter(({ address }) => isShown(address));
  return [
    ...scopeSections(shown(scopes)),
    ...actionSections(shown(actions)),
    ...flowSections(shown(flows)),
    ...valueSections(shown(values)),
  ];
}

function ownSections(stack: StackReview): Section[] {
  const foreign = new Set(addressesOf(stack.resources.filter(({ isForeign }) => isForeign)));
  const isAnything = stack.resources.some(({ action, isForeign }) => !isForeign && action !== "no-op");
  return [...sectionsOf(stack, (address) => !foreign.has(address)), ...(isAnything ? limitSections(stack.limits) : [])];
}

/** Of one that is made anew under another key both. */
function addressesOf(resources: readonly ResourceReview[]): readonly string[] {
  return resources.flatMap(({ address, insteadOf }) => (insteadOf === undefined ? [address] : [address, insteadOf]));
}

/** Several forms are told apart by a line before each. */
function formBlocks(
  profiling: ReviewedProfiling,
  stack: StackReview,
  level: string,
  name: string,
  pictures: readonly ReviewPicture[],
): Block[] {
  const { change, review } = profiling;
  const form = addressOf(change);
  const taken = pictures.filter((picture) => picture.stack === stack.name && picture.form === form);
  const isAlone = stack.profilings.filter(({ isForeign }) => !isForeign).length === 1;
  const sectionLevel = isAlone ? level : `${level}#`;
  const sections = formSections(profiling);
  const blocks = sections.map((section) => {
    const body = [section.body, ...pictureLines(taken.filter(({ step }) => step === section.step))].join("\n\n");
    return sectionBlock({ ...section, body }, sectionLevel, name);
  });
  const inSections = new Set(sections.map(({ step }) => step));
  const others = review.changedSteps
    .filter(({ id }) => !inSections.has(id))
    .flatMap(({ id, alias }) =>
      pictureLines(taken.filter(({ step }) => step === id)).map((line) => `- ${escapeMarkdown(alias)}: ${line}`),
    );
  if (others.length > 0) {
    const lines = [`${sectionLevel} Pictures`, "", ...others];
    blocks.push({ title: `${name}pictures`, lines, importance: 55, isList: true });
  }
  if (isAlone) {
    return blocks;
  }
  const title = `${name}form ${escapeMarkdown(review.title)}`;
  return [block(title, [`${level} Form ${codeSpan(review.title)}`], ESSENTIAL - 1), ...blocks];
}

function sectionBlock({ title, heading, body, importance }: Section, level: string, name: string): Block {
  const lines = heading === undefined ? [body] : [`${level} ${heading}`, body];
  return block(`${name}${title}`, lines, importance);
}

function pictureLines(taken: readonly ReviewPicture[]): string[] {
  return taken.length === 0
    ? []
    : [`Pictures: ${taken.map(({ moment, link }) => `[${moment}](<${link}>)`).join(", ")}`];
}

/** What was done to a form; where the apply does nothing but take it back, the form's own tables say it already. */
function driftBlocks({ driftedForms, profilings }: StackReview, level: string): Block[] {
  const bodies = driftedForms
    .filter(({ change: { after } }) => {
      const profiling = profilings.find(({ change }) => change.before?.form.address === after?.form.address);
      return profiling?.isTakingBack !== true;
    })
    .map((drifted) => {
      const all = formSections(drifted);
      const steps = all.filter(({ step }) => step !== undefined);
      const body = (steps.length > 0 ? steps : all).map(asParagraph).join("\n\n");
      return details(`What was done to the form ${drifted.review.title} outside Terraform`, body);
    });
  if (bodies.length === 0) {
    return [];
  }
  return [block("what was changed outside Terraform", [`${level} Changed outside Terraform`, ...bodies], 40)];
}

function asParagraph({ heading, body }: Section): string {
  return heading === undefined ? body : `**${heading}**\n\n${body}`;
}

function foreignBlocks(stack: StackReview, level: string, name: string): Block[] {
  const resources = stack.resources.filter(({ isForeign }) => isForeign);
  if (resources.length === 0) {
    return [];
  }
  const lines = [
    `${level} Pending without this pull request`,
    "",
    "The base's plan has these too: not yet applied, or changed in the tenant. The apply does them all the same.",
    "",
    ...resources.map((resource) => {
      const [, title = "Moved"] = GROUPS.find(([action]) => action === resource.action) ?? [];
      return `${resourceLine(resource)} (${title.toLowerCase()})`;
    }),
    ...findingLines(stack.findings.filter(({ isForeign }) => isForeign)),
  ];
  const foreign = new Set(addressesOf(resources));
  const parts = [
    ...sectionsOf(stack, (address) => foreign.has(address)),
    ...stack.profilings.filter(({ isForeign }) => isForeign).flatMap(formSections),
  ].map(asParagraph);
  const title = `${name}pending without this pull request`;
  const pending: Block = { title, lines, importance: ESSENTIAL, isList: true };
  if (parts.length === 0) {
    return [pending];
  }
  const summary = "What is pending, in full";
  return [pending, block(`${title}, in full`, [details(summary, parts.join("\n\n"))], 30)];
}

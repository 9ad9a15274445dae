import type { FieldChange } from "../form/field-changes";
import type { Target } from "../form/form-graph";
import type { NodeName, Setting } from "../form/form-settings";
import type { StageNote } from "../form/stage-changes";
import { conditionText, shownText } from "./condition-text";
import { momentText } from "./moment-text";
import { codeSpans, quoted, shortChange } from "./wording";

export function fieldName({ id, before, after }: FieldChange): string {
  const label = (after ?? before)?.label;
  return label === undefined ? quoted(id, 60) : `${quoted(label, 60)}<br>${quoted(id, 60)}`;
}

/** A sentence without its full stop. */
export function noteText(note: StageNote): string {
  switch (note.what) {
    case "shown-while":
      return `Shown ${shownText(note.conditions)}`;
    case "was-shown-while":
      return `It was shown ${shownText(note.conditions)}`;
    case "shown-otherwise": {
      const [then, now] = [note.before, note.after].map((one) => shownText(one, "never: no rule leads here"));
      return `Shown: ${then} → ${now}`;
    }
    case "asked-when":
      return `Asked ${momentText(note.moment)}`;
    case "asked-otherwise":
      return `Asked: ${momentText(note.before)} → ${momentText(note.after)}`;
    case "put-off":
      return `Who presses ${quoted(note.button, 40)} gets in without an answer, and is asked another time`;
    case "no-put-off":
      return `Nobody gets in without an answer any more: ${quoted(note.button, 40)} is gone`;
    case "order":
      return `Order: ${codeSpans(note.before)} → ${codeSpans(note.after)}`;
    case "not-asked-for":
      return `Who has answered this stage before is not asked for ${codeSpans(note.fields)}`;
    case "leads-to":
      return `Leads to ${targetText(note.before)} → ${targetText(note.after)}`;
    case "called":
      return `Called ${shortChange(note.before, note.after)} in the dashboard`;
  }
}

/** A line of the rest of the form. */
export function settingText(setting: Setting): string {
  switch (setting.what) {
    case "name":
      return textChange("name", setting);
    case "primary-language":
      return textChange("primary language", setting);
    case "default-language":
      return textChange("default language", setting);
    case "ending-leads-to":
      return textChange("ending: leads to", setting);
    case "message":
      return textChange(`message ${quoted(setting.key)}`, setting);
    case "messages":
      return `messages changed: ${someNames(setting.keys)}`;
    case "hidden-field":
      return `hidden field ${quoted(setting.name)} ${setting.change}`;
    case "translation": {
      const parts = setting.components.length === 0 ? "" : `: ${someNames(setting.components)}`;
      return `translation ${quoted(setting.language)} ${setting.change}${parts}`;
    }
    case "style":
      return "style: the CSS changes";
    case "step-called":
      return `step ${quoted(setting.id, 60)}: called ${shortChange(setting.before, setting.after)} in the dashboard`;
    case "step-renamed":
      return `stage ${quoted(setting.alias, 60)}: the id of its step ${shortChange(setting.before, setting.after)}; nothing changes for users`;
    case "node":
      return `${nodeText(setting.node)} ${setting.change}`;
    case "node-type":
      return `${nodeText(setting.before)} → ${nodeText(setting.after)}`;
    case "node-called":
      return `${nodeText(setting.node)}: called ${shortChange(setting.before, setting.after)} in the dashboard`;
    case "rules-called":
      return `${nodeText(setting.node)}: rules are called otherwise in the dashboard`;
    case "rules": {
      const [then, now] = [setting.before, setting.after].map(
        (rules) =>
          rules.map(({ condition, to }) => `${conditionText(condition)}: ${targetText(to)}`).join("; ") || "no rule",
      );
      return `${nodeText(setting.node)}: ${then} → ${now}`;
    }
    case "otherwise":
      return `${nodeText(setting.node)}: otherwise ${targetText(setting.before)} → ${targetText(setting.after)}`;
    case "node-leads-to":
      return `${nodeText(setting.node)}: leads to ${targetText(setting.before)} → ${targetText(setting.after)}`;
    case "node-runs":
      return `${nodeText(setting.node)}: runs ${flowText(setting.before)} → ${flowText(setting.after)}`;
    case "begins-at":
      return `begins at ${targetText(setting.before)} → ${targetText(setting.after)}`;
    case "resumes-login":
      return "ending: the login goes on now";
    case "leaves-login":
      return "**ending: the login does not go on any more**";
    case "ending-runs":
      return `ending: runs ${flowText(setting.before)} → ${flowText(setting.after)}`;
    case "flow-called":
      return `flow: ${shortChange(setting.before, setting.after)}`;
    case "flow-actions":
      return `flow ${quoted(setting.flow)}: actions ${someNames(setting.before)} → ${someNames(setting.after)}`;
    case "lets-in-unsaved":
      return "people get in now where saving fails";
    case "stops-unsaved":
      return "**nobody gets past the form any more where saving fails**";
    case "coordinates":
      return `${setting.nodes} ${setting.nodes === 1 ? "node stands" : "nodes stand"} elsewhere in the dashboard's editor`;
  }
}

function textChange(name: string, { before, after }: { readonly before?: string; readonly after?: string }): string {
  if (before === undefined) {
    return `${name}: ${quoted(after ?? "")}`;
  }
  return after === undefined ? `${name}: ${quoted(before)} removed` : `${name}: ${shortChange(before, after)}`;
}

function targetText(target: Target): string {
  switch (target.to) {
    case "nothing":
      return "nothing";
    case "ending":
      return "the ending";
    case "node":
      return quoted(target.alias, 40);
  }
}

function nodeText({ type, alias }: NodeName): string {
  const kinds = { STEP: "step", FLOW: "flow node", ROUTER: "router", UNKNOWN: "node" } as const;
  return `${kinds[type]} ${quoted(alias, 40)}`;
}

function flowText(name: string | undefined): string {
  return name === undefined ? "nothing" : quoted(name);
}

function someNames(names: readonly string[]): string {
  if (names.length === 0) {
    return "none";
  }
  const shown = names.slice(0, 8).map((name) => quoted(name, 40));
  return names.length > 8 ? `${shown.join(", ")} and ${names.length - 8} more` : shown.join(", ");
}

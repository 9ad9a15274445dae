import type { Duration, Filter, Moment } from "../form/schedule";
import { codeSpans, count } from "./wording";

/** When people are asked, behind "asked": `from the 3rd login on, at most once in 30 days`. */
export function momentText(moment: Moment): string {
  const { fromLogin, afterSignUp, atMostEvery, clients, connections, organizations, share } = moment;
  const parts = [
    fromLogin === undefined ? [] : `from the ${ordinal(fromLogin)} login on`,
    afterSignUp === undefined ? [] : `not before ${durationText(afterSignUp)} after the sign-up`,
    atMostEvery === undefined ? [] : `at most once in ${durationText(atMostEvery)}`,
    filterText("in the application", clients),
    filterText("by the connection", connections),
    filterText("in the organization", organizations),
    share === undefined ? [] : `only ${share} % of the people`,
  ].flat();
  return parts.join(", ") || "at any login";
}

export function durationText({ days, hours, minutes }: Duration): string {
  const [unit, number] = Object.entries({ day: days, hour: hours, minute: minutes }).find(
    ([, value]) => value !== undefined,
  ) ?? ["day", 0];
  return count(number ?? 0, unit);
}

/** Of the stages that one login asks: `up to 2`. */
export function atMost(stagesPerLogin: number): string {
  return stagesPerLogin === 1 ? "1" : `up to ${stagesPerLogin}`;
}

/** In the largest unit that it is a whole number of. */
export function minutesText(minutes: number): string {
  if (minutes % (24 * 60) === 0) {
    return count(minutes / (24 * 60), "day");
  }
  return minutes % 60 === 0 ? count(minutes / 60, "hour") : count(minutes, "minute");
}

function filterText(where: string, filter: Filter | undefined): string[] {
  return [
    ...(filter?.only === undefined ? [] : [`only ${where} ${codeSpans(filter.only)}`]),
    ...(filter?.except === undefined ? [] : [`not ${where} ${codeSpans(filter.except)}`]),
  ];
}

function ordinal(number: number): string {
  const ending = { one: "st", two: "nd", few: "rd" } as Readonly<Record<string, string>>;
  return `${number}${ending[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th"}`;
}

import type { Profiling, ProfilingChange } from "../profiling";
import { type Answering, type Login, type Logins, loginsOf } from "./login";
import { nameIn, type StageName, stageNames } from "./stage-names";
import { ofLongStanding, stateText, type UserState, userWith } from "./user-state";

/** A router has at most ten rules. */
const MOST_SHOWN = 12;

/** What a kind of user has answered: of the stages of the form before, or of all that was asked until now. */
export type Who =
  | { readonly answered: "nothing" | "everything" | "required" | "everything or required" }
  | { readonly answered: "stages"; readonly stages: readonly StageName[] };

/** What the logins of one kind of user ask, before and after. */
export interface Journey {
  readonly who: Who;
  readonly before?: Logins;
  readonly after?: Logins;
}

/**
 * Users that there are when the plan is applied: those who have answered nothing, those who have answered what the
 * first logins ask until now, those who have answered all of it, and those who have answered only what they had to.
 * What a row says of a later login is not said again.
 */
export function journeysOf({ before, after }: ProfilingChange): readonly Journey[] {
  const nothing = userWith();
  const asked = before && loginsOf(before, nothing);
  const first: Journey = {
    who: { answered: "nothing" },
    before: asked,
    after: after && loginsOf(after, nothing),
  };
  if (before === undefined || asked === undefined || after === undefined) {
    return [first];
  }

  const answering = asked.logins.filter(({ steps, doubt, stuck }) => steps.length > 0 && !doubt && !stuck);
  // Whoever has answered this many of them is like those before, but for who has answered all.
  const last = answering.length - 1;
  const ends = answering.map((_, index) => index).filter((index) => index < MOST_SHOWN || index === last);
  const names = stageNames(before.graph);
  const stagesOf = (logins: readonly Login[]) => logins.flatMap(({ steps }) => steps.map((id) => nameIn(names, id)));
  const later = ends.map((index): Journey => {
    const isLast = index === last;
    const { user } = answering[index] as Login;
    return {
      who: isLast
        ? { answered: "everything" }
        : { answered: "stages", stages: stagesOf(answering.slice(0, index + 1)) },
      before: loginsOf(before, ofLongStanding(user)),
      after: loginsOf(after, ofLongStanding(user)),
    };
  });
  return [first, ...withCareless(later, before, after)].filter(
    (journey, index, all) =>
      journey.who.answered !== "stages" || isLess(journey) || !isImplied(journey, all[index - 1]),
  );
}

/** Whether somebody is asked nothing any more who is in the middle of it: that is not read between the lines. */
function isLess({ before, after }: Journey): boolean {
  return (before?.logins[0]?.steps.length ?? 0) > 0 && after?.logins[0]?.steps.length === 0;
}

/** Who left out what is optional has a row where it says something else than that of those who answered everything. */
function withCareless(journeys: readonly Journey[], before: Profiling, after: Profiling): readonly Journey[] {
  const user = existingUser(before, "required fields");
  const complete = journeys.at(-1);
  if (complete === undefined || user.metadata.size === 0) {
    return journeys;
  }
  if (stateText(user) === stateText(existingUser(before))) {
    return journeys;
  }
  const required: Journey = {
    who: { answered: "required" },
    before: loginsOf(before, user),
    after: loginsOf(after, user),
  };
  const isSame = [
    [required.before, complete.before],
    [required.after, complete.after],
  ].every(([own, other]) => own !== undefined && other !== undefined && stepsText(own) === stepsText(other));
  if (!isSame) {
    return [...journeys, required];
  }
  return [...journeys.slice(0, -1), { ...complete, who: { answered: "everything or required" } }];
}

/** What existing users have who answered everything that they were asked, or only what they had to. */
export function existingUser(before: Profiling | undefined, answering?: Answering): UserState {
  return ofLongStanding((before && loginsOf(before, userWith(), answering).logins.at(-1)?.user) ?? userWith());
}

/** The steps that a user's logins ask and did not ask before. */
export function newSteps({ before, after }: ProfilingChange, user: UserState): readonly string[] {
  const asked = new Set(loginsOf(before, user).logins.flatMap(({ steps }) => steps));
  const steps = loginsOf(after, user).logins.flatMap((login) => login.steps);
  return [...new Set(steps)].filter((id) => !asked.has(id));
}

/** Whether its logins ask something else than before; another name of a stage is nothing else. */
export function isChanged({ before, after }: Journey): boolean {
  return (before && stepsText(before)) !== (after && stepsText(after));
}

/** Whether the row before, read from its second login on, says the same. */
function isImplied(journey: Journey, previous: Journey | undefined): boolean {
  return [
    [journey.before, previous?.before],
    [journey.after, previous?.after],
  ].every(([own, other]) => own !== undefined && other !== undefined && isRest(own, other));
}

/** Whoever has waited long enough is asked at once. */
function isRest(own: Logins, other: Logins): boolean {
  const [second, ...rest] = other.logins.slice(1);
  const logins = second === undefined ? [] : [{ ...second, wait: undefined }, ...rest];
  return stepsText(own) === stepsText({ ...other, logins });
}

function stepsText({ logins, repeatsFrom }: Logins): string {
  const shown = logins.map(({ steps, doubt, stuck, erases, wait }) => [steps, doubt, stuck, erases, wait]);
  return JSON.stringify([shown, repeatsFrom !== undefined]);
}

import { type Facts, type Finding, type FindingOf, finding, type What } from "../finding";
import { isSame, sortedJson } from "../json-value";
import type { Profiling } from "../profiling";
import { keysIn, waitedKeysIn } from "./conditions";
import { fieldsIn } from "./expressions";
import { type FormGraph, fieldsOf, nodeOf, reachableFrom, type Stage } from "./form-graph";
import { KeptAnswers } from "./kept-answers";
import { type Login, loginOf, loginsOf } from "./login";
import { isForSome } from "./schedule";
import { nameIn, type StageName, stageNames } from "./stage-names";
import { ofLongStanding, type UserState, userWith } from "./user-state";

/** Components that do something else with what is entered than to leave it to a flow. */
const KEPT_ELSEWHERE = new Set(["CUSTOM", "FILE", "PAYMENT", "SOCIAL", "PASSWORD"]);

/** What would never work as it stands, whatever it was before. */
export function troublesOf(profiling: Profiling): readonly Finding[] {
  return new Troubles(profiling).all();
}

class Troubles {
  private readonly graph: FormGraph;
  private readonly kept: KeptAnswers;
  private readonly stages: readonly Stage[];
  private readonly names: ReadonlyMap<string, StageName>;
  private readonly reachable: ReadonlySet<string>;
  /** Every key that anything of it knows. */
  private readonly keys: ReadonlySet<string>;

  constructor(readonly profiling: Profiling) {
    this.graph = profiling.graph;
    this.kept = new KeptAnswers(profiling);
    this.stages = this.graph.stages;
    this.names = stageNames(this.graph);
    this.reachable = new Set(reachableFrom(this.graph, this.graph.start));
    this.keys = new Set([
      ...(profiling.action?.metadataKeys ?? []),
      ...this.conditions().flatMap(keysIn),
      ...this.kept.keys().keys(),
    ]);
  }

  all(): readonly Finding[] {
    if (!this.graph.isKnown) {
      return this.unbound();
    }
    const { action } = this.profiling;
    // What logins ask is of interest only where some Action asks it, or where it can not be known which does.
    const asked = action === undefined ? { ...this.profiling, action: this.anyAction() } : this.profiling;
    const logins = action?.isBound === false ? [] : [loginsOf(asked, userWith()).logins].flat();
    return [
      ...this.unbound(),
      ...this.stuck(logins),
      ...this.stages.flatMap((stage) => this.stageTroubles(stage, asked, logins)),
      ...this.openedForNothing(),
      ...this.notWritten(),
      ...this.writtenTwice(),
    ];
  }

  private unbound(): readonly Finding[] {
    const { action, form, isActionUnknown } = this.profiling;
    if (action?.isBound) {
      return [];
    }
    if (isActionUnknown) {
      return [this.found("action-unknown", { form: form.name })];
    }
    return action === undefined
      ? [this.found("form-without-action", { form: form.name })]
      : [this.found("form-unbound", { action: action.name, leftOutBy: action.leftOutBy })];
  }

  private stuck(logins: readonly Login[]): readonly Finding[] {
    const reasons = logins.flatMap(({ stuck }) => stuck ?? []);
    const different = reasons.filter((one, index) => reasons.findIndex((other) => isSame(one, other)) === index);
    return different.map((because) => this.found("form-stuck", { because }));
  }

  private stageTroubles(stage: Stage, asked: Profiling, logins: readonly Login[]): readonly Finding[] {
    const name = this.nameOf(stage);
    if (!this.reachable.has(stage.id)) {
      return [this.found("stage-unreachable", { stage: name }, stage)];
    }
    if (this.profiling.action?.isBound === false) {
      return [];
    }
    const waited = stage.rules.flatMap(({ condition }) => waitedKeysIn(condition));
    const missing = waited.length > 0 ? waited : (asked.action?.metadataKeys ?? []);
    const user = ofLongStanding(userWith([...this.keys].filter((key) => !missing.includes(key))));
    const first = loginOf(asked, user);
    if (!first.isOpened && asked.action?.schedule !== undefined) {
      return [];
    }
    if (!first.isOpened && waited.length > 0) {
      const isSeen = this.isSeen(stage, asked, logins, waited);
      return [this.found("stage-not-looked-for", { stage: name, keys: unique(waited), isSeen }, stage)];
    }
    if (!first.steps.includes(stage.id)) {
      const isDoubtful = first.doubt !== undefined || logins.some(({ doubt }) => doubt !== undefined);
      if (
        isDoubtful ||
        this.isOfferedToFew() ||
        first.stuck !== undefined ||
        this.isSeen(stage, asked, logins, waited)
      ) {
        return [];
      }
      return [this.found("stage-behind-another", { stage: name }, stage)];
    }
    if (first.stuck !== undefined) {
      const isSaid = logins.some(({ stuck }) => isSame(stuck, first.stuck));
      return isSaid ? [] : [this.found("stage-stuck", { stage: name, because: first.stuck }, stage)];
    }
    const loop = this.loop(stage, asked, first, waited);
    return loop.length > 0 ? loop : this.erasing(stage, asked, user);
  }

  /** Whether a stage is for some people alone: the others get to what stands behind it. */
  private isOfferedToFew(): boolean {
    return (this.profiling.action?.schedule?.stages ?? []).some(({ moment }) => isForSome(moment));
  }

  /** Whether any user at all sees it whom the rest of the form gives a reason to. */
  private isSeen(stage: Stage, asked: Profiling, logins: readonly Login[], waited: readonly string[]): boolean {
    if (logins.some(({ steps }) => steps.includes(stage.id))) {
      return true;
    }
    return (asked.action?.metadataKeys ?? []).some((key) => {
      const user = userWith([...this.keys].filter((other) => other !== key && !waited.includes(other)));
      return loginOf(asked, user).steps.includes(stage.id);
    });
  }

  private loop(stage: Stage, asked: Profiling, first: Login, waited: readonly string[]): readonly Finding[] {
    // An Action of someone else's may look for something that can not be known.
    if (waited.length === 0 && asked.action?.metadataKeys === undefined) {
      return [];
    }
    if (first.doubt !== undefined) {
      return [];
    }
    const second = loginOf(asked, ofLongStanding(first.user));
    if (!second.steps.includes(stage.id)) {
      return [];
    }
    const written = this.kept.writesOf(stage.step).map(({ key }) => key);
    const never = waited.filter((key) => !written.includes(key));
    return [this.found("stage-loops", { stage: this.nameOf(stage), keys: unique(never) }, stage)];
  }

  private erasing(stage: Stage, asked: Profiling, user: UserState): readonly Finding[] {
    const careless = loginOf(asked, user, "required fields");
    if (careless.erases === undefined) {
      return this.askedAgain(stage, asked, careless);
    }
    return [this.found("stage-erases", { stage: this.nameOf(stage), erased: careless.erases }, stage)];
  }

  private askedAgain(stage: Stage, asked: Profiling, careless: Login): readonly Finding[] {
    const again = loginOf(asked, careless.user, "required fields");
    if (careless.doubt !== undefined || !again.steps.includes(stage.id)) {
      return [];
    }
    const waited = stage.rules.flatMap(({ condition }) => waitedKeysIn(condition));
    return waited.length === 0
      ? []
      : [this.found("stage-asked-again", { stage: this.nameOf(stage), keys: unique(waited) }, stage)];
  }

  /** A page that is opened and has nothing to ask. */
  private openedForNothing(): readonly Finding[] {
    const { action } = this.profiling;
    if (action === undefined || !action.isBound) {
      return [];
    }
    const keys = (action.metadataKeys ?? []).filter((key) => {
      const user = userWith([...this.keys].filter((other) => other !== key));
      const { steps, doubt, stuck } = loginOf(this.profiling, user);
      return steps.length === 0 && doubt === undefined && stuck === undefined;
    });
    return keys.length === 0 ? [] : [this.found("form-opened-for-nothing", { keys: unique(keys) })];
  }

  private notWritten(): readonly Finding[] {
    const routed = new Set(this.conditions().flatMap((condition) => fieldsIn(sortedJson(condition))));
    return this.stages
      .filter(({ id, step }) => this.reachable.has(id) && this.kept.isKnown(step))
      .flatMap((stage) => {
        const lost = fieldsOf(stage.step)
          .filter(({ category, type, id }) => category === "FIELD" && !KEPT_ELSEWHERE.has(type) && !routed.has(id))
          .filter(({ id }) => !this.kept.isUsed(stage.step, id))
          .filter(({ type }) => type !== "LEGAL" || !this.keepsConstants(stage));
        const values = { stage: this.nameOf(stage), fields: lost.map(({ id }) => id) };
        return lost.length === 0 ? [] : [this.found("answers-not-written", values, stage)];
      });
  }

  /** Whether a version or a time is kept of whoever goes on: that is what accepting leaves behind. */
  private keepsConstants({ step }: Stage): boolean {
    return this.kept.writesOf(step).some(({ fields }) => fields.length === 0);
  }

  private writtenTwice(): readonly Finding[] {
    return [...this.kept.keys()]
      .filter(([, steps]) => steps.length > 1)
      .map(([key, steps]) => this.found("key-written-twice", { key, stages: steps.map((step) => this.nameOf(step)) }));
  }

  private conditions(): readonly unknown[] {
    const routers = [...this.reachable].map((id) => nodeOf(this.graph, id)).filter((node) => node?.type === "ROUTER");
    return [...routers, ...this.stages].flatMap(({ rules }) => rules.map(({ condition }) => condition));
  }

  private anyAction(): NonNullable<Profiling["action"]> {
    return { address: "", name: "", isBound: true };
  }

  private nameOf({ id }: Pick<Stage, "id">): StageName {
    return nameIn(this.names, id);
  }

  private found<Name extends What>(what: Name, values: Facts[Name], stage?: Stage): FindingOf<Name> {
    const { address, name } = this.profiling.form;
    return finding(what, { address, form: name, stage: stage?.id }, values);
  }
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)];
}

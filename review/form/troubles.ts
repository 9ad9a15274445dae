import type { Finding, FindingKind } from "../finding";
import { sortedJson } from "../json-value";
import { codeSpan } from "../markdown/markdown-text";
import type { Profiling } from "../profiling";
import { keysIn, missingKeysIn } from "./conditions";
import { fieldsIn } from "./expressions";
import { type FormGraph, fieldsOf, formGraph, nodeOf, reachableFrom, type Stage, stagesOf } from "./form-graph";
import { stageNames } from "./journeys";
import { KeptAnswers } from "./kept-answers";
import { type Login, loginOf, loginsOf } from "./login";
import { type UserState, userWith } from "./user-state";

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
  private readonly names: ReadonlyMap<string, string>;
  private readonly reachable: ReadonlySet<string>;
  /** Every key that anything of it knows. */
  private readonly keys: ReadonlySet<string>;

  constructor(readonly profiling: Profiling) {
    this.graph = formGraph(profiling.form);
    this.kept = new KeptAnswers(profiling, this.graph);
    this.stages = stagesOf(this.graph);
    this.names = stageNames(profiling);
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
      const text = `Which Action shows the form ${codeSpan(form.name)} is known only after the apply: it stands in the secrets of one.`;
      return [this.finding("unknown", text)];
    }
    const text =
      action === undefined
        ? `No Action of this plan shows the form ${codeSpan(form.name)}: unless another does, no login asks anything.`
        : `The Action ${codeSpan(action.name)} is not bound to the post-login trigger: unless something else binds it, no login asks anything.`;
    return [this.finding("unbound", text)];
  }

  private stuck(logins: readonly Login[]): readonly Finding[] {
    const reasons = new Set(logins.map(({ stuck }) => stuck).filter((stuck) => stuck !== undefined));
    return [...reasons].map((reason) => this.finding("stuck", `Nobody gets past the form: ${reason}.`));
  }

  private stageTroubles(stage: Stage, asked: Profiling, logins: readonly Login[]): readonly Finding[] {
    const name = this.nameOf(stage);
    if (!this.reachable.has(stage.id)) {
      return [this.finding("never-asked", `No login gets to stage ${name}: nothing in the form leads there.`, stage)];
    }
    if (this.profiling.action?.isBound === false) {
      return [];
    }
    const waited = stage.rules.flatMap(({ condition }) => missingKeysIn(condition));
    const missing = waited.length > 0 ? waited : (asked.action?.metadataKeys ?? []);
    const user = userWith([...this.keys].filter((key) => !missing.includes(key)));
    const first = loginOf(asked, user, { graph: this.graph });
    if (!first.isOpened && waited.length > 0) {
      return [this.notLookedFor(stage, waited, this.isSeen(stage, asked, logins, waited))];
    }
    if (!first.steps.includes(stage.id)) {
      const isDoubtful = first.doubt !== undefined || logins.some(({ doubt }) => doubt !== undefined);
      if (isDoubtful || first.stuck !== undefined || this.isSeen(stage, asked, logins, waited)) {
        return [];
      }
      return [this.finding("never-asked", `No login gets to stage ${name}: another one always comes first.`, stage)];
    }
    if (first.stuck !== undefined) {
      const isSaid = logins.some(({ stuck }) => stuck === first.stuck);
      return isSaid ? [] : [this.finding("stuck", `Who gets to stage ${name} gets no further: ${first.stuck}.`, stage)];
    }
    const loop = this.loop(stage, asked, first, waited);
    return loop.length > 0 ? loop : this.erasing(stage, asked, user);
  }

  /** Whether any user at all sees it whom the rest of the form gives a reason to. */
  private isSeen(stage: Stage, asked: Profiling, logins: readonly Login[], waited: readonly string[]): boolean {
    if (logins.some(({ steps }) => steps.includes(stage.id))) {
      return true;
    }
    return (asked.action?.metadataKeys ?? []).some((key) => {
      const user = userWith([...this.keys].filter((other) => other !== key && !waited.includes(other)));
      return loginOf(asked, user, { graph: this.graph }).steps.includes(stage.id);
    });
  }

  private notLookedFor(stage: Stage, waited: readonly string[], isSeen: boolean): Finding {
    const name = this.nameOf(stage);
    const keys = codes(waited);
    const text = isSeen
      ? `Stage ${name} waits for ${keys}, which the Action does not look for: it is asked only as long as another answer is missing too.`
      : `No login gets to stage ${name}: it waits for ${keys}, which the Action does not look for.`;
    return this.finding("never-asked", text, stage);
  }

  private loop(stage: Stage, asked: Profiling, first: Login, waited: readonly string[]): readonly Finding[] {
    // An Action of someone else's may look for something that can not be known.
    if (waited.length === 0 && asked.action?.metadataKeys === undefined) {
      return [];
    }
    if (first.doubt !== undefined) {
      return [];
    }
    const second = loginOf(asked, first.user, { graph: this.graph });
    if (!second.steps.includes(stage.id)) {
      return [];
    }
    const written = this.kept.writesOf(stage.step).map(({ key }) => key);
    const never = waited.filter((key) => !written.includes(key));
    const reason =
      never.length > 0 ? `it waits for ${codes(never)}, which nothing behind it writes` : "its answers do not end that";
    return [this.finding("loop", `Stage ${this.nameOf(stage)} is asked at every login, for ever: ${reason}.`, stage)];
  }

  private erasing(stage: Stage, asked: Profiling, user: UserState): readonly Finding[] {
    const careless = loginOf(asked, user, { graph: this.graph, answering: "required fields" });
    if (!careless.erases) {
      return this.askedAgain(stage, asked, careless);
    }
    const text = `Who leaves the fields of stage ${this.nameOf(stage)} empty loses all of \`user_metadata\`: the flow then sends none of it, which Auth0 takes for erasing it. Make a field that is written required.`;
    return [this.finding("erases", text, stage)];
  }

  private askedAgain(stage: Stage, asked: Profiling, careless: Login): readonly Finding[] {
    const again = loginOf(asked, careless.user, { graph: this.graph, answering: "required fields" });
    if (careless.doubt !== undefined || !again.steps.includes(stage.id)) {
      return [];
    }
    const waited = stage.rules.flatMap(({ condition }) => missingKeysIn(condition));
    const text = `Stage ${this.nameOf(stage)} waits for ${codes(waited)}, which is optional: who leaves it empty is asked at every login.`;
    return waited.length === 0 ? [] : [this.finding("asked-again", text, stage)];
  }

  /** A page that is opened and has nothing to ask. */
  private openedForNothing(): readonly Finding[] {
    const { action } = this.profiling;
    if (action === undefined || !action.isBound) {
      return [];
    }
    const keys = (action.metadataKeys ?? []).filter((key) => {
      const user = userWith([...this.keys].filter((other) => other !== key));
      const { steps, doubt, stuck } = loginOf(this.profiling, user, { graph: this.graph });
      return steps.length === 0 && doubt === undefined && stuck === undefined;
    });
    if (keys.length === 0) {
      return [];
    }
    const text = `The Action opens the form at every login as long as ${codes(keys)} is missing, and no stage waits for that: who has answered the rest is asked nothing there.`;
    return [this.finding("never-asked", text)];
  }

  private notWritten(): readonly Finding[] {
    const routed = new Set(this.conditions().flatMap((condition) => fieldsIn(sortedJson(condition))));
    return this.stages
      .filter(({ id, step }) => this.reachable.has(id) && this.kept.isKnown(step))
      .flatMap((stage) => {
        const lost = fieldsOf(stage.step)
          .filter(({ category, type, id }) => category === "FIELD" && !KEPT_ELSEWHERE.has(type) && !routed.has(id))
          .filter(({ id }) => !this.kept.isUsed(stage.step, id));
        if (lost.length === 0) {
          return [];
        }
        const text = `${codes(lost.map(({ id }) => id))} in stage ${this.nameOf(stage)} ${lost.length === 1 ? "is" : "are"} asked, and no flow writes ${lost.length === 1 ? "it" : "them"}: only an Action that reads the form's answers could keep ${lost.length === 1 ? "it" : "them"}.`;
        return [this.finding("not-written", text, stage)];
      });
  }

  private writtenTwice(): readonly Finding[] {
    return [...this.kept.keys()]
      .filter(([, steps]) => steps.length > 1)
      .map(([key, steps]) => {
        const names = steps.map((step) => this.names.get(step.id) ?? codeSpan(step.id)).join(" and ");
        return this.finding(
          "written-twice",
          `Stages ${names} write the same key ${codeSpan(key)}: the later answer replaces the earlier.`,
        );
      });
  }

  private conditions(): readonly unknown[] {
    return [...this.reachable]
      .map((id) => nodeOf(this.graph, id))
      .flatMap((node) => (node?.type === "ROUTER" ? node.rules.map(({ condition }) => condition) : []));
  }

  private anyAction(): NonNullable<Profiling["action"]> {
    return { address: "", name: "", isBound: true };
  }

  private nameOf(stage: Stage): string {
    return this.names.get(stage.id) ?? codeSpan(stage.id);
  }

  private finding(kind: FindingKind, text: string, stage?: Stage): Finding {
    const { address } = this.profiling.form;
    return { kind, text, where: stage === undefined ? address : `${address} ${stage.id}` };
  }
}

function codes(keys: readonly string[]): string {
  return [...new Set(keys)].map(codeSpan).join(", ");
}

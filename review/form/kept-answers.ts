import type { Profiling } from "../profiling";
import { fieldsUsedBy, flowDoubt, type Write, writesOf } from "./flow-writes";
import { fieldsOf, nodeOf, reachableFrom, type StepNode } from "./form-graph";

/** Where the answers of a form go: what the flows behind its steps write, and the Action once the form is done. */
export class KeptAnswers {
  /** By the id of the step. */
  private readonly flowIds = new Map<string, readonly string[]>();
  /** By the id of the flow. */
  private readonly writes = new Map<string, readonly Write[]>();
  private readonly used = new Map<string, ReadonlySet<string>>();

  constructor(private readonly profiling: Profiling) {
    for (const [id, flow] of profiling.flows) {
      this.writes.set(id, writesOf(flow));
      this.used.set(id, new Set(fieldsUsedBy(flow)));
    }
  }

  /** What the flows behind a step write of its answers, or whatever was answered. */
  writesOf(step: StepNode): readonly Write[] {
    const own = new Set(fieldsOf(step).map(({ id }) => id));
    const written = this.flowIdsBehind(step).flatMap((id) => this.writes.get(id) ?? []);
    return (
      [...written, ...this.savesOf(step)]
        // A value of null deletes its key.
        .filter(({ value, fields }) => value !== null && (fields.length === 0 || fields.some((id) => own.has(id))))
    );
  }

  /** The places of the profile that an answer is written to. */
  keysOf(step: StepNode, fieldId: string): readonly string[] {
    const keys = this.writesOf(step).filter(({ fields }) => fields.includes(fieldId));
    return [...new Set(keys.map(({ key }) => key))];
  }

  /** Whether the Action, or any flow behind the step, does anything with the answer. */
  isUsed(step: StepNode, fieldId: string): boolean {
    return (
      this.flowIdsBehind(step).some((id) => this.used.get(id)?.has(fieldId)) ||
      this.savesOf(step).some(({ fields }) => fields.includes(fieldId))
    );
  }

  /** What the Action writes of the stage that the step belongs to. */
  private savesOf({ id }: StepNode): readonly Write[] {
    const told = this.profiling.graph.stages.find((stage) => stage.id === id)?.told;
    const saves = told === undefined ? [] : (this.profiling.action?.schedule?.saves ?? []);
    return saves
      .filter(({ stage }) => stage === told)
      .map(({ to, field, value }) => ({
        key: to[0] ?? "",
        value: value ?? field,
        fields: field === undefined ? [] : [field],
      }));
  }

  /** Whether what stands behind the step can be told at all. */
  isKnown(step: StepNode): boolean {
    return this.flowIdsBehind(step).every((id) => flowDoubt(this.profiling.flows.get(id), id) === undefined);
  }

  /** Every key that a login may write, with the steps whose answers it takes. */
  keys(): ReadonlyMap<string, readonly StepNode[]> {
    const found = new Map<string, StepNode[]>();
    for (const step of this.reachableSteps()) {
      for (const { key, fields } of this.writesOf(step)) {
        const steps = found.get(key) ?? [];
        if (!steps.includes(step) && fields.length > 0) {
          steps.push(step);
        }
        found.set(key, steps);
      }
    }
    return found;
  }

  /** Whether {@link keys} is all that is written. */
  isComplete(): boolean {
    return this.profiling.graph.isKnown && this.reachableSteps().every((step) => this.isKnown(step));
  }

  private reachableSteps(): readonly StepNode[] {
    return reachableFrom(this.profiling.graph, this.profiling.graph.start)
      .map((id) => nodeOf(this.profiling.graph, id))
      .filter((node) => node?.type === "STEP");
  }

  private flowIdsBehind(step: StepNode): readonly string[] {
    const known = this.flowIds.get(step.id);
    if (known !== undefined) {
      return known;
    }
    const nodes = reachableFrom(this.profiling.graph, step.next).map((id) => nodeOf(this.profiling.graph, id));
    const ids = nodes.map((node) => (node?.type === "FLOW" ? node.flowId : undefined));
    const found = [...new Set([...ids, this.profiling.graph.ending.flowId].filter((id) => id !== undefined))];
    this.flowIds.set(step.id, found);
    return found;
  }
}

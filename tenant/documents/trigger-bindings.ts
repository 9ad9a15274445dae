/** The Actions of one trigger, in the order in which they run. */
export interface TriggerBindings {
  readonly trigger_id: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

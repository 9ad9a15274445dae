import type { Collection, Store } from "./store";

/** What a flow has sent to a person: it lies in the tenant's outbox, and reaches nobody. */
export interface Message {
  readonly id: string;
  readonly kind: MessageKind;
  /** Undefined where the tenant's own sender would stand at Auth0. */
  readonly from?: string;
  readonly to: string;
  /** Of an email. */
  readonly subject?: string;
  /** As the person would get it: of an email HTML, else text. */
  readonly body: string;
  /** The one-time password in it. */
  readonly code?: string;
  readonly flow_id: string;
  readonly form_id: string;
  readonly journey_id: string;
  readonly user_id?: string;
  readonly created_at: string;
}

export type MessageKind = "email" | "sms" | "call";

const KEPT = 500;

/** The newest messages, oldest first. */
export function messagesIn(store: Store): Collection<Message> {
  return store.collection("messages");
}

/** Keeps a message, and forgets the oldest beyond 500. */
export function keepMessage(store: Store, message: Message): void {
  const messages = messagesIn(store);
  messages.put(message.id, message);
  messages.keepLast(KEPT);
}

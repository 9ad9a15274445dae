/** An action that fails its flow; the message is for the one who builds the form. */
export class FlowActionError extends Error {
  override readonly name = "FlowActionError";
}

/**
 * What one response cost, kept apart from chats so that a deleted chat does not make the money unspent. Holds no text and no link to a
 * chat. Written when the request goes out, with the cost of the prompt, and again when it has ended.
 */
export interface Expense {
  /** The response's id. */
  readonly id: string;
  /** When it was asked for. */
  readonly at: number;
  readonly connectionId: string;
  readonly modelId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when the model's price is unknown. */
  readonly costUsd: number | null;
}

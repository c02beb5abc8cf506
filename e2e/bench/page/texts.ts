/** Each is one word piece, so that a text's length in tokens is known without a tokenizer. */
const WORDS = ['the', 'model', 'that', 'you', 'like', 'best', 'for', 'this', 'question', 'and', 'why', 'answer', 'short', 'long', 'good', 'work'];

/** A text of exactly `tokens` word pieces, `[CLS]` and `[SEP]` included. `salt` (below 65,536) spells its first four words: no other text is the same. */
export function textOfTokens(tokens: number, salt: number): string {
  return Array.from({ length: tokens - 2 }, (_, index) => WORDS[index < 4 ? (salt >> (4 * index)) & 15 : (index * 7) % WORDS.length]).join(' ');
}

/** Milliseconds of one call. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

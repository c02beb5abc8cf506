/** Characters of earlier turns that may join a prompt; a longer prompt speaks for itself and takes fewer. */
const CONTEXT_BUDGET = 400;
/** Every character of the prompt leaves this many fewer for context: from 200 characters on, the prompt stands alone. */
const BUDGET_PER_CHARACTER = 2;
/** Of one earlier turn, its beginning, where people say what they want. */
const TURN_BUDGET = 200;

/**
 * The text whose embedding routes a prompt: the prompt, then the beginnings of the newest earlier turns while the budget lasts.
 * So "shorter" after a question about tax law is routed as tax law, and a long self-contained prompt is routed by itself. The
 * prompt comes first, since the encoder cuts the end; mean pooling makes the order matter little otherwise.
 * `context` is oldest first.
 */
export function queryText(prompt: string, context: readonly string[]): string {
  const parts = [prompt];
  let budget = CONTEXT_BUDGET - BUDGET_PER_CHARACTER * prompt.length;
  for (const turn of context.toReversed()) {
    if (budget <= 0) break;
    const part = turn.trim().slice(0, Math.min(TURN_BUDGET, budget));
    if (part === '') continue;
    parts.push(part);
    budget -= part.length;
  }
  return parts.join('\n');
}

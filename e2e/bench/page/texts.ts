/** A text of about `tokens` word pieces, `[CLS]` and `[SEP]` included; `salt` makes it one that no cache knows. */
export function textOfTokens(tokens: number, salt: number): string {
  const words = ['the', 'model', 'that', 'you', 'like', 'best', 'for', 'this', 'question', 'and', 'why'];
  return Array.from({ length: Math.max(1, tokens - 2) }, (_, index) => words[(index * 7 + salt * (index % 5) + salt) % words.length]).join(' ');
}

/** Calls `run` `warmUp + count` times and gives the milliseconds of the last `count`. */
export async function timed(count: number, warmUp: number, run: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < warmUp + count; round++) {
    const started = performance.now();
    await run(round);
    if (round >= warmUp) times.push(performance.now() - started);
  }
  return times;
}

/** A word that was cut may be this long; a longer run without a space (a script without spaces, an address) is gone on from as it stands. */
const LONGEST_WORD = 40;
/** What a model repeats of its own text before it goes on; shorter repeats may be meant. */
const SHORTEST_REPEAT = 12;
const LONGEST_REPEAT = 400;

const OPENING_FENCE = /^\s*(?:`{3,}|~{3,})[\w+#.-]*[ \t]*\n/;
const FENCE_LINE = /^ {0,3}(?:`{3,}|~{3,})/gm;

/**
 * The part of a cut answer that a continuation builds on: without its last word, which may be half a word. A new message never begins with
 * the rest of a word or with a space, so the seam has to lie between two words.
 */
export function continuationBase(text: string): string {
  const end = text.slice(-LONGEST_WORD - 1);
  const lastSpace = end.search(/\s\S*$/);
  return lastSpace === -1 ? text : text.slice(0, text.length - end.length + lastSpace + 1);
}

/**
 * The cut answer and what the model wrote when asked to go on, as one text: what it repeats is left out, a code block that was open stays
 * the same block, and the seam has the white space of the side that knows more of it. Until something arrives the answer stays as it was.
 */
export function joinContinuation(text: string, continuation: string): string {
  if (continuation.trim() === '') return text;
  const base = continuationBase(text);
  const reopened = isInsideFence(base) ? continuation.replace(OPENING_FENCE, '') : continuation;
  const more = withoutRepeat(base, reopened);
  const before = base.trimEnd();
  const gap = base.slice(before.length);
  if (gap === '') return base + more;
  const after = more.trimStart();
  const lead = more.slice(0, more.length - after.length);
  return before + (lines(lead) > lines(gap) ? lead : gap) + after;
}

function withoutRepeat(base: string, continuation: string): string {
  const text = continuation.trimStart();
  const known = base.trimEnd();
  for (let length = Math.min(LONGEST_REPEAT, known.length, text.length); length >= SHORTEST_REPEAT; length -= 1) {
    if (known.endsWith(text.slice(0, length))) return text.slice(length);
  }
  return continuation;
}

function isInsideFence(text: string): boolean {
  return (text.match(FENCE_LINE)?.length ?? 0) % 2 === 1;
}

function lines(space: string): number {
  return space.split('\n').length;
}

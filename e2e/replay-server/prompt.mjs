/** Text of a message's content: plain, or parts of which those with text count (OpenAI, Anthropic, Google). */
export function textOfContent(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('\n').trim();
}

/** Lower case, words only: how prompts are compared. Letters of any script count. */
export function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function normalizePrompt(text) {
  return wordsOf(text).join(' ');
}

/** Looks prompts up: exact after normalising, else the one that shares most words (Jaccard), from 0 to 1. */
export function createPromptIndex(prompts) {
  const exact = new Map(prompts.map((prompt) => [normalizePrompt(prompt), prompt]));
  const sets = prompts.map((prompt) => ({ prompt, words: new Set(wordsOf(prompt)) }));
  return {
    exact: (text) => exact.get(normalizePrompt(text)) ?? null,
    nearest(text) {
      const words = new Set(wordsOf(text));
      let best = { prompt: null, similarity: 0 };
      for (const candidate of sets) {
        const similarity = jaccard(words, candidate.words);
        if (similarity > best.similarity) best = { prompt: candidate.prompt, similarity };
      }
      return best;
    },
  };
}

function jaccard(left, right) {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  const union = left.size + right.size - shared;
  return union === 0 ? 0 : shared / union;
}

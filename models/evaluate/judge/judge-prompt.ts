/** Characters of a response that are shown; longer ones are cut, and said to be. */
const SHOWN_CHARACTERS = 3000;

/** What the judge is asked: to be this person, and to name the response it would like best. */
export function judgePrompt(profile: string, query: string, responses: readonly string[]): string {
  const shown = responses.map((text, index) => `### Response ${index + 1}\n${cut(text)}`).join('\n\n');
  return [
    'You play one particular person who uses AI assistants. Answer only as this person would choose, not by what people in general prefer.',
    `## The person\n${profile}`,
    `## What the person asked\n${query}`,
    `## ${responses.length} responses\n${shown}`,
    `Which response would this person like best? Answer with its number only, 1 to ${responses.length}.`,
  ].join('\n\n');
}

function cut(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)} […cut]`;
}

/**
 * The 0-based index that an answer names, or null. Judges number from 1, and some explain themselves: a number after "response", "answer" or "choice"
 * counts before a bare one, the last before the first; an answer that names several bare numbers names none.
 */
export function parseChoice(answer: string, count: number): number | null {
  const named = [...answer.matchAll(/(?:response|answer|choice|option|number|candidate)\W{0,8}(\d{1,3})\b/gi)].map((match) => Number(match[1]));
  const bare = [...new Set([...answer.matchAll(/(?<![\d.])\d{1,3}(?![\d.]\d|\d)/g)].map((match) => Number(match[0])))];
  const chosen = named.at(-1) ?? (bare.length === 1 ? bare[0] : undefined);
  return chosen !== undefined && chosen >= 1 && chosen <= count ? chosen - 1 : null;
}

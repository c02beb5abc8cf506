import { english, type Phrase } from '../phrase';

/** A copy in which every phrase is the sentence that it says in English: tests read better by sentence. */
export function inEnglish(value: unknown): unknown {
  if (isPhrase(value)) return english(value);
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inEnglish(inner)]));
}

function isPhrase(value: unknown): value is Phrase {
  return typeof value === 'object' && value !== null && 'text' in value && 'params' in value;
}

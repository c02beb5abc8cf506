import { QUERY_FEATURE_COUNT, QUERY_SCALAR_COUNT } from './dimensions';

const CODE_WORDS = /\b(?:function|def|class|import|const|SELECT|public static)\b|#include\b/;
const WRITING_WORDS = /\b(?:write|story|poem|essay|letter|email|draft)\b/i;

/** Words, and the marks that tell a prompt's form. */
const TOKEN = /[\p{L}\p{N}_]+|[?:\n]/gu;
/** Characters of a prompt whose words count: what is asked for stands at the beginning, a pasted document after it. */
const READ = 4000;

/** Names of the scalar entries of `queryFeatures`, in order; the manifest repeats them. */
export const QUERY_FEATURE_NAMES: readonly string[] = [
  'ln_words', 'ln_chars', 'ln_newlines', 'has_code', 'non_ascii_share', 'digit_share', 'ends_with_question', 'asks_to_write',
];

/** The eight scalars of `queryFeatures` by themselves: length, form and subject of a prompt. */
export function queryScalars(text: string): Float32Array {
  const trimmed = text.trim();
  const counts = countCharacters(text);
  const length = Math.max(text.length, 1);
  const features = new Float32Array(QUERY_SCALAR_COUNT);
  features[0] = Math.log1p(countWords(text)) / 5;
  features[1] = Math.log1p(text.length) / 7;
  features[2] = Math.log1p(counts.newlines) / 3;
  features[3] = text.includes('```') || CODE_WORDS.test(text) ? 1 : 0;
  features[4] = counts.nonAscii / length;
  features[5] = counts.digits / length;
  features[6] = trimmed.endsWith('?') ? 1 : 0;
  features[7] = WRITING_WORDS.test(text) ? 1 : 0;
  return features;
}

/**
 * Features of a prompt's text, `[392]`: eight scalars, then 1 for each of the manifest's words (word → place) that it holds. The trainer computes the same
 * numbers in Python (models/trainer/features.py); models/parity.json holds shared cases. Characters are UTF-16 code units. Linear time; an
 * empty prompt gives zeros.
 */
export function queryFeatures(text: string, words: ReadonlyMap<string, number>): Float32Array {
  const features = new Float32Array(QUERY_FEATURE_COUNT);
  features.set(queryScalars(text));
  for (const [token] of text.slice(0, READ).toLowerCase().matchAll(TOKEN)) {
    const place = words.get(token);
    if (place !== undefined) features[QUERY_SCALAR_COUNT + place] = 1;
  }
  return features;
}

/** Words as maximal runs of non-whitespace. */
export function countWords(text: string): number {
  const trimmed = text.trim();
  return trimmed === '' ? 0 : trimmed.split(/\s+/).length;
}

function countCharacters(text: string): { newlines: number; nonAscii: number; digits: number } {
  let newlines = 0;
  let nonAscii = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10) newlines++;
    else if (unit > 127) nonAscii++;
    else if (unit >= 48 && unit <= 57) digits++;
  }
  return { newlines, nonAscii, digits };
}

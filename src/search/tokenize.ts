/** Runs of letters and digits in any script. */
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** Scripts written without spaces between words. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A longer run is data, not a word: a hash, an encoded image. */
const LONGEST = 40;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words in lower case. Text without spaces is cut into words by the platform's dictionary. */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(WORDS)) {
    if (!SPACELESS.test(run)) {
      if (run.length <= LONGEST) tokens.push(run);
      continue;
    }
    for (const { segment, isWordLike } of segmenter.segment(run)) {
      if (isWordLike) tokens.push(segment);
    }
  }
  return tokens;
}

/** Median sub-word tokens per word in real English responses; measured on AlpacaEval outputs of 104 LLMs. */
const TOKENS_PER_WORD = 1.33;
const ASCII_CHARACTERS_PER_TOKEN = 4.7;
/** Characters outside ASCII cost most of a token each (CJK, emoji, accents). */
const TOKENS_PER_OTHER_CHARACTER = 0.7;

/** Rough token count of a text, without a tokenizer: good to about a fifth, enough for prices and context limits. */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) other++;
  return Math.ceil((text.length - other) / ASCII_CHARACTERS_PER_TOKEN + other * TOKENS_PER_OTHER_CHARACTER);
}

/** Tokens of a response of so many words. */
export function tokensFromWords(words: number): number {
  return Math.ceil(words * TOKENS_PER_WORD);
}

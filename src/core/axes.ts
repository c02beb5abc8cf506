import { AXIS_COUNT, axisIndex } from './dimensions';
import type { AxisConstants } from './manifest';

/** What a reader notices in one response, counted in its text. Words and cues are counted outside code blocks. */
export interface ResponseMeasures {
  readonly words: number;
  readonly sentences: number;
  readonly headers: number;
  readonly bullets: number;
  readonly numbered: number;
  readonly bold: number;
  /** Flesch reading ease, −100 … 121, higher = easier. */
  readonly flesch: number;
  readonly warmth: number;
  readonly exclaims: number;
  readonly steps: number;
  readonly equations: number;
  readonly citations: number;
  readonly hedges: number;
  readonly disclaimers: number;
  readonly examples: number;
  readonly askBack: number;
  /** 1 when the response ends with a question mark. */
  readonly endsQuestion: number;
  /** Share of characters in fenced code blocks, fences included. */
  readonly codeFraction: number;
}

const WORD = /[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*|\d+(?:[.,]\d+)*/g;
const STARTS_WITH_DIGIT = /^\d/;

/** Markdown marks, one match each. None of these patterns can backtrack over more than one line's indentation. */
const MARKS = {
  headers: /^[ \t]{0,3}#{1,6}\s/gm,
  bullets: /^[ \t]*[-*•+][ \t]+\S/gm,
  numbered: /^[ \t]*\d{1,2}[.)]\s/gm,
  bold: /\*\*[^*\n]+\*\*/g,
} as const;

/**
 * Cue phrases in lower-case text with straight apostrophes. They were recovered from the published counts of the training features and
 * reproduce them on ten thousand real responses; scripts/check-axes.ts measures how well.
 */
const CUES = {
  hedges:
    /\b(?:may|might|often|typically|likely|depending|it depends|could be|generally|usually|approximately|seems?|tends?|possibly|perhaps|i believe|i think|appears? to|uncertain|not sure|roughly|maybe|probably)\b/g,
  disclaimers:
    /\b(?:it(?:'s| is) important to note|please note|keep in mind|consult (?:with|an?|your)|it(?:'s| is) worth noting|cannot provide|as an ai|language model|it(?:'s| is) important to remember|don't have personal|professional advice|i do not have access|i don't have (?:access|real-time)|not a substitute)\b/g,
  warmth:
    /\b(?:enjoy|happy to|certainly|feel free|of course|hope (?:this|that) helps|(?:good|best of) luck|absolutely|wonderful|i understand|great question|sorry to|take care|congratulations|glad)\b|\bthanks|\bthank you|sure[,!]/g,
  examples: /\b(?:such as|for example|for instance|e\.g\.|example:)/g,
  askBack: /\b(?:let me know if|please (?:provide|share)|would you like|what (?:kind|type)|can you tell|shall i)\b/g,
  steps: /^[ \t]*(?:first|second|third|fourth|next|then|finally|lastly|firstly|secondly|thirdly|step \d{1,3})[,:]/gm,
  citations: /\b(?:according to|https?:\/\/|et al)|\((?:1[5-9]|20)\d\d\)|\[\d+\]/g,
  equations: /[a-z0-9_)]\s*=\s*\$?[a-z0-9_(]|\d\s*[-+*/×÷]\s*\$?\d|\\\(|\\\[|\\frac/g,
} as const;

/** Counts what a reader notices. Linear in the length of the text, whatever the text. */
export function measureResponse(text: string): ResponseMeasures {
  const { prose, codeCharacters } = separateCode(text);
  const plain = prose.toLowerCase().replaceAll('’', "'");
  const words = prose.match(WORD) ?? [];
  const sentences = countSentences(prose);
  return {
    words: words.length,
    sentences,
    headers: count(prose, MARKS.headers),
    bullets: count(prose, MARKS.bullets),
    numbered: count(prose, MARKS.numbered),
    bold: count(prose, MARKS.bold),
    flesch: fleschReadingEase(words, sentences),
    warmth: count(plain, CUES.warmth),
    exclaims: count(prose, /!/g),
    steps: count(plain, CUES.steps),
    equations: count(plain, CUES.equations),
    citations: count(plain, CUES.citations),
    hedges: count(plain, CUES.hedges),
    disclaimers: count(plain, CUES.disclaimers),
    examples: count(plain, CUES.examples),
    askBack: count(plain, CUES.askBack),
    endsQuestion: text.trimEnd().endsWith('?') ? 1 : 0,
    codeFraction: text.length === 0 ? 0 : codeCharacters / text.length,
  };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Fenced blocks are every second part between fences; one left open by a cut stream runs to the end. */
function separateCode(text: string): { prose: string; codeCharacters: number } {
  const fence = '```';
  const prose = text.split(fence).filter((_, part) => part % 2 === 0).join('');
  return { prose, codeCharacters: text.length - prose.length };
}

const TERMINATORS = '.!?';
const CLOSERS = '"\'”’)]';

/** Runs of . ! ? with any closing quotes, before whitespace or the end; at least 1. */
function countSentences(text: string): number {
  let sentences = 0;
  for (let i = 0; i < text.length; i++) {
    if (!TERMINATORS.includes(text[i]!)) continue;
    while (i < text.length && TERMINATORS.includes(text[i]!)) i++;
    while (i < text.length && CLOSERS.includes(text[i]!)) i++;
    if (i >= text.length || text[i]!.trim() === '') sentences++;
    else i--;
  }
  return Math.max(1, sentences);
}

/** Flesch (1948), with syllables per alphabetic word; 0 for a text without one. Clipped as in the training features. */
function fleschReadingEase(words: readonly string[], sentences: number): number {
  const alphabetic = words.filter((word) => !STARTS_WITH_DIGIT.test(word));
  if (alphabetic.length === 0) return 0;
  const syllables = alphabetic.reduce((sum, word) => sum + countSyllables(word), 0);
  const ease = 206.835 - 1.015 * (words.length / sentences) - 84.6 * (syllables / alphabetic.length);
  return Math.min(121, Math.max(-100, ease));
}

/** Vowel groups, less a silent final e; at least 1. */
function countSyllables(word: string): number {
  const lower = word.toLowerCase();
  const groups = count(lower, /[aeiouy]+/g);
  const silent = lower.endsWith('e') && !lower.endsWith('le') && !lower.endsWith('ee') && groups > 1;
  return Math.max(1, silent ? groups - 1 : groups);
}

/**
 * The measures as standardised axes, `[12]` in the order of `AXIS_NAMES`.
 * `quality` is never measured: its slot is 0 (the mean) for the caller to fill with the prediction, and so is `economy` when
 * `costUsd` is null. A cost of 0 is the cheapest there is.
 */
export function responseAxes(measures: ResponseMeasures, costUsd: number | null, constants: AxisConstants): number[] {
  const standardise = (axis: number, raw: number) => (raw - constants.mean[axis]!) / constants.sd[axis]!;
  const length = standardise(axisIndex('length'), Math.log1p(measures.words));
  const raw = rawAxes(measures, length, costUsd, constants);
  const axes = raw.map((value, axis) => standardise(axis, value));
  axes[axisIndex('quality')] = 0;
  if (costUsd === null) axes[axisIndex('economy')] = 0;
  return axes;
}

function rawAxes(m: ResponseMeasures, standardisedLength: number, costUsd: number | null, constants: AxisConstants): number[] {
  const raw = new Array<number>(AXIS_COUNT).fill(0);
  raw[axisIndex('length')] = Math.log1p(m.words);
  raw[axisIndex('length_fit')] = -(standardisedLength ** 2);
  raw[axisIndex('structure')] = Math.log1p(m.headers + m.bullets + m.numbered + m.bold);
  raw[axisIndex('simplicity')] = m.flesch;
  raw[axisIndex('warmth')] = Math.log1p(m.warmth + m.exclaims);
  raw[axisIndex('rigour')] = Math.log1p(m.steps + m.equations + m.citations);
  raw[axisIndex('certainty')] = -Math.log1p(m.hedges + m.disclaimers);
  raw[axisIndex('examples')] = Math.log1p(m.examples);
  raw[axisIndex('interaction')] = Math.log1p(m.askBack + m.endsQuestion);
  raw[axisIndex('code')] = m.codeFraction;
  raw[axisIndex('economy')] = costUsd === null ? 0 : -costIndex(costUsd, constants);
  return raw;
}

/** c = clip(ln(cost / p1) / ln(p99 / p1), 0, 1). */
export function costIndex(costUsd: number, { costP1Usd, costP99Usd }: AxisConstants): number {
  const c = Math.log(Math.max(costUsd, 1e-12) / costP1Usd) / Math.log(costP99Usd / costP1Usd);
  return Math.min(1, Math.max(0, c));
}

/** Expected words of a response whose standardised length axis is known, whole and at least 1. */
export function wordsFromAxis(lengthAxis: number, constants: AxisConstants): number {
  const length = axisIndex('length');
  return Math.max(1, Math.round(Math.expm1(lengthAxis * constants.sd[length]! + constants.mean[length]!)));
}

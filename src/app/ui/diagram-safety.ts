import { phrase, type Phrase } from '../../core/phrase';

/** What a diagram could name in order to be noticed elsewhere, in every spelling that CSS and Mermaid read. */
const LOADS: readonly RegExp[] = [
  // Image nodes, also of architecture and C4 diagrams.
  /\b(?:img|sprite|image)\s*[:=]\s*["']?\s*(?:\w+:)?\/\//i,
  /<\s*(?:img|image|script|iframe|object|embed|link|style|video|audio|source|svg|use|input|form)\b/i,
  /@import\b/i,
  /url\s*\(/i,
  /image-set\s*\(/i,
];

/** Where a source can hold CSS, an escaped letter could spell any of these. */
const STYLED = /\b(?:style|linkStyle|classDef|themeCSS|init|config)\b/i;
const ESCAPED_LETTER = /\\[0-9a-f]{1,6}/i;

const REFUSAL = phrase('It asks for something from elsewhere, such as an image or a style. Tacit draws only what is in the reply itself.');

/** Why a diagram is not drawn although it may be correct; null when there is nothing against it. */
export function refusal(source: string): Phrase | null {
  const isHidden = STYLED.test(source) && ESCAPED_LETTER.test(source);
  return isHidden || LOADS.some((pattern) => pattern.test(source)) ? REFUSAL : null;
}

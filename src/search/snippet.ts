import type { SnippetPart } from './messages';

const BEFORE = 36;
const LENGTH = 150;

/**
 * A stretch of `text` around the first of `terms` (lower case), every match marked. Null when none occurs. Marks begin at word starts only, as
 * the index does; where words have no spaces every place may be one.
 */
export function snippet(text: string, terms: readonly string[]): readonly SnippetPart[] | null {
  const pattern = matcher(terms);
  if (!pattern) return null;
  const first = pattern.exec(text);
  if (!first) return null;
  const from = first.index <= BEFORE ? 0 : wordStart(text, first.index - BEFORE, first.index);
  const part = text.slice(from, from + LENGTH).replaceAll(/\s+/g, ' ');
  return marked(`${from > 0 ? '…' : ''}${part}${from + LENGTH < text.length ? '…' : ''}`, pattern);
}

/** The whole text with its matches marked. */
export function markedText(text: string, terms: readonly string[]): readonly SnippetPart[] {
  const pattern = matcher(terms);
  return pattern ? marked(text, pattern) : [{ text, match: false }];
}

function matcher(terms: readonly string[]): RegExp | null {
  if (terms.length === 0) return null;
  const longestFirst = terms.toSorted((left, right) => right.length - left.length);
  return new RegExp(`(?<![a-z0-9])(?:${longestFirst.join('|')})`, 'iu');
}

function marked(text: string, pattern: RegExp): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const found of text.matchAll(new RegExp(pattern.source, 'giu'))) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), match: false });
    parts.push({ text: found[0], match: true });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), match: false });
  return parts;
}

/** Not in the middle of a word, if there is a space to begin at. */
function wordStart(text: string, from: number, before: number): number {
  const space = text.slice(from, before).search(/\s/);
  return space < 0 ? from : from + space + 1;
}

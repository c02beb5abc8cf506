/** A code span or fence (to be left alone), or one way to write mathematics. The fence runs to its end or to the end of the text. */
const TOKEN = /(?<code>(?:^|\n) {0,3}(?<fence>`{3,}|~{3,})[\s\S]*?(?:\n {0,3}\k<fence>[`~]*[ \t]*(?=\n|$)|$)|(?<ticks>`+)[^`](?:[\s\S]*?[^`])?\k<ticks>(?!`))|(?<escaped>\\[^([])|\$\$(?<dollars>(?:[^$\\]|\\[\s\S]|\$(?!\$))+?)\$\$|\\\[(?<brackets>[\s\S]+?)\\\]|\\\((?<parentheses>[\s\S]+?)\\\)|\$(?=\S)(?<inline>(?:[^$\\\n]|\\[^\n]|\n(?![ \t]*\n))+?)(?<=\S)\$(?!\d)|\$/g;

/** A price and then words. */
const MONEY = /^\d[\d.,]*[,;]?\s+\p{L}{2}/u;

/** What may stand before the text of a line and has to stand before every line of a block in it: quote marks, and the room of list markers. */
const LINE_START = /^((?:[ \t]*>)*[ \t]*)((?:[-*+]|\d+[.)])[ \t]+)?/;

/**
 * Markdown in which mathematics is written one way, the one the renderer reads: `$…$` in a line, `$$` on lines of their own around a display.
 * `\(…\)` and `\[…\]` become that, and a dollar sign that is only money is escaped (as in Pandoc, no space after the opening sign or before
 * the closing one, and no digit after it). Code stays as it is, and so does mathematics that has not ended yet.
 */
export function normalizeMath(text: string): string {
  if (!/\$|\\[([]/.test(text)) return text;
  return text.replace(TOKEN, (whole: string, ...rest: unknown[]) => {
    const groups = groupsOf(rest);
    const { code, escaped, dollars, brackets, parentheses, inline } = groups;
    if (code !== undefined || escaped !== undefined) return whole;
    const offset = offsetOf(rest);
    const display = dollars ?? brackets;
    if (display !== undefined) return displayed(text, offset, offset + whole.length, display);
    if (parentheses !== undefined) return isBlankInside(parentheses) ? whole : `$${parentheses.trim()}$`;
    if (inline === undefined) return '\\$';
    return MONEY.test(inline) ? `\\$${inline}\\$` : whole;
  });
}

/** Whether any mathematics is in a text that `normalizeMath` gave. */
export function hasMath(text: string): boolean {
  return /(?<!\\)\$/.test(text);
}

function displayed(text: string, start: number, end: number, body: string): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  // A table's cell has one line.
  if (before.trimStart().startsWith('|')) return `$${body.trim().replace(/\s*\n\s*/g, ' ')}$`;
  const [, quote = '', marker = ''] = LINE_START.exec(before) ?? [];
  const indent = quote + ' '.repeat(marker.length);
  const isAlone = before.length === quote.length + marker.length;
  const lines = body
    .replace(quote.includes('>') ? /^[\s>]+|[\s>]+$/g : /^\s+|\s+$/g, '')
    .split('\n')
    .map((line) => indent + withoutStart(line, indent));
  const after = text.slice(end).match(/^[^\n]*/)?.[0] ?? '';
  return `${isAlone ? '' : `\n${indent}`}$$\n${lines.join('\n')}\n${indent}$$${after.trim() === '' ? '' : `\n${indent}`}`;
}

function withoutStart(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

function isBlankInside(body: string): boolean {
  return /\n[ \t]*\n/.test(body) || body.trim() === '';
}

function groupsOf(rest: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const last = rest.at(-1);
  return typeof last === 'object' && last !== null ? Object.fromEntries(Object.entries(last)) : {};
}

function offsetOf(rest: readonly unknown[]): number {
  return Number(rest.at(-3));
}

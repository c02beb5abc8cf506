/** Code, or the display mathematics that `normalizeMath` sets apart. */
const FENCE = /^ {0,3}(```+|~~~+|\$\$)/;
/** A list, quote or table may go on after a blank line, so a block never ends right before one of these. */
const CONTINUES = /^(\s|[-*+>|]|\d+[.)])/;

/** The last block is a code block whose end has not come yet. */
export function endsInsideCode(block: string): boolean {
  const fences = block.split('\n').flatMap((line) => FENCE.exec(line)?.[1] ?? []);
  return fences.length % 2 === 1 && fences.at(-1) !== '$$';
}

/**
 * Splits markdown at blank lines outside code fences, so that a streamed reply re-parses only its last block.
 * Joining the parts with a blank line gives the same document. A reply with link definitions or footnotes stays whole.
 */
export function splitBlocks(text: string): readonly string[] {
  if (/^ {0,3}\[[^\]]+\]:/m.test(text)) return [text];
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  let blankBefore = false;
  for (const line of text.split('\n')) {
    const marker = FENCE.exec(line)?.[1];
    if (fence === null && blankBefore && current.length > 0 && !CONTINUES.test(line) && line !== '') {
      blocks.push(current.join('\n'));
      current = [];
    }
    if (fence === null) fence = marker ?? null;
    else if (marker?.startsWith(fence) && line.trim() === marker) fence = null;
    blankBefore = fence === null && line.trim() === '';
    current.push(line);
  }
  if (current.some((line) => line.trim() !== '')) blocks.push(current.join('\n'));
  return blocks;
}

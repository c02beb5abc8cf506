import { describe, expect, it } from 'vitest';
import { splitBlocks } from './markdown-blocks';

describe('splitBlocks', () => {
  it('splits paragraphs at blank lines', () => {
    expect(splitBlocks('one\n\ntwo').map((block) => block.trim())).toEqual(['one', 'two']);
  });

  it('keeps a code fence whole, blank lines and all', () => {
    const code = '```js\na\n\nb\n```';
    expect(splitBlocks(`intro\n\n${code}`).at(-1)).toBe(code);
  });

  it('is not fooled by a shorter fence inside a longer one', () => {
    const code = '````md\n```\n\nx\n```\n\ny\n````';
    expect(splitBlocks(code)).toEqual([code]);
  });

  it('keeps a loose list in one block', () => {
    const list = '1. one\n\n2. two\n\n   more\n\n3. three';
    expect(splitBlocks(list)).toEqual([list]);
  });

  it('keeps everything together when there are link definitions', () => {
    const text = 'See [it][a].\n\nmore\n\n[a]: https://example.com';
    expect(splitBlocks(text)).toEqual([text]);
  });

  it('loses no text', () => {
    const text = '# T\n\npara\n\n- a\n- b\n\n| x |\n|---|\n| 1 |\n\nend';
    expect(splitBlocks(text).join('\n').replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'));
  });
});

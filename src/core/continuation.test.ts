import { describe, expect, it } from 'vitest';
import { continuationBase, joinContinuation } from './continuation';

describe('continuationBase', () => {
  it('gives up the last word, which may be half a word', () => {
    expect(continuationBase('The sky is bl')).toBe('The sky is ');
    expect(continuationBase('Done.\n\n- first\n- sec')).toBe('Done.\n\n- first\n- ');
  });

  it('keeps a text that ends between two words', () => {
    expect(continuationBase('The sky is ')).toBe('The sky is ');
  });

  it('keeps what has no spaces', () => {
    const chinese = '天空之所以是蓝色的，是因为阳光在大气中被空气分子散射，而波长较短的蓝光散射得最多，所以我们看到蓝';
    expect(continuationBase(chinese)).toBe(chinese);
    expect(continuationBase('Half')).toBe('Half');
  });
});

describe('joinContinuation', () => {
  it('puts the seam between two words', () => {
    expect(joinContinuation('The sky is bl', 'blue because of scattering.')).toBe('The sky is blue because of scattering.');
    expect(joinContinuation('The sky is ', ' blue.')).toBe('The sky is blue.');
  });

  it('joins a script without spaces directly', () => {
    const cut = '天空之所以是蓝色的，是因为阳光在大气中被空气分子散射，而波长较短的蓝光散射得最多，所以我们看到';
    expect(joinContinuation(cut, '蓝色。')).toBe(`${cut}蓝色。`);
  });

  it('leaves out what the model repeats', () => {
    const cut = 'First, heat the water. Second, add the tea leaves and wait for thr';
    expect(joinContinuation(cut, 'Second, add the tea leaves and wait for three minutes.')).toBe(
      'First, heat the water. Second, add the tea leaves and wait for three minutes.',
    );
  });

  it('takes the paragraph break of either side, once', () => {
    expect(joinContinuation('One.\n\n', '\n\nTwo.')).toBe('One.\n\nTwo.');
    expect(joinContinuation('One. ', '\n\nTwo.')).toBe('One.\n\nTwo.');
    expect(joinContinuation('    if x:\n        ', 'return y')).toBe('    if x:\n        return y');
  });

  it('goes on inside an open code block', () => {
    expect(joinContinuation('```python\ndef add(a, b):\n    ret', '```python\n    return a + b\n```')).toBe('```python\ndef add(a, b):\n    return a + b\n```');
  });

  it('keeps a block that begins after a closed one', () => {
    expect(joinContinuation('```\na\n```\n\n', '```js\nb\n```')).toBe('```\na\n```\n\n```js\nb\n```');
  });

  it('loses nothing while nothing has arrived', () => {
    expect(joinContinuation('The sky is bl', '')).toBe('The sky is bl');
    expect(joinContinuation('The sky is bl', '\n')).toBe('The sky is bl');
  });
});

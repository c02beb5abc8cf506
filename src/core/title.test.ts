import { describe, expect, it } from 'vitest';
import { titleFromModel, titleFromPrompt } from './title';

describe('titleFromPrompt', () => {
  it.each([
    ['First question\nwith a second line', 'First question'],
    ['Hi there! Can you please explain how vaccines work?', 'Explain how vaccines work?'],
    ['hello', 'Hello'],
    ['Hey,\n\nwhy is the sky blue? I always wondered.', 'Why is the sky blue?'],
    ['Hallo zusammen, könnten Sie bitte diese E-Mail übersetzen', 'Diese E-Mail übersetzen'],
    ['Bonjour ! Pouvez-vous résumer ce texte ?', 'Résumer ce texte ?'],
    ['你好，请帮我写一首关于秋天的诗。要短一点。', '写一首关于秋天的诗'],
    ['天空为什么是蓝色的', '天空为什么是蓝色的'],
    ['```python\nprint(1)\n```\nWhy does this print nothing?', 'Why does this print nothing?'],
    ['```python\ndef add(a, b):\n    return a + b\n```', 'def add(a, b):'],
    ['# Plan\n- a weekend in Lisbon', 'A weekend in Lisbon'],
    ['> "Quoted" words to explain', 'Quoted" words to explain'],
    ['Version 2.0 of the plan needs work', 'Version 2.0 of the plan needs work'],
    ['', ''],
    ['```\n```', ''],
  ])('%j → %j', (prompt, title) => {
    expect(titleFromPrompt(prompt)).toBe(title);
  });

  it('cuts at a word, and Chinese sooner', () => {
    const long = titleFromPrompt('Explain the difference between a mortgage, a home equity loan and a line of credit to me');
    expect(long).toBe('Explain the difference between a mortgage, a home equity…');
    expect([...titleFromPrompt('请详细解释一下量子计算机与传统计算机之间的主要区别以及它们各自的优缺点')].length).toBeLessThanOrEqual(29);
  });

  it('does not break a character in two', () => {
    expect(titleFromPrompt('😀'.repeat(10) + ' a'.repeat(60))).not.toMatch(/[\ud800-\udbff]…/);
  });
});

describe('titleFromModel', () => {
  it('takes one line without quotes and label', () => {
    expect(titleFromModel('Title: "Blue skies explained."\nMore')).toBe('Blue skies explained');
    expect(titleFromModel('  ')).toBe('');
  });
});

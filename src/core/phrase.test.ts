import { describe, expect, it } from 'vitest';
import { english, mark, phrase } from './phrase';

describe('a phrase', () => {
  it('reads in English with its params, nested ones included', () => {
    const wait = phrase('Try again in {{seconds}} seconds', { seconds: 5 });
    expect(english(phrase('{{name}} is busy. {{wait}}.', { name: 'Groq', wait }))).toBe('Groq is busy. Try again in 5 seconds.');
  });

  it('leaves a param that is missing visible, and the params’ own braces alone', () => {
    expect(english(phrase('{{a}} and {{b}}', { a: '{{b}}' }))).toBe('{{b}} and {{b}}');
  });

  it('marks without changing', () => {
    expect(mark('Quality')).toBe('Quality');
  });
});

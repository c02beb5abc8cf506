import { describe, expect, it } from 'vitest';
import { hasMath, normalizeMath } from './math-text';

describe('normalizeMath', () => {
  it('leaves money alone', () => {
    expect(normalizeMath('It costs $5 and $10.')).toBe('It costs \\$5 and \\$10.');
    expect(normalizeMath('From $20 to $30, or 5$ each')).toBe('From \\$20 to \\$30, or 5\\$ each');
    expect(hasMath(normalizeMath('It costs $5 and $10.'))).toBe(false);
  });

  it('keeps inline mathematics', () => {
    expect(normalizeMath('Let $x = 1$ and $y$.')).toBe('Let $x = 1$ and $y$.');
    expect(normalizeMath('It is $5 for $x^2$ units')).toBe('It is \\$5 for $x^2$ units');
    expect(hasMath('Let $x$')).toBe(true);
  });

  it('reads the bracket forms', () => {
    expect(normalizeMath('Let \\( x^2 \\) be')).toBe('Let $x^2$ be');
    expect(normalizeMath('So\n\n\\[\nx = \\frac{1}{2}\n\\]\n\nis')).toBe('So\n\n$$\nx = \\frac{1}{2}\n$$\n\nis');
  });

  it('puts a display on lines of its own, inside its list or quote', () => {
    expect(normalizeMath('Then $$a+b$$ follows')).toBe('Then \n$$\na+b\n$$\n follows');
    expect(normalizeMath('1. Take \\[x\\]')).toBe('1. Take \n   $$\n   x\n   $$');
    expect(normalizeMath('> $$\n> x\n> $$')).toBe('> $$\n> x\n> $$');
    expect(normalizeMath('| a | $$x$$ |')).toBe('| a | $x$ |');
  });

  it('does not touch code', () => {
    const code = 'Run `echo $HOME $PATH` or\n\n```sh\necho $A $B \\[ \\]\n```\n';
    expect(normalizeMath(code)).toBe(code);
    const open = '```sh\necho $A and $B';
    expect(normalizeMath(open)).toBe(open);
  });

  it('waits for mathematics that has not ended', () => {
    expect(normalizeMath('So $$\nx = 1')).toBe('So \\$\\$\nx = 1');
    expect(normalizeMath('So \\[ x = ')).toBe('So \\[ x = ');
  });

  it('keeps escaped signs and LaTeX’s own backslashes', () => {
    expect(normalizeMath('\\$5 is money')).toBe('\\$5 is money');
    expect(normalizeMath('$a \\$ b$')).toBe('$a \\$ b$');
  });

  it('takes no time on a hostile text', () => {
    const start = performance.now();
    normalizeMath('$'.repeat(20_000));
    normalizeMath('$a '.repeat(10_000));
    normalizeMath('\\[ '.repeat(10_000));
    normalizeMath('`'.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

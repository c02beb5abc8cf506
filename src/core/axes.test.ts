import { describe, expect, it } from 'vitest';
import { AXIS_CONSTANTS } from './__fixtures__/router';
import { costIndex, measureResponse, responseAxes, wordsFromAxis } from './axes';
import { AXIS_NAMES, axisIndex } from './dimensions';

const RESPONSE = `## Boiling an egg

Sure! It's important to note that times may vary. For example, a small egg is done in 6-7 minutes.

1. **Boil** the water (Smith et al.).
2. Add the egg, e.g. with a spoon.
- Wait.

First, preheat nothing.
\`\`\`python
print("may might perhaps!")  # may
\`\`\`
Let me know if you have questions. Would you like a timer?`;

describe('measureResponse', () => {
  it('counts what a reader notices, outside code', () => {
    expect(measureResponse(RESPONSE)).toMatchObject({
      headers: 1, numbered: 2, bullets: 1, bold: 1, exclaims: 1, warmth: 1, hedges: 1, disclaimers: 1, examples: 2,
      steps: 1, citations: 1, equations: 1, askBack: 2, endsQuestion: 1, sentences: 12,
    });
  });

  it('counts words as letters with inner apostrophes or hyphens, and numbers', () => {
    expect(measureResponse("It's a well-known fact: 1,000.5 café_x **bold**").words).toBe(8);
    expect(measureResponse('').words).toBe(0);
  });

  it('gives the share of code, also when a fence was left open', () => {
    expect(measureResponse('ab```cd```ef').codeFraction).toBeCloseTo(8 / 12, 12);
    expect(measureResponse('ab```cdef').codeFraction).toBeCloseTo(7 / 9, 12);
    expect(measureResponse('').codeFraction).toBe(0);
  });

  it('knows easy from hard prose', () => {
    const easy = measureResponse('The cat sat on the mat. It was a good cat.').flesch;
    const hard = measureResponse('Institutional considerations necessitate comprehensive administrative deliberation.').flesch;
    expect(easy).toBeGreaterThan(100);
    expect(hard).toBeLessThan(0);
    // 206.835 − 1.015 · 6 − 84.6 · 12 / 6
    expect(measureResponse('The capital of Australia is Canberra.').flesch).toBeCloseTo(31.545, 6);
    expect(measureResponse('12345').flesch).toBe(0);
  });

  it('treats curly and straight apostrophes alike', () => {
    expect(measureResponse('It’s worth noting this.')).toEqual(measureResponse("It's worth noting this."));
  });

  it('is linear on a megabyte of hostile text', () => {
    const size = 1e6;
    const hostile = ['.', '. ', '*', '**a', ' ', '\n', '\n ', '#', '`', '```', '1', '1 ', 'a ', "a'", 'a-', '(', '[1', '= ', 'a =', '\\', '!?"', 'it is ', '1.', '- '];
    const slow = hostile.filter((unit) => {
      const text = `${unit.repeat(size / unit.length)}x`;
      const start = performance.now();
      measureResponse(text);
      return performance.now() - start > 3000;
    });
    expect(slow).toEqual([]);
  }, 60_000);
});

describe('responseAxes', () => {
  const measures = measureResponse(RESPONSE);

  it('standardises every measured axis', () => {
    const axes = responseAxes(measures, 0.03, AXIS_CONSTANTS);
    expect(axes).toHaveLength(AXIS_NAMES.length);
    expect(axes[axisIndex('length')]).toBeCloseTo(Math.log1p(measures.words) - 5, 12);
    expect(axes[axisIndex('length_fit')]).toBeCloseTo((-((Math.log1p(measures.words) - 5) ** 2) + 1) / 1.4, 12);
    expect(axes[axisIndex('structure')]).toBeCloseTo((Math.log1p(5) - 1.2) / 1.3, 12);
    expect(axes[axisIndex('certainty')]).toBeCloseTo((-Math.log1p(2) + 0.5) / 0.7, 12);
    expect(axes[axisIndex('economy')]).toBeCloseTo((-1 + 0.5) / 0.2, 12);
  });

  it('leaves quality and an unknown cost to the prediction', () => {
    const axes = responseAxes(measures, null, AXIS_CONSTANTS);
    expect(axes[axisIndex('quality')]).toBe(0);
    expect(axes[axisIndex('economy')]).toBe(0);
    expect(axes.every(Number.isFinite)).toBe(true);
    expect(responseAxes(measureResponse(''), 0, AXIS_CONSTANTS).every(Number.isFinite)).toBe(true);
  });

  it('clips the cost index', () => {
    expect(costIndex(0, AXIS_CONSTANTS)).toBe(0);
    expect(costIndex(1, AXIS_CONSTANTS)).toBe(1);
    expect(costIndex(Math.sqrt(6e-6 * 0.03), AXIS_CONSTANTS)).toBeCloseTo(0.5, 12);
  });
});

it('turns the length axis back into words', () => {
  for (const words of [1, 50, 1200]) {
    const text = 'word '.repeat(words);
    const axis = responseAxes(measureResponse(text), null, AXIS_CONSTANTS)[axisIndex('length')]!;
    expect(wordsFromAxis(axis, AXIS_CONSTANTS)).toBe(words);
  }
  expect(wordsFromAxis(-50, AXIS_CONSTANTS)).toBe(1);
});

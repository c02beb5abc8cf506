import { describe, expect, it } from 'vitest';
import { measureResponse } from '../core/axes';
import type { ResponseMeasures } from '../core/axes';
import { EXAMPLE_PROMPTS } from './example-prompts';
import { QUIZ_PROMPTS } from './quiz/index';
import type { QuizAnswer } from './quiz/index';
import { QUIZ_STYLES, QUIZ_TASKS } from './quiz/types';
import type { QuizStyle } from './quiz/types';

const ANSWERS = QUIZ_PROMPTS.flatMap((prompt) => prompt.answers);

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** The raw axes of the router, before standardisation, and the author's quality. */
const TRAITS: Readonly<Record<string, (answer: QuizAnswer, measures: ResponseMeasures) => number>> = {
  quality: (answer) => answer.quality,
  length: (_, m) => Math.log1p(m.words),
  structure: (_, m) => Math.log1p(m.headers + m.bullets + m.numbered + m.bold),
  simplicity: (_, m) => m.flesch,
  warmth: (_, m) => Math.log1p(m.warmth + m.exclaims),
  rigour: (_, m) => Math.log1p(m.steps + m.equations + m.citations),
  certainty: (_, m) => -Math.log1p(m.hedges + m.disclaimers),
  examples: (_, m) => Math.log1p(m.examples),
  interaction: (_, m) => Math.log1p(m.askBack + m.endsQuestion),
  code: (_, m) => m.codeFraction,
};

/** A text tagged with one of these styles must show it to the router, too. */
const VISIBLE_STYLES: readonly (readonly [QuizStyle, (measures: ResponseMeasures) => number])[] = [
  ['structured', (m) => m.headers + m.bullets + m.numbered + m.bold],
  ['warm', (m) => m.warmth + m.exclaims],
  ['rigorous', (m) => m.steps + m.equations + m.citations],
  ['hedged', (m) => m.hedges + m.disclaimers],
  ['examples', (m) => m.examples],
  ['asks-back', (m) => m.askBack + m.endsQuestion],
  ['code', (m) => m.codeFraction],
];

/** Differences of one trait over all pairs of answers to the same prompt: what a pick can teach. */
function pairDifferences(trait: (answer: QuizAnswer, measures: ResponseMeasures) => number): number[] {
  return QUIZ_PROMPTS.flatMap(({ answers }) => {
    const values = answers.map((answer) => trait(answer, measureResponse(answer.text)));
    return values.flatMap((left, index) => values.slice(index + 1).map((right) => left - right));
  });
}

/** Root mean square of the differences: by symmetry their mean is not informative. */
function spread(values: readonly number[]): number {
  return Math.sqrt(dot(values, values) / values.length);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function correlation(left: readonly number[], right: readonly number[]): number {
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}

/** Ids of the answers that break a rule, so that a failing test names them. */
function offenders(breaks: (answer: QuizAnswer) => boolean): string[] {
  return ANSWERS.filter(breaks).map((answer) => answer.id);
}

function range(values: readonly number[]): { readonly low: number; readonly high: number } {
  return { low: Math.min(...values), high: Math.max(...values) };
}

describe('taste quiz', () => {
  it('has at least 30 prompts with at least 4 answers each', () => {
    expect(QUIZ_PROMPTS.length).toBeGreaterThanOrEqual(30);
    expect(QUIZ_PROMPTS.filter((prompt) => prompt.answers.length < 4)).toEqual([]);
  });

  it('has unique ids and texts', () => {
    expect(new Set(QUIZ_PROMPTS.map((prompt) => prompt.id)).size).toBe(QUIZ_PROMPTS.length);
    expect(new Set(ANSWERS.map((answer) => answer.id)).size).toBe(ANSWERS.length);
    expect(new Set(ANSWERS.map((answer) => answer.text)).size).toBe(ANSWERS.length);
  });

  it('covers every task', () => {
    expect(new Set(QUIZ_PROMPTS.map((prompt) => prompt.task))).toEqual(new Set(QUIZ_TASKS));
  });

  it('uses every style tag, and each answer has at least one', () => {
    expect(offenders((answer) => answer.styles.length === 0)).toEqual([]);
    expect(new Set(ANSWERS.flatMap((answer) => answer.styles))).toEqual(new Set(QUIZ_STYLES));
  });

  it('has qualities on a standardised scale, and good and bad answers to every prompt', () => {
    const qualities = ANSWERS.map((answer) => answer.quality);
    const mean = qualities.reduce((sum, value) => sum + value, 0) / qualities.length;
    const variance = qualities.reduce((sum, value) => sum + (value - mean) ** 2, 0) / qualities.length;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.sqrt(variance)).toBeGreaterThan(0.8);
    expect(Math.max(...qualities.map(Math.abs))).toBeLessThanOrEqual(1.5);
    const flat = QUIZ_PROMPTS.filter(({ answers }) => {
      const { low, high } = range(answers.map((answer) => answer.quality));
      return high - low < 1;
    });
    expect(flat.map((prompt) => prompt.id)).toEqual([]);
  });

  it('says what is wrong with each flawed answer, and never rates one as good', () => {
    expect(ANSWERS.filter((answer) => answer.flawed).length).toBeGreaterThanOrEqual(15);
    expect(offenders((answer) => answer.flawed !== (answer.flaw !== null))).toEqual([]);
    expect(offenders((answer) => answer.flawed && answer.quality > -0.9)).toEqual([]);
  });

  it('spreads the length from a line to a page within every prompt', () => {
    const narrow = QUIZ_PROMPTS.filter(({ answers }) => {
      const { low, high } = range(answers.map((answer) => wordCount(answer.text)));
      return low > 40 || high < 200;
    });
    expect(narrow.map((prompt) => prompt.id)).toEqual([]);
    expect(offenders((answer) => wordCount(answer.text) > 420)).toEqual([]);
  });

  it('shows the router the styles that the author meant', () => {
    const unseen = VISIBLE_STYLES.flatMap(([style, measure]) =>
      offenders(({ styles, text }) => styles.includes(style) && measure(measureResponse(text)) === 0).map((id) => `${id}: ${style}`),
    );
    expect(unseen).toEqual([]);
  });

  it('varies every axis more between two answers than real responses vary on average', () => {
    // Deviations of the axes over real responses, rounded up from models/fingerprints.json; a pair differs by √2 of that.
    const real = { length: 1.04, structure: 1.29, simplicity: 25.9, warmth: 0.62, rigour: 0.67, certainty: 0.69, examples: 0.48, interaction: 0.17 };
    const flat = Object.entries(real).filter(([name, deviation]) => {
      const trait = TRAITS[name];
      return trait === undefined || spread(pairDifferences(trait)) < Math.SQRT2 * deviation;
    });
    expect(flat).toEqual([]);
  });

  it('varies the axes independently, so that pairs tell them apart', () => {
    const columns = Object.entries(TRAITS).map(([name, trait]) => ({ name, values: pairDifferences(trait) }));
    const entangled = columns.flatMap((left, index) =>
      columns
        .slice(index + 1)
        .filter((right) => Math.abs(correlation(left.values, right.values)) > 0.4)
        .map((right) => `${left.name} and ${right.name}`),
    );
    expect(entangled).toEqual([]);
  });

  it('closes every code block', () => {
    expect(offenders((answer) => countMatches(answer.text, /^```/gm) % 2 !== 0)).toEqual([]);
  });

  it('links and embeds nothing, so that showing it makes no request', () => {
    expect(offenders((answer) => /https?:|!\[|<[a-z]+[ >]/.test(answer.text))).toEqual([]);
  });
});

describe('example prompts', () => {
  it('are twelve different short starters that are not quiz prompts', () => {
    expect(EXAMPLE_PROMPTS.length).toBe(12);
    expect(new Set(EXAMPLE_PROMPTS.map((example) => example.id)).size).toBe(12);
    expect(EXAMPLE_PROMPTS.filter((example) => wordCount(example.label) > 4)).toEqual([]);
    const quizTexts = new Set(QUIZ_PROMPTS.map((prompt) => prompt.prompt));
    expect(EXAMPLE_PROMPTS.filter((example) => quizTexts.has(example.prompt))).toEqual([]);
  });
});

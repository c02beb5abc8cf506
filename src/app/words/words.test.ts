import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, axisIndex } from '../../core/dimensions';
import { costText, durationText, wordsText } from './amounts';
import { differenceWords, pickEffect, reasonLabel, tasteChanges, traitWords } from './axis-words';

function features(values: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: FEATURE_COUNT }, (_, index) => values[index] ?? 0);
}

describe('words for axes', () => {
  it('names the most striking differences to the other models first and leaves out what they share', () => {
    const seen = features({ [axisIndex('length')]: -2, [axisIndex('warmth')]: 0.7, [axisIndex('code')]: 3, [axisIndex('rigour')]: 0.1 });
    const other = features({ [axisIndex('code')]: 3 });
    expect(differenceWords(seen, [other, other], 3)).toEqual(['shorter', 'warmer']);
    expect(differenceWords(seen, [], 3)).toEqual([]);
    expect(traitWords(seen, 2)).toEqual(['mostly code', 'short']);
  });

  it('says in which direction the chosen answer differs', () => {
    const reason = { axis: 'length', contribution: 0.4 } as const;
    expect(reasonLabel(reason, features({ [axisIndex('length')]: -1 }), features({}))).toBe('Length: shorter');
  });

  it('says what one pick teaches, from the difference of the two and the uncertainty of each axis', () => {
    const identity = Array.from({ length: FEATURE_COUNT ** 2 }, (_, at) => (Math.floor(at / FEATURE_COUNT) === at % FEATURE_COUNT ? 1 : 0));
    const judged = (values: Readonly<Record<number, number>>) => ({ modelId: 'm', features: features(values), blindUtility: 0, words: 1, costUsd: null, latencyMs: null });
    const short = judged({ [axisIndex('length')]: -1, [axisIndex('warmth')]: 1 });
    const long = judged({ [axisIndex('length')]: 1, [axisIndex('warmth')]: 0.9 });
    const words = (outcome: 'win' | 'tie' | 'both_bad', covariance: readonly number[]) =>
      pickEffect({ outcome, chosen: short, rejected: long }, covariance, 3).map((change) => change.words);
    expect(words('win', identity)).toEqual(['shorter answers']);
    expect(words('both_bad', identity)).toEqual(['a more matter-of-fact tone']);
    expect(words('tie', identity)).toEqual([]);
    const sureOfLength = identity.map((value, at) => (at === axisIndex('length') * (FEATURE_COUNT + 1) ? 0.001 : value));
    expect(words('win', sureOfLength)).toEqual(['a warmer tone']);
  });

  it('tells how two states differ, the largest first', () => {
    const after = features({ [axisIndex('length')]: -0.3, [axisIndex('economy')]: 0.1 });
    expect(tasteChanges(features({}), after, 3).map((change) => change.words)).toEqual(['shorter answers', 'cheaper models']);
    expect(tasteChanges(after, after, 3)).toEqual([]);
  });
});

describe('amounts', () => {
  it('shows costs with the digits that matter', () => {
    expect([null, 0, 0.00001, 0.0004, 0.0123, 2.5].map(costText)).toEqual(['price unknown', 'free', 'under $0.0001', '$0.0004', '$0.012', '$2.50']);
  });

  it('rounds words and times as one would say them', () => {
    expect([7, 123, 462, 1840].map(wordsText)).toEqual(['about 5 words', 'about 120 words', 'about 450 words', 'about 1800 words']);
    expect([340, 1234].map(durationText)).toEqual(['340 ms', '1.2 s']);
  });
});

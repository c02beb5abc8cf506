import { describe, expect, it } from 'vitest';
import { QUERY_FEATURE_COUNT } from './dimensions';
import { QUERY_FEATURE_NAMES, queryFeatures } from './query-features';

const feature = (text: string, name: string) => queryFeatures(text)[QUERY_FEATURE_NAMES.indexOf(name)];

describe('queryFeatures', () => {
  it('has a name for each feature', () => {
    expect(QUERY_FEATURE_NAMES).toHaveLength(QUERY_FEATURE_COUNT);
  });

  it('counts words, characters and lines', () => {
    const features = queryFeatures('  Write a poem\nabout rain.  ');
    expect(features[0]).toBeCloseTo(Math.log(6) / 5, 6);
    expect(features[1]).toBeCloseTo(Math.log(29) / 7, 6);
    expect(features[2]).toBeCloseTo(Math.log(2) / 3, 6);
  });

  it('is zero for an empty prompt', () => {
    expect(Array.from(queryFeatures(''))).toEqual(new Array(QUERY_FEATURE_COUNT).fill(0));
    expect(feature('   ', 'ln_words')).toBe(0);
  });

  it('sees code, questions and writing', () => {
    expect(feature('def f(x): pass', 'has_code')).toBe(1);
    expect(feature('#include <stdio.h>', 'has_code')).toBe(1);
    expect(feature('a ``` fence', 'has_code')).toBe(1);
    expect(feature('select all functions', 'has_code')).toBe(0);
    expect(feature('Really? \n', 'ends_with_question')).toBe(1);
    expect(feature('Really? Yes.', 'ends_with_question')).toBe(0);
    expect(feature('Write an EMAIL', 'asks_to_write')).toBe(1);
    expect(feature('rewriting history', 'asks_to_write')).toBe(0);
  });

  it('counts UTF-16 code units', () => {
    expect(feature('é🙂ab', 'non_ascii_share')).toBeCloseTo(3 / 5, 6);
    expect(feature('a1b2', 'digit_share')).toBe(0.5);
  });

  it('takes a megabyte of hostile text in linear time', () => {
    for (const text of [' '.repeat(1e6), 'a '.repeat(5e5), '`'.repeat(1e6), '\n'.repeat(1e6)]) expect(queryFeatures(text).every(Number.isFinite)).toBe(true);
  });
});

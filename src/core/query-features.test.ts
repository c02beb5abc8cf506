import { describe, expect, it } from 'vitest';
import { QUERY_FEATURE_COUNT, QUERY_SCALAR_COUNT } from './dimensions';
import { QUERY_FEATURE_NAMES, queryFeatures } from './query-features';

const WORDS = new Map([['\n', 0], ['?', 1], ['don', 2], ['poem', 3], ['über', 4]]);

const feature = (text: string, name: string) => queryFeatures(text, WORDS)[QUERY_FEATURE_NAMES.indexOf(name)];

describe('queryFeatures', () => {
  it('has a name for each scalar', () => {
    expect(QUERY_FEATURE_NAMES).toHaveLength(QUERY_SCALAR_COUNT);
  });

  it('counts words, characters and lines', () => {
    const features = queryFeatures('  Write a poem\nabout rain.  ', WORDS);
    expect(features[0]).toBeCloseTo(Math.log(6) / 5, 6);
    expect(features[1]).toBeCloseTo(Math.log(29) / 7, 6);
    expect(features[2]).toBeCloseTo(Math.log(2) / 3, 6);
  });

  it('is zero for an empty prompt', () => {
    expect(Array.from(queryFeatures('', WORDS))).toEqual(new Array(QUERY_FEATURE_COUNT).fill(0));
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

  it('marks the words that a prompt holds, whatever their case, and none that merely contain them', () => {
    const held = (text: string) => [...WORDS.keys()].filter((word) => queryFeatures(text, WORDS)[QUERY_SCALAR_COUNT + WORDS.get(word)!] === 1);
    expect(held('Write a POEM, a poem?')).toEqual(['?', 'poem']);
    expect(held('poems\nÜBER alles, don’t')).toEqual(['\n', 'don', 'über']);
    expect(held(`${'a '.repeat(2000)}poem`)).toEqual([]);
    expect(queryFeatures('lamp', new Map())).toEqual(queryFeatures('desk', WORDS));
  });

  it('counts UTF-16 code units', () => {
    expect(feature('é🙂ab', 'non_ascii_share')).toBeCloseTo(3 / 5, 6);
    expect(feature('a1b2', 'digit_share')).toBe(0.5);
  });

  it('takes a megabyte of hostile text in linear time', () => {
    for (const text of [' '.repeat(1e6), 'a '.repeat(5e5), '`'.repeat(1e6), '\n'.repeat(1e6)]) expect(queryFeatures(text, WORDS).every(Number.isFinite)).toBe(true);
  });
});

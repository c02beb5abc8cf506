import { describe, expect, it } from 'vitest';
import { createRandom, deriveSeed, sampleIndex, sampleNormal } from './random';

describe('createRandom', () => {
  it('repeats for equal seeds and differs for others', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(0.5)).not.toEqual(draw(0));
    expect(draw(2 ** 40)).not.toEqual(draw(0));
  });

  it('is uniform in [0, 1)', () => {
    const bins = new Array<number>(10).fill(0);
    const random = createRandom(1);
    for (let i = 0; i < 20_000; i++) bins[Math.floor(random() * 10)]!++;
    for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(200);
  });

  it('refuses a seed that is no number', () => {
    expect(() => createRandom(NaN)).toThrow(RangeError);
  });
});

it('derives independent seeds by purpose', () => {
  expect(deriveSeed(1, 'side')).toBe(deriveSeed(1, 'side'));
  expect(deriveSeed(1, 'side')).not.toBe(deriveSeed(1, 'explore'));
  expect(deriveSeed(1, 'side')).not.toBe(deriveSeed(2, 'side'));
});

it('samples an index in proportion to its weight', () => {
  const random = createRandom(3);
  const seen = [0, 0, 0];
  for (let i = 0; i < 6000; i++) seen[sampleIndex([1, 0, 2], random)]!++;
  expect(seen[1]).toBe(0);
  expect(seen[0]! / 6000).toBeCloseTo(1 / 3, 1);
  expect(sampleIndex([0, 0], random)).toBe(-1);
});

it('draws standard normals', () => {
  const random = createRandom(4);
  const draws = Array.from({ length: 10_000 }, () => sampleNormal(random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(draws.reduce((sum, x) => sum + x * x, 0) / draws.length).toBeCloseTo(1, 1);
});

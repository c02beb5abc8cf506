import { describe, expect, it } from 'vitest';
import { base64ToBytes, bytesToBase64, decodeValue, encodeValue } from './values';

function roundTrip(value: unknown): unknown {
  return decodeValue(JSON.parse(JSON.stringify(encodeValue(value))));
}

describe('values in a backup', () => {
  it.each([
    ['floats to the last bit', Float32Array.from([0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 3.4e38, 1e-45])],
    ['a view into a larger buffer', new Float32Array([9, 1, 2, 9]).subarray(1, 3)],
    ['an empty vector', new Float32Array()],
    ['numbers that JSON has no word for', [Number.NaN, Number.NEGATIVE_INFINITY, 0.1 + 0.2, 1e21, 5e-324]],
    ['nested rows', { a: [{ b: null, c: 'x', d: [true, { e: new Float32Array([1]) }] }] }],
    ['text of any kind', 'a\u0000\u2028"\\ 你好 🙂 \ud800'],
    ['integer-like keys', { 2: 'b', 1: 'a', x: 'c' }],
  ])('keep %s', (_name, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it('refuse what no row may hold', () => {
    expect(() => encodeValue({ when: new Date(0) })).toThrow(/cannot hold \[object Date\]/);
    expect(() => encodeValue([new Float64Array(1)])).toThrow(TypeError);
  });

  it('leave nonsense for the schema to refuse', () => {
    expect(decodeValue({ $float32: '%%%' })).toEqual({ $float32: '%%%' });
    expect(decodeValue({ $float32: 'AAA=' })).toEqual({ $float32: 'AAA=' });
    expect(decodeValue({ $number: 'many' })).toEqual({ $number: 'many' });
    expect(base64ToBytes('not base64!')).toBeNull();
  });

  it('keep bytes longer than one call can take', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_value, index) => index % 251);
    expect(base64ToBytes(bytesToBase64(bytes))).toEqual(bytes);
  });
});

import { describe, expect, it } from 'vitest';
import { readLimit, usd } from './words';

describe('amounts', () => {
  it('are written with as many digits as they need', () => {
    expect([0, 0.00042, 0.0421, 12.3, -0.5].map(usd)).toEqual(['$0', '$0.00042', '$0.042', '$12.30', '−$0.500']);
  });

  it('are read as people type them', () => {
    expect(['', ' $10 ', '2,5', '0', 'ten', '-1', '1e999'].map(readLimit)).toEqual([null, 10, 2.5, 0, undefined, undefined, undefined]);
  });
});

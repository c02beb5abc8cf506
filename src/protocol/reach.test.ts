import { describe, expect, it } from 'vitest';
import { isReachRequest } from './reach';

describe('what a service worker is asked to reach', () => {
  it.each([
    ['http://localhost:11434/v1/models', true],
    ['http://127.0.0.1:1234/v1/models', true],
    ['http://[::1]:8080/v1/models', true],
    ['http://192.168.1.5:11434/v1/models', false],
    ['https://example.com/', false],
    ['http://localhost.example.com/', false],
    ['nonsense', false],
  ])('%s: %s', (url, expected) => {
    expect(isReachRequest({ type: 'REACH', url })).toBe(expected);
  });

  it('is not another message', () => {
    for (const data of [null, 'REACH', { type: 'WARM', url: 'http://localhost/' }, { type: 'REACH' }, { type: 'REACH', url: 1 }]) expect(isReachRequest(data)).toBe(false);
  });
});

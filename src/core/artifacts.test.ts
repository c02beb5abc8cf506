import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFingerprints, parseManifest } from './manifest';
import { estimateTokens, tokensFromWords } from './tokens';

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../../models/${file}`, import.meta.url), 'utf8'));

describe('the shipped artifacts', () => {
  it('parse', () => {
    const [manifest, fingerprints] = [parseManifest(read('manifest.json')), parseFingerprints(read('fingerprints.json'))];
    if (!manifest.ok) throw new Error(manifest.error.detail);
    if (!fingerprints.ok) throw new Error(fingerprints.error.detail);
    expect(Object.keys(fingerprints.value.fingerprints).length).toBeGreaterThan(10);
  });
});

it('estimates tokens', () => {
  expect(estimateTokens('')).toBe(0);
  expect(Math.abs(estimateTokens('How did US states get their names?') - 8)).toBeLessThanOrEqual(1);
  expect(estimateTokens('你好世界')).toBeGreaterThanOrEqual(3);
  expect(tokensFromWords(300)).toBe(399);
});

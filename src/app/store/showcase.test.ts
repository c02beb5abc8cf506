import { describe, expect, it } from 'vitest';
import { CATALOGUE, toModelCard } from '../../content/catalogue';
import { testCard } from '../testing/test-app';
import { showcase } from './showcase';

describe('showcase', () => {
  it('takes the newest of each provider and speed', () => {
    const older = { ...testCard('older'), provider: 'P', speed: 'fast', released: '2024-01' } as const;
    const newer = { ...older, id: 'newer', released: '2025-01' };
    const slow = { ...older, id: 'slow', speed: 'slow' } as const;
    expect(showcase([older, newer, slow]).map((card) => card.id)).toEqual(['newer', 'slow']);
  });

  it('is a varied handful of the real catalogue', () => {
    const cards = CATALOGUE.filter((entry) => !entry.legacy).map((entry) => toModelCard(entry, { id: entry.id, local: false }));
    const chosen = showcase(cards);
    expect(chosen.length).toBeGreaterThanOrEqual(15);
    expect(chosen.length).toBeLessThanOrEqual(45);
    expect(new Set(chosen.map((card) => card.provider))).toEqual(new Set(cards.map((card) => card.provider)));
  });
});

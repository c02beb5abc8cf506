import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue';
import { descriptionEmbedding, quantise } from './description-embeddings';

describe('descriptionEmbedding', () => {
  it('has a unit vector for every description as it stands now (else run: npm run embed-catalogue)', () => {
    const missing = CATALOGUE.filter((entry) => descriptionEmbedding(entry.description)?.length !== 384).map((entry) => entry.id);
    expect(missing).toEqual([]);
    const vector = descriptionEmbedding(CATALOGUE[0]!.description)!;
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it('tells descriptions apart, and does not know one that was edited', () => {
    const [first, second] = CATALOGUE.map((entry) => descriptionEmbedding(entry.description)!);
    const cosine = first!.reduce((sum, value, index) => sum + value * second![index]!, 0);
    expect(cosine).toBeLessThan(0.98);
    expect(descriptionEmbedding(`${CATALOGUE[0]!.description} `)).toBeNull();
  });

  it('loses almost nothing to int8', () => {
    const exact = Float32Array.from({ length: 384 }, (_, index) => Math.sin(index * 1.7));
    const length = Math.hypot(...exact);
    const unit = exact.map((value) => value / length);
    const stored = quantise(unit);
    const restored = unit.map((_, index) => ((Number.parseInt(stored.slice(2 * index, 2 * index + 2), 16) << 24) >> 24) / 380);
    const cosine = unit.reduce((sum, value, index) => sum + value * restored[index]!, 0) / Math.hypot(...restored);
    expect(cosine).toBeGreaterThan(0.9995);
  });
});

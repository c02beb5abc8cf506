/** A source of uniform numbers in [0, 1). The core never draws from anything else. */
export type Random = () => number;

/**
 * Deterministic generator: mulberry32 (T. Ettinger, public domain), 32 bits of state, period 2^32.
 * Good for sampling and tie-breaking, not for cryptography. Equal seeds give equal sequences.
 */
export function createRandom(seed: number): Random {
  let state = mixSeed(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed of its own for one named purpose, so that two draws from one request stay independent. */
export function deriveSeed(seed: number, purpose: string): number {
  let hash = 0x811c9dc5 ^ mixSeed(seed);
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Index drawn with probability proportional to `weights`; −1 when they sum to nothing. */
export function sampleIndex(weights: readonly number[], random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return -1;
  let remaining = random() * total;
  let last = -1;
  for (const [i, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = i;
    remaining -= weight;
    if (remaining < 0) return i;
  }
  return last;
}

/** One standard normal draw (Box–Muller). */
export function sampleNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Spreads any finite number, fractions and large ones included, over 32 bits. */
function mixSeed(seed: number): number {
  if (!Number.isFinite(seed)) throw new RangeError(`A seed must be a finite number, got ${seed}`);
  const low = seed | 0;
  const high = Math.trunc(seed / 4294967296) | 0;
  const fraction = Math.trunc((seed - Math.trunc(seed)) * 4294967296) | 0;
  return Math.imul(low ^ Math.imul(high, 0x9e3779b1) ^ Math.imul(fraction, 0x85ebca6b), 0xc2b2ae35);
}

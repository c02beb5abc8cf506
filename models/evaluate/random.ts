import { createRandom } from '../../src/core/random';

/** Standard normal draws by Box–Muller from a uniform source. */
export function createNormal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Fisher–Yates; returns a new array. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const held = result[index] as Item;
    result[index] = result[other] as Item;
    result[other] = held;
  }
  return result;
}

/** A stream of its own for every (seed, label), so that adding a protocol does not move another's draws. */
export function randomFor(seed: number, label: string): () => number {
  let hash = 2166136261 ^ seed;
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 16777619);
  }
  return createRandom(hash >>> 0);
}

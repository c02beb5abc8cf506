import { dot } from './linear';
import { shuffled } from './random';

/** Spherical k-means; returns `k` unit centroids. Deterministic for one `random`. */
export function kMeans(points: readonly Float32Array[], k: number, random: () => number, rounds = 25): Float32Array[] {
  let centroids = shuffled(points, random).slice(0, k);
  for (let round = 0; round < rounds; round++) {
    const sums = centroids.map((centroid) => new Float32Array(centroid.length));
    for (const point of points) {
      const sum = sums[nearest(point, centroids)];
      if (sum) for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (point[index] ?? 0);
    }
    centroids = sums.map((sum, index) => unit(sum) ?? centroids[index] ?? sum);
  }
  return centroids;
}

function unit(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? null : vector.map((value) => value / length);
}

export function nearest(point: ArrayLike<number>, centroids: readonly ArrayLike<number>[]): number {
  let best = 0;
  let bestSimilarity = -Infinity;
  centroids.forEach((centroid, index) => {
    const similarity = dot(point, centroid);
    if (similarity > bestSimilarity) [best, bestSimilarity] = [index, similarity];
  });
  return best;
}

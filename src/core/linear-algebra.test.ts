import { describe, expect, it } from 'vitest';
import { cholesky, covarianceFromCorrelation, dot, identityMatrix, invertCholesky, multiplyVector, quadraticForm, solveCholesky } from './linear-algebra';
import { createRandom, sampleNormal } from './random';

/** A Aᵀ + I */
function positiveDefinite(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const a = Float64Array.from({ length: n * n }, () => sampleNormal(random));
  const out = identityMatrix(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j]! += dot(a.subarray(i * n, (i + 1) * n), a.subarray(j * n, (j + 1) * n));
  return out;
}

describe('Cholesky', () => {
  it('solves and inverts', () => {
    for (const n of [1, 2, 21, 24]) {
      const matrix = positiveDefinite(n, n);
      const factor = cholesky(matrix, n);
      if (factor === null) throw new Error('positive definite by construction');
      const x = Float64Array.from({ length: n }, (_, i) => i - 3);
      for (const [i, value] of solveCholesky(factor, multiplyVector(matrix, x)).entries()) expect(value).toBeCloseTo(x[i]!, 8);
      const inverse = invertCholesky(factor, n);
      for (const [i, value] of multiplyVector(inverse, multiplyVector(matrix, x)).entries()) expect(value).toBeCloseTo(x[i]!, 8);
    }
  });

  it('reads the lower triangle only', () => {
    expect(Array.from(cholesky([4, 99, 2, 5], 2)!)).toEqual([2, 0, 1, 2]);
  });

  it('returns null for what is not positive definite', () => {
    expect(cholesky([1, 2, 2, 1], 2)).toBeNull();
    expect(cholesky([0], 1)).toBeNull();
    expect(cholesky([NaN], 1)).toBeNull();
  });
});

it('computes quadratic forms, also over a leading block', () => {
  expect(quadraticForm([2, 1, 1, 3], [1, 2])).toBe(2 + 4 + 12);
  expect(quadraticForm([2, 1, 1, 3], [3], 2)).toBe(18);
});

it('scales a correlation to a covariance', () => {
  expect(Array.from(covarianceFromCorrelation([1, 0.5, 0.5, 1], [2, 3]))).toEqual([4, 3, 3, 9]);
});

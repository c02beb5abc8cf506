/** Dense linear algebra for the few-shot update: symmetric matrices up to about 32 × 32, row-major Float64Array. */

export function dot(a: ArrayLike<number>, b: ArrayLike<number>, length = a.length): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** `matrix · vector` for an n × n matrix. */
export function multiplyVector(matrix: ArrayLike<number>, vector: ArrayLike<number>): Float64Array {
  const n = vector.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    out[i] = sum;
  }
  return out;
}

/** `vectorᵀ · matrix · vector` over the leading `vector.length` of a matrix whose rows are `stride` long. */
export function quadraticForm(matrix: ArrayLike<number>, vector: ArrayLike<number>, stride = vector.length): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    let row = 0;
    for (let j = 0; j < vector.length; j++) row += matrix[i * stride + j]! * vector[j]!;
    sum += vector[i]! * row;
  }
  return sum;
}

/**
 * Lower Cholesky factor of a symmetric n × n matrix, of which only the lower triangle is read.
 * Null when the matrix is not positive definite.
 */
export function cholesky(matrix: ArrayLike<number>, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!;
      else if (sum > 1e-14) lower[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** Solves `L Lᵀ x = b`. */
export function solveCholesky(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const n = b.length;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  return x;
}

/** `(L Lᵀ)⁻¹`, exactly symmetric. */
export function invertCholesky(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let column = 0; column < n; column++) {
    unit.fill(0);
    unit[column] = 1;
    const solution = solveCholesky(lower, unit);
    for (let row = column; row < n; row++) {
      inverse[row * n + column] = solution[row]!;
      inverse[column * n + row] = solution[row]!;
    }
  }
  return inverse;
}

/** xᵀ Σ x from the Cholesky factor of Σ⁻¹: |L⁻¹ x|². */
export function varianceAlong(factor: Float64Array, direction: Float64Array): number {
  const n = direction.length;
  const solved = new Float64Array(n);
  let first = 0;
  while (first < n && direction[first] === 0) first++;
  let sum = 0;
  for (let i = first; i < n; i++) {
    let value = direction[i]!;
    const row = i * n;
    for (let j = first; j < i; j++) value -= factor[row + j]! * solved[j]!;
    value /= factor[row + i]!;
    solved[i] = value;
    sum += value * value;
  }
  return sum;
}

/** max |a − b|, entry by entry. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** `a + scale · b`. A loop, since `map` on typed arrays is an order of magnitude slower. */
export function addScaled(a: Float64Array, b: Float64Array, scale: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i]! + scale * b[i]!;
  return out;
}

/** `matrix += scale · v vᵀ` in place. */
export function addOuter(matrix: Float64Array, v: Float64Array, scale: number): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const scaled = scale * v[i]!;
    const row = i * n;
    for (let j = 0; j < n; j++) matrix[row + j] = matrix[row + j]! + scaled * v[j]!;
  }
}

/** `diag(sd) · R · diag(sd)`. */
export function covarianceFromCorrelation(correlation: ArrayLike<number>, sd: ArrayLike<number>): Float64Array {
  const n = sd.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) covariance[i * n + j] = correlation[i * n + j]! * sd[i]! * sd[j]!;
  }
  return covariance;
}

/** `[n × n]` → `[(n + L) × (n + L)]`: the matrix, and after it `diagonal` `[L]`, with zeros between. */
export function extendDiagonally(matrix: ArrayLike<number>, n: number, diagonal: readonly number[]): Float64Array {
  const size = n + diagonal.length;
  const extended = new Float64Array(size * size);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) extended[i * size + j] = matrix[i * n + j]!;
  }
  diagonal.forEach((value, k) => (extended[(n + k) * (size + 1)] = value));
  return extended;
}

export function identityMatrix(n: number): Float64Array {
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  return identity;
}

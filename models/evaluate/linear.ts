/** Small dense linear algebra for the fitted baselines; row-major Float64Array. */

/** In-place Cholesky factor L of a symmetric positive definite `[n × n]` matrix (lower triangle). @throws when it is not. */
function cholesky(matrix: Float64Array, n: number): Float64Array {
  for (let column = 0; column < n; column++) {
    for (let row = column; row < n; row++) {
      let sum = matrix[row * n + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (matrix[row * n + k] ?? 0) * (matrix[column * n + k] ?? 0);
      if (row === column) {
        if (sum <= 0) throw new Error('matrix is not positive definite');
        matrix[row * n + column] = Math.sqrt(sum);
      } else matrix[row * n + column] = sum / (matrix[column * n + column] ?? 1);
    }
  }
  return matrix;
}

/** Solves A X = B for symmetric positive definite A `[n × n]` and B `[n × width]`. */
export function solveSymmetric(matrix: Float64Array, n: number, right: Float64Array, width: number): Float64Array {
  const factor = cholesky(Float64Array.from(matrix), n);
  const x = Float64Array.from(right);
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) subtractRow(x, row, k, factor[row * n + k] ?? 0, width);
    scaleRow(x, row, 1 / (factor[row * n + row] ?? 1), width);
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) subtractRow(x, row, k, factor[k * n + row] ?? 0, width);
    scaleRow(x, row, 1 / (factor[row * n + row] ?? 1), width);
  }
  return x;
}

function subtractRow(x: Float64Array, row: number, other: number, factor: number, width: number): void {
  for (let column = 0; column < width; column++) x[row * width + column] = (x[row * width + column] ?? 0) - factor * (x[other * width + column] ?? 0);
}

function scaleRow(x: Float64Array, row: number, factor: number, width: number): void {
  for (let column = 0; column < width; column++) x[row * width + column] = (x[row * width + column] ?? 0) * factor;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += (a[index] ?? 0) * (b[index] ?? 0);
  return total;
}

/**
 * Ridge regression on unit vectors in its dual form: fit once, predict `width` targets at a time.
 * @param inputs unit vectors, one per row of `targets`
 * @param targets `[rows × width]`, centred inside
 */
export function fitRidge(inputs: readonly Float32Array[], targets: Float64Array, width: number, penalty: number): (input: Float32Array) => Float64Array {
  const rows = inputs.length;
  const centre = new Float64Array(width);
  for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) centre[column] = (centre[column] ?? 0) + (targets[row * width + column] ?? 0) / rows;
  const residual = Float64Array.from(targets, (value, index) => value - (centre[index % width] ?? 0));
  const kernel = new Float64Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column <= row; column++) {
      const value = dot(inputs[row] ?? [], inputs[column] ?? []) + (row === column ? penalty : 0);
      kernel[row * rows + column] = value;
      kernel[column * rows + row] = value;
    }
  }
  const dual = solveSymmetric(kernel, rows, residual, width);
  return (input) => {
    const prediction = Float64Array.from(centre);
    for (let row = 0; row < rows; row++) {
      const similarity = dot(inputs[row] ?? [], input);
      for (let column = 0; column < width; column++) prediction[column] = (prediction[column] ?? 0) + similarity * (dual[row * width + column] ?? 0);
    }
    return prediction;
  };
}

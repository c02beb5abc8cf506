/** A small reverse-mode automatic differentiation over dense matrices: enough to train the neural baselines honestly. */
export class Matrix {
  readonly data: Float64Array;
  /** Filled by `backward`. */
  readonly grad: Float64Array;

  constructor(
    readonly rows: number,
    readonly cols: number,
    data?: ArrayLike<number>,
  ) {
    this.data = data ? Float64Array.from(data) : new Float64Array(rows * cols);
    this.grad = new Float64Array(rows * cols);
  }
}

/** Glorot-uniform weights. */
export function weights(rows: number, cols: number, random: () => number): Matrix {
  const limit = Math.sqrt(6 / (rows + cols));
  return new Matrix(rows, cols, Float64Array.from({ length: rows * cols }, () => (2 * random() - 1) * limit));
}

/** Records what is computed, so that `backward` can walk it back. One tape for one step. */
export class Tape {
  private readonly steps: (() => void)[] = [];

  matmul(a: Matrix, b: Matrix): Matrix {
    const out = new Matrix(a.rows, b.cols);
    multiplyInto(out.data, a.data, b.data, a.rows, a.cols, b.cols);
    this.steps.push(() => {
      multiplyTransposedInto(a.grad, out.grad, b.data, a.rows, b.cols, a.cols);
      transposedMultiplyInto(b.grad, a.data, out.grad, a.rows, a.cols, b.cols);
    });
    return out;
  }

  /** a · bᵀ */
  matmulTransposed(a: Matrix, b: Matrix): Matrix {
    const out = new Matrix(a.rows, b.rows);
    multiplyTransposedInto(out.data, a.data, b.data, a.rows, a.cols, b.rows);
    this.steps.push(() => {
      multiplyInto(a.grad, out.grad, b.data, a.rows, b.rows, a.cols);
      transposedMultiplyInto(b.grad, out.grad, a.data, a.rows, b.rows, a.cols);
    });
    return out;
  }

  /** Sum of equal shapes, or of a matrix and a row that is added to each of its rows. */
  add(a: Matrix, b: Matrix): Matrix {
    const out = new Matrix(a.rows, a.cols);
    const wrap = b.rows === 1 ? a.cols : a.data.length;
    for (let i = 0; i < out.data.length; i++) out.data[i] = a.data[i]! + b.data[i % wrap]!;
    this.steps.push(() => {
      for (let i = 0; i < out.grad.length; i++) {
        a.grad[i]! += out.grad[i]!;
        b.grad[i % wrap]! += out.grad[i]!;
      }
    });
    return out;
  }

  relu(a: Matrix): Matrix {
    const out = new Matrix(a.rows, a.cols);
    for (let i = 0; i < out.data.length; i++) out.data[i] = Math.max(0, a.data[i]!);
    this.steps.push(() => {
      for (let i = 0; i < out.grad.length; i++) if (a.data[i]! > 0) a.grad[i]! += out.grad[i]!;
    });
    return out;
  }

  /** Rows `index` of a matrix, in that order. */
  gather(a: Matrix, index: readonly number[]): Matrix {
    const out = new Matrix(index.length, a.cols);
    index.forEach((row, i) => out.data.set(a.data.subarray(row * a.cols, (row + 1) * a.cols), i * a.cols));
    this.steps.push(() => {
      index.forEach((row, i) => {
        for (let col = 0; col < a.cols; col++) a.grad[row * a.cols + col]! += out.grad[i * a.cols + col]!;
      });
    });
    return out;
  }

  /** Mean cross-entropy of rows of logits with target distributions; starts the gradient. */
  crossEntropy(logits: Matrix, targets: Float64Array): number {
    const { rows, cols } = logits;
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const p = softmax(logits.data.subarray(row * cols, (row + 1) * cols));
      for (let col = 0; col < cols; col++) {
        const target = targets[row * cols + col]!;
        if (target > 0) loss -= (target * Math.log(Math.max(p[col]!, 1e-12))) / rows;
        logits.grad[row * cols + col] = (p[col]! - target) / rows;
      }
    }
    return loss;
  }

  backward(): void {
    for (let step = this.steps.length - 1; step >= 0; step--) this.steps[step]!();
  }
}

export function softmax(values: Float64Array): Float64Array {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  const out = values.map((value) => Math.exp(value - most));
  let total = 0;
  for (const value of out) total += value;
  return out.map((value) => value / total);
}

/** out += a[n × k] · b[k × m] */
function multiplyInto(out: Float64Array, a: Float64Array, b: Float64Array, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const value = a[i * k + j]!;
      if (value === 0) continue;
      for (let col = 0; col < m; col++) out[i * m + col]! += value * b[j * m + col]!;
    }
  }
}

/** out += a[n × k] · b[m × k]ᵀ */
function multiplyTransposedInto(out: Float64Array, a: Float64Array, b: Float64Array, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let col = 0; col < k; col++) sum += a[i * k + col]! * b[j * k + col]!;
      out[i * m + j]! += sum;
    }
  }
}

/** out[k × m] += a[n × k]ᵀ · b[n × m] */
function transposedMultiplyInto(out: Float64Array, a: Float64Array, b: Float64Array, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const value = a[i * k + j]!;
      if (value === 0) continue;
      for (let col = 0; col < m; col++) out[j * m + col]! += value * b[i * m + col]!;
    }
  }
}

/** Adam (Kingma & Ba 2015) with decoupled weight decay. */
export class Adam {
  private readonly moments: { readonly first: Float64Array; readonly second: Float64Array }[];
  private step = 0;

  constructor(
    private readonly parameters: readonly Matrix[],
    private readonly rate: number,
    private readonly decay: number,
  ) {
    this.moments = parameters.map(({ data }) => ({ first: new Float64Array(data.length), second: new Float64Array(data.length) }));
  }

  /** Applies the gradients and clears them. */
  update(): void {
    this.step++;
    const [b1, b2] = [0.9, 0.999];
    this.parameters.forEach(({ data, grad }, index) => {
      const { first, second } = this.moments[index]!;
      for (let i = 0; i < data.length; i++) {
        first[i] = b1 * first[i]! + (1 - b1) * grad[i]!;
        second[i] = b2 * second[i]! + (1 - b2) * grad[i]! ** 2;
        const size = first[i]! / (1 - b1 ** this.step) / (Math.sqrt(second[i]! / (1 - b2 ** this.step)) + 1e-8);
        data[i] = data[i]! * (1 - this.rate * this.decay) - this.rate * size;
        grad[i] = 0;
      }
    });
  }
}

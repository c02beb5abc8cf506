/** The leading principal directions of a few hundred vectors, by block power iteration; deterministic for one `random`. */
export function principalDirections(rows: readonly ArrayLike<number>[], count: number, random: () => number): { readonly centre: Float64Array; readonly directions: readonly Float64Array[] } {
  const size = rows[0]?.length ?? 0;
  const centre = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) centre[i]! += row[i]! / rows.length;
  const centred = rows.map((row) => Float64Array.from({ length: size }, (_, i) => row[i]! - centre[i]!));
  let block: readonly Float64Array[] = Array.from({ length: count }, () => Float64Array.from({ length: size }, () => random() - 0.5));
  for (let round = 0; round < 12; round++) block = orthonormal(block.map((direction) => covarianceTimes(centred, direction)));
  return { centre, directions: block };
}

function covarianceTimes(rows: readonly Float64Array[], direction: Float64Array): Float64Array {
  const out = new Float64Array(direction.length);
  for (const row of rows) {
    let along = 0;
    for (let i = 0; i < row.length; i++) along += row[i]! * direction[i]!;
    for (let i = 0; i < row.length; i++) out[i]! += along * row[i]!;
  }
  return out;
}

/** Gram–Schmidt; directions beyond the rank become zero. */
function orthonormal(block: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of block) {
    const out = Float64Array.from(vector);
    const before = length(out);
    for (const other of done) {
      let along = 0;
      for (let i = 0; i < out.length; i++) along += out[i]! * other[i]!;
      for (let i = 0; i < out.length; i++) out[i]! -= along * other[i]!;
    }
    const norm = length(out);
    done.push(norm > 1e-9 * before && norm > 0 ? out.map((value) => value / norm) : new Float64Array(out.length));
  }
  return done;
}

function length(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

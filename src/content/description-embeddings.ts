import table from './embeddings.generated.json';

/** Vectors are unit vectors, so one scale for all keeps their angles to about 1e-4. */
const SCALE = 1 / 380;
const VECTORS: Readonly<Record<string, string>> = table.vectors;

/** FNV-1a of a description, 32 bits in hexadecimal: tells an edited description from the one that was encoded. */
export function descriptionKey(description: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < description.length; index++) hash = Math.imul(hash ^ description.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** `[384]` unit vector → int8 in hexadecimal pairs, of which gzip makes less than of base64. */
export function quantise(vector: Float32Array): string {
  return Array.from(vector, (value) => (Math.max(-127, Math.min(127, Math.round(value / SCALE))) & 0xff).toString(16).padStart(2, '0')).join('');
}

/** The encoder's vector `[384]` of a catalogue description, L2-normalised; null when it is not from the catalogue. */
export function descriptionEmbedding(description: string): Float32Array | null {
  const stored = VECTORS[descriptionKey(description)];
  if (stored === undefined) return null;
  const vector = Float32Array.from({ length: stored.length / 2 }, (_, index) => (Number.parseInt(stored.slice(2 * index, 2 * index + 2), 16) << 24) >> 24);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

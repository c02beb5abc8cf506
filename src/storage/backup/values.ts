/**
 * JSON cannot hold a Float32Array, bytes, or a number that is not finite; they are written as one-key objects, so that a row comes back bit
 * for bit. `{"$float32": base64 of the little-endian bytes}`, `{"$bytes": base64}`, `{"$number": "NaN" | "Infinity" | "-Infinity"}`.
 */
const FLOAT32_KEY = '$float32';
const BYTES_KEY = '$bytes';
const NUMBER_KEY = '$number';
const SPECIAL_NUMBERS: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY };

/** A value that JSON.stringify writes without loss. Throws TypeError on what no row may hold (functions, other typed arrays). */
export function encodeValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [NUMBER_KEY]: String(value) };
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined) return value;
  if (value instanceof Float32Array) return { [FLOAT32_KEY]: float32ToBase64(value) };
  if (value instanceof Uint8Array) return { [BYTES_KEY]: bytesToBase64(value) };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (isPlainObject(value)) return mapEntries(value, encodeValue);
  throw new TypeError(`A backup cannot hold ${Object.prototype.toString.call(value)}`);
}

/** The inverse. An encoding that makes no sense is left as it is, for the row's schema to refuse. */
export function decodeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isPlainObject(value)) return value;
  return decodeSpecial(value) ?? mapEntries(value, decodeValue);
}

export function bytesToBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // A call takes a limited number of arguments.
  for (let start = 0; start < bytes.length; start += 0x2000) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + 0x2000)));
  }
  return btoa(pieces.join(''));
}

/** Null when the text is not base64. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function float32ToBase64(vector: Float32Array): string {
  return bytesToBase64(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
}

function decodeSpecial(value: Readonly<Record<string, unknown>>): unknown {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  const content = value[key];
  if (typeof content !== 'string') return undefined;
  if (key === NUMBER_KEY) return SPECIAL_NUMBERS[content];
  if (key !== FLOAT32_KEY && key !== BYTES_KEY) return undefined;
  const bytes = base64ToBytes(content);
  if (key === BYTES_KEY) return bytes ?? undefined;
  return bytes === null || bytes.length % 4 !== 0 ? undefined : new Float32Array(bytes.buffer);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function mapEntries(value: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, change(content)]));
}

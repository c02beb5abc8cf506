import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDING_SIZE } from '../../src/core/dimensions';

const HASH_BYTES = 16;
const RECORD_BYTES = HASH_BYTES + EMBEDDING_SIZE * 4;
/** Below node_modules, which git ignores: encoding takes most of a first run and nothing of the next. */
const DEFAULT_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/tacit-embeddings');

/**
 * Embeddings of texts on disk: one file for each encoder, records of 16 bytes of the text's sha256 and 384 floats, only ever appended. What another
 * thread appended meanwhile is read when a text is missed.
 */
export class EmbeddingCache {
  private readonly path: string;
  private readonly known = new Map<string, Float32Array>();
  private readUpTo = 0;

  constructor(encoderHash: string, folder: string = DEFAULT_FOLDER) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${encoderHash.slice(0, 16)}.bin`);
    this.readNew();
  }

  private readNew(): void {
    if (!existsSync(this.path) || statSync(this.path).size < this.readUpTo + RECORD_BYTES) return;
    const bytes = readFileSync(this.path);
    for (; this.readUpTo + RECORD_BYTES <= bytes.length; this.readUpTo += RECORD_BYTES) {
      const vector = new Float32Array(EMBEDDING_SIZE);
      new Uint8Array(vector.buffer).set(bytes.subarray(this.readUpTo + HASH_BYTES, this.readUpTo + RECORD_BYTES));
      this.known.set(bytes.toString('hex', this.readUpTo, this.readUpTo + HASH_BYTES), vector);
    }
  }

  get(text: string): Float32Array | null {
    const key = keyOf(text);
    if (!this.known.has(key)) this.readNew();
    return this.known.get(key) ?? null;
  }

  /** One write for each record, so that two threads that append do not mix theirs. */
  put(text: string, embedding: Float32Array): void {
    const key = keyOf(text);
    if (this.known.has(key)) return;
    this.known.set(key, embedding);
    appendFileSync(this.path, Buffer.concat([Buffer.from(key, 'hex'), Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength)]));
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_BYTES * 2);
}

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDING_SIZE } from '../../src/core/dimensions';

const HASH_BYTES = 16;
const RECORD_BYTES = HASH_BYTES + EMBEDDING_SIZE * 4;
/** Below node_modules, which git ignores: encoding takes most of a first run and nothing of the next. */
const DEFAULT_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/tacit-embeddings');

/** Embeddings of texts on disk: one file for each encoder, records of 16 bytes of the text's sha256 and 384 floats, only ever appended. */
export class EmbeddingCache {
  private readonly path: string;
  private readonly known = new Map<string, Float32Array>();

  constructor(encoderHash: string, folder: string = DEFAULT_FOLDER) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${encoderHash.slice(0, 16)}.bin`);
    if (existsSync(this.path)) this.read(readFileSync(this.path));
  }

  private read(bytes: Buffer): void {
    for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
      const vector = new Float32Array(EMBEDDING_SIZE);
      new Uint8Array(vector.buffer).set(bytes.subarray(at + HASH_BYTES, at + RECORD_BYTES));
      this.known.set(bytes.toString('hex', at, at + HASH_BYTES), vector);
    }
  }

  get(text: string): Float32Array | null {
    return this.known.get(keyOf(text)) ?? null;
  }

  /** One write for each record, so that two processes that append do not mix theirs. */
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

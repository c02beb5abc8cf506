import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EMBEDDING_SIZE } from '../../src/core/dimensions';
import { parseFingerprints, parseManifest, type ArtifactManifest, type FingerprintTable } from '../../src/core/manifest';
import type { Result } from '../../src/core/result';
import { SentenceEncoder } from '../../src/engine/encoder';
import { encoderPaths } from '../../src/engine/encoder-files';
import { Runtime, type GraphSession } from '../../src/engine/runtime';
import { DataError } from './files';

/** The files a user's browser would load, run by the same code on ONNX Runtime's WASM provider with one thread. */
export interface Artifacts {
  readonly manifest: ArtifactManifest;
  readonly fingerprints: FingerprintTable;
  readonly router: GraphSession;
  /** Embeddings of texts, cached on disk by the encoder's hash: they take most of a first run. */
  embed(texts: readonly string[], report: (done: number) => void): Promise<Float32Array[]>;
}

function unwrap<Value>(result: Result<Value, { readonly detail: string }>): Value {
  if (!result.ok) throw new DataError(result.error.detail);
  return result.value;
}

function wasmRuntime(): Runtime {
  const { resolve } = createRequire(import.meta.url);
  const url = (name: string) => pathToFileURL(resolve(`onnxruntime-web/${name}`)).href;
  return new Runtime('wasm', { mjs: url('ort-wasm-simd-threaded.mjs'), wasm: url('ort-wasm-simd-threaded.wasm') }, 1);
}

function readVerified(folder: string, manifest: ArtifactManifest, path: string): Buffer {
  const bytes = readFileSync(join(folder, path));
  const expected = manifest.files[path]?.sha256;
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (expected !== actual) throw new DataError(`${join(folder, path)} does not match its sha256 in manifest.json`);
  return bytes;
}

/** @throws DataError when a file is missing, corrupt or of another contract */
export async function loadArtifacts(folder: string): Promise<Artifacts> {
  const manifest = unwrap(parseManifest(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))));
  const fingerprints = unwrap(parseFingerprints(JSON.parse(readVerified(folder, manifest, 'fingerprints.json').toString('utf8'))));
  const runtime = wasmRuntime();
  const router = await runtime.load(readVerified(folder, manifest, 'router.onnx'));
  const paths = encoderPaths(manifest, 'wasm');
  const openEncoder = async () => {
    const json = (path: string) => JSON.parse(readVerified(folder, manifest, path).toString('utf8')) as object;
    const session = await runtime.load(readVerified(folder, manifest, paths.model));
    return new SentenceEncoder(session, { tokenizer: json(paths.tokenizer), tokenizerConfig: json(paths.tokenizerConfig) }, manifest.encoder.maxTokens);
  };
  const cache = new EmbeddingCache(manifest.files[paths.model]?.sha256 ?? '', openEncoder);
  return { manifest, fingerprints, router, embed: (texts, report) => cache.embed(texts, report) };
}

class EmbeddingCache {
  private encoder: Promise<SentenceEncoder> | null = null;
  private readonly folder: string;

  constructor(
    encoderHash: string,
    private readonly open: () => Promise<SentenceEncoder>,
  ) {
    this.folder = join(tmpdir(), 'tacit-embeddings', encoderHash.slice(0, 16));
    mkdirSync(this.folder, { recursive: true });
  }

  async embed(texts: readonly string[], report: (done: number) => void): Promise<Float32Array[]> {
    const result: Float32Array[] = [];
    for (const text of texts) {
      result.push(await this.one(text));
      report(result.length);
    }
    return result;
  }

  private async one(text: string): Promise<Float32Array> {
    const path = join(this.folder, createHash('sha256').update(text).digest('hex').slice(0, 32));
    if (existsSync(path)) {
      const bytes = readFileSync(path);
      if (bytes.byteLength === EMBEDDING_SIZE * 4) return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    }
    this.encoder ??= this.open();
    const embedding = await (await this.encoder).encode(text);
    writeFileSync(path, Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength));
    return embedding;
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { parseFingerprints, parseManifest, type ArtifactManifest, type FingerprintTable } from '../../src/core/manifest';
import type { Result } from '../../src/core/result';
import { SentenceEncoder } from '../../src/engine/encoder';
import { encoderPaths } from '../../src/engine/encoder-files';
import { Runtime, type GraphSession } from '../../src/engine/runtime';
import { EmbeddingCache } from './embedding-cache';
import { DataError } from './files';

/** The files a user's browser would load, run by the same code on ONNX Runtime's WASM provider with one thread. */
export interface Artifacts {
  readonly manifest: ArtifactManifest;
  readonly fingerprints: FingerprintTable;
  /** Real people whose votes were used in training. */
  readonly voters: ReadonlySet<string>;
  /** A published AlpacaEval 2 win rate, %, as the whole tier (1 … 5) that the app's catalogue would give. */
  tierOf(winRatePct: number): number;
  readonly router: GraphSession;
  /** Embeddings of texts, cached on disk by the encoder's hash. */
  embed(texts: readonly string[], report?: (done: number) => void): Promise<Float32Array[]>;
  /** Those that are not in the cache yet. */
  unknown(texts: readonly string[]): string[];
}

const Voters = v.object({ voters: v.optional(v.array(v.string()), []) });
const TierTable = v.object({ tier: v.object({ winRatePct: v.array(v.number()), tier: v.array(v.number()) }) });

export function nearestTier({ winRatePct: knots, tier }: v.InferOutput<typeof TierTable>['tier'], winRatePct: number): number {
  const distances = knots.map((knot) => Math.abs(knot - winRatePct));
  return tier[distances.indexOf(Math.min(...distances))] ?? 3;
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
  const manifestJson: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const manifest = unwrap(parseManifest(manifestJson));
  const table: unknown = JSON.parse(readVerified(folder, manifest, 'fingerprints.json').toString('utf8'));
  const fingerprints = unwrap(parseFingerprints(table));
  const { tier } = v.parse(TierTable, table);
  const runtime = wasmRuntime();
  const router = await runtime.load(readVerified(folder, manifest, 'router.onnx'));
  const paths = encoderPaths(manifest, 'wasm');
  const openEncoder = async () => {
    const json = (path: string) => JSON.parse(readVerified(folder, manifest, path).toString('utf8')) as object;
    const session = await runtime.load(readVerified(folder, manifest, paths.model));
    return new SentenceEncoder(session, { tokenizer: json(paths.tokenizer), tokenizerConfig: json(paths.tokenizerConfig) }, manifest.encoder.maxTokens);
  };
  const cache = new EmbeddingCache(manifest.files[paths.model]?.sha256 ?? 'no encoder');
  let encoder: Promise<SentenceEncoder> | null = null;
  const embedOne = async (text: string) => {
    const known = cache.get(text);
    if (known) return known;
    encoder ??= openEncoder();
    const embedding = await (await encoder).encode(text);
    cache.put(text, embedding);
    return embedding;
  };
  return {
    manifest,
    fingerprints,
    voters: new Set(v.parse(Voters, manifestJson).voters),
    tierOf: (winRatePct) => nearestTier(tier, winRatePct),
    router,
    unknown: (texts) => [...new Set(texts)].filter((text) => cache.get(text) === null),
    async embed(texts, report) {
      const result: Float32Array[] = [];
      for (const text of texts) {
        result.push(await embedOne(text));
        report?.(result.length);
      }
      return result;
    },
  };
}

import { env, pipeline } from '@xenova/transformers';
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { textOfTokens, timed } from './texts';

/** The thing to beat: transformers.js with the same MiniLM in the page, as its documentation shows it. */
async function start(): Promise<unknown> {
  const started = performance.now();
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = new URL('/models/encoder/', location.href).href;
  env.useBrowserCache = false;
  if (env.backends.onnx.wasm) env.backends.onnx.wasm.wasmPaths = { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
  const extract = await pipeline('feature-extraction', 'all-MiniLM-L6-v2', { device: 'wasm', dtype: 'q8' });
  await extract('first', { pooling: 'mean', normalize: true });
  const firstEmbeddingMs = performance.now() - started;
  const encode: Record<string, number[]> = {};
  for (const tokens of [16, 64, 128]) {
    encode[tokens] = await timed(20, 10, (round) => extract(textOfTokens(tokens, round), { pooling: 'mean', normalize: true }));
  }
  return { firstEmbeddingMs, encode };
}

Object.assign(window, { benchmark: start() });

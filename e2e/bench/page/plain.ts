import { env, pipeline } from '@xenova/transformers';
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** The thing to beat: transformers.js with the same MiniLM in the page, as its documentation shows it; returns its `text → embedding`. */
export async function plainEncoder(threads: number): Promise<(text: string) => Promise<unknown>> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  // A path: given an address, the library finds no tokenizer.
  env.localModelPath = '/models/encoder/';
  env.useBrowserCache = false;
  if (env.backends.onnx.wasm) {
    env.backends.onnx.wasm.wasmPaths = { mjs: new URL(mjs, location.href).href, wasm: new URL(wasm, location.href).href };
    env.backends.onnx.wasm.numThreads = threads;
  }
  const extract = await pipeline('feature-extraction', 'all-MiniLM-L6-v2', { device: 'wasm', dtype: 'q8' });
  return (text) => extract(text, { pooling: 'mean', normalize: true });
}

/** As many as the app's engine takes. */
export function threadsHere(): number {
  return crossOriginIsolated ? Math.max(1, Math.min(4, navigator.hardwareConcurrency)) : 1;
}

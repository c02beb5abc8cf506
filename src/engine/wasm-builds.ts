import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { WasmBuilds } from './runtime';

/** The bundler's own copies, served from this site and never from a CDN; made absolute, as ONNX Runtime wants them. */
export function bundledWasmBuilds(scriptUrl: string): WasmBuilds {
  const absolute = (url: string): string => new URL(url, scriptUrl).href;
  return {
    plain: { mjs: absolute(plainMjs), wasm: absolute(plainWasm) },
    jspi: { mjs: absolute(jspiMjs), wasm: absolute(jspiWasm) },
    asyncify: { mjs: absolute(asyncifyMjs), wasm: absolute(asyncifyWasm) },
  };
}

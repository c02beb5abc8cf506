import { serve } from '../protocol/serve';
import { workerPort } from '../protocol/worker-port';
import { createEngineHandlers } from './service';
import { bundledWasmBuilds } from './wasm-builds';

/** The engine's worker: wiring only. */
serve(
  workerPort(self),
  createEngineHandlers({
    builds: bundledWasmBuilds(self.location.href),
    gpu: 'gpu' in navigator ? navigator.gpu : undefined,
    fetchFile: (url, init) => fetch(url, init),
    crossOriginIsolated: self.crossOriginIsolated,
    hardwareConcurrency: navigator.hardwareConcurrency,
    hasJspi: 'Suspending' in WebAssembly,
    now: () => performance.now(),
  }),
);

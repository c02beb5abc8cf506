import { bundledWasmBuilds } from '../engine/wasm-builds';
import { isLlmRequest, MODELS_FOLDER } from '../protocol/local-llm';
import { ModelFolder, type Folder } from './model-folder';
import { createService } from './service';

/** The worker of downloaded models: wiring only. The runtime is loaded with the first answer, so that a download does without. */
const serve = createService({
  openFolder: async (modelId) => new ModelFolder(await openModelFolder(modelId)),
  fetch: (url, init) => fetch(url, init),
  load: async (plan, folder) => {
    const { LocalLlm } = await import('./generate');
    return LocalLlm.load(plan, folder, {
      builds: bundledWasmBuilds(self.location.href),
      hasJspi: 'Suspending' in WebAssembly,
      crossOriginIsolated: self.crossOriginIsolated,
      hardwareConcurrency: navigator.hardwareConcurrency,
    });
  },
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page that made the worker is the only listener
  post: (reply) => self.postMessage(reply),
});

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isLlmRequest(data)) serve(data);
});

/** @throws DOMException where the browser has no private file system */
async function openModelFolder(modelId: string): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  const models = await root.getDirectoryHandle(MODELS_FOLDER, { create: true });
  return models.getDirectoryHandle(modelId, { create: true });
}

import { LlmFailure, type ModelPlan } from '../../protocol/local-llm';
import type { LanguageModel } from '../../providers/language-model';
import type { BrowserModels } from '../store/platform';
import { LocalLlmClient } from './client';
import { freeBytes, localState, removeLocal } from './files';
import { lookUpModel, type DeviceFacts } from './hub';
import { MODEL_OFFERS } from './offers';

const HUB = 'https://huggingface.co';

/** Models that run in this browser, as the app sees them. `hub` is another server for tests and for a mirror on this machine. */
export function browserModels(hub: string = HUB): BrowserModels {
  const client = new LocalLlmClient({
    createWorker: () => new Worker(new URL('../../local-llm/worker.ts', import.meta.url), { type: 'module', name: 'tacit-local-llm' }),
    createStopFlag: () => (globalThis.crossOriginIsolated ? new SharedArrayBuffer(4) : null),
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  return {
    offers: MODEL_OFFERS,
    stateOf: localState,
    freeBytes,
    lookUp: async (offer, preferWasm, signal) => lookUpModel(hub, offer, preferWasm ? WASM : await probeDevice(), signal),
    download: async (plan, { signal, onProgress }) => {
      await checkRoom(plan);
      // Without it the browser may throw the files away when room gets short.
      await navigator.storage.persist();
      await client.download(plan, { hub, signal, onProgress });
    },
    remove: async (modelId) => {
      client.forget();
      await removeLocal(modelId);
    },
    openDownloaded: async (): Promise<LanguageModel> => (await import('./language-model')).localLanguageModel(client),
    builtIn: {
      availability: async () => {
        const { builtInAvailability, findPromptApi } = await import('../../providers/built-in');
        return builtInAvailability(findPromptApi());
      },
      prepare: async (onProgress, signal) => {
        const { findPromptApi, prepareBuiltIn } = await import('../../providers/built-in');
        const api = findPromptApi();
        if (api !== null) await prepareBuiltIn(api, onProgress, signal);
      },
    },
    openBuiltIn: async (): Promise<LanguageModel> => {
      const { builtInLanguageModel, findPromptApi } = await import('../../providers/built-in');
      return builtInLanguageModel(findPromptApi());
    },
  };
}

/** Only a server of this machine can stand in for the hub: a link must not be able to name another one on the internet. */
export function hubFrom(search: string): string {
  const asked = new URLSearchParams(search).get('hub');
  if (asked === null || !URL.canParse(asked)) return HUB;
  const { hostname, origin } = new URL(asked);
  return hostname === '127.0.0.1' || hostname === 'localhost' ? origin : HUB;
}

const WASM: DeviceFacts = { device: 'wasm', hasFloat16: false };

/** As the engine: an adapter that is emulated in software is slower than WASM. */
async function probeDevice(): Promise<DeviceFacts> {
  if (!('gpu' in navigator)) return WASM;
  try {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter === null || adapter.info.isFallbackAdapter) return WASM;
    return { device: 'webgpu', hasFloat16: adapter.features.has('shader-f16') };
  } catch {
    return WASM;
  }
}

/** What has arrived before counts as stored already. */
async function checkRoom(plan: ModelPlan): Promise<void> {
  const [free, state] = await Promise.all([freeBytes(), localState(plan.modelId)]);
  const stored = state.kind === 'partial' ? state.bytes : 0;
  const wanted = plan.files.reduce((sum, file) => sum + file.bytes, 0) - stored;
  if (free !== null && free < wanted) throw new LlmFailure({ kind: 'no_room' });
}

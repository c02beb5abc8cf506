import { phrase, type Words } from '../core/phrase';
import type { ExecutionProvider, LoadRequest } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';

export interface Device {
  readonly provider: ExecutionProvider;
  /** The GPU's own description, where the browser gives one. */
  readonly adapter: string | null;
  /** Why it is not the GPU; null on the GPU. */
  readonly note: Words | null;
}

/** The part of `navigator.gpu` that a probe needs. */
export interface AdapterSource {
  requestAdapter(): Promise<{ readonly info: AdapterInfo } | null>;
}

type AdapterInfo = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'>;

const PROBE_LIMIT_MS = 5_000;

/**
 * Chooses where the models run: WebGPU on a hardware adapter, else WASM. A fallback adapter renders in software and is slower
 * than WASM, so it counts as none unless the request allows it.
 * @throws EngineFailure device_failed when 'webgpu' was asked for by name and there is no such adapter.
 */
export async function probeDevice(request: LoadRequest, gpu: AdapterSource | undefined): Promise<Device> {
  if (request.device === 'wasm') return { provider: 'wasm', adapter: null, note: request.fallbackReason ?? phrase('WASM was chosen in the settings.') };
  const found = await findAdapter(request.allowFallbackAdapter, gpu);
  if (found.adapter !== null) return { provider: 'webgpu', adapter: found.adapter, note: null };
  if (request.device === 'webgpu') throw new EngineFailure({ kind: 'device_failed', device: 'webgpu', detail: found.note });
  return { provider: 'wasm', adapter: null, note: found.note };
}

type Finding = { readonly adapter: string; readonly note: null } | { readonly adapter: null; readonly note: Words };

async function findAdapter(allowFallbackAdapter: boolean, gpu: AdapterSource | undefined): Promise<Finding> {
  if (gpu === undefined) return { adapter: null, note: phrase('This browser has no WebGPU here.') };
  try {
    const adapter = await withinLimit(gpu.requestAdapter());
    if (adapter === null) return { adapter: null, note: phrase('The browser offers no GPU.') };
    if (adapter.info.isFallbackAdapter && !allowFallbackAdapter) {
      return { adapter: null, note: phrase('The only GPU is emulated in software, which is slower than WASM.') };
    }
    return { adapter: describeAdapter(adapter.info), note: null };
  } catch (thrown) {
    return { adapter: null, note: phrase('The GPU could not be probed: {{detail}}', { detail: thrown instanceof Error ? thrown.message : String(thrown) }) };
  }
}

function describeAdapter(info: AdapterInfo): string {
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : 'WebGPU adapter';
}

/** A broken driver may never answer. */
async function withinLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_LIMIT_MS / 1000} s`)), PROBE_LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

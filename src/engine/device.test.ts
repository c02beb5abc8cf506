import { describe, expect, it, vi } from 'vitest';
import { english } from '../core/phrase';
import type { LoadRequest } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';
import { probeDevice } from './device';
import type { AdapterSource } from './device';
import { chooseBuild, threadCount } from './runtime';

const AUTO: LoadRequest = { modelsUrl: 'https://example.test/models/', device: 'auto', allowFallbackAdapter: false };

const gpuWith = (isFallbackAdapter: boolean): AdapterSource => ({
  requestAdapter: () => Promise.resolve({ info: { vendor: 'acme', architecture: 'gen-7', device: '', description: '', isFallbackAdapter } }),
});
const noAdapter: AdapterSource = { requestAdapter: () => Promise.resolve(null) };
const broken: AdapterSource = { requestAdapter: () => Promise.reject(new Error('driver crashed')) };

describe('probeDevice', () => {
  it('takes a hardware adapter', async () => {
    expect(await probeDevice(AUTO, gpuWith(false))).toEqual({ provider: 'webgpu', adapter: 'acme gen-7', note: null });
  });

  it('takes a software adapter only when allowed', async () => {
    expect((await probeDevice(AUTO, gpuWith(true))).provider).toBe('wasm');
    expect((await probeDevice({ ...AUTO, allowFallbackAdapter: true }, gpuWith(true))).provider).toBe('webgpu');
  });

  it.each([['no WebGPU', undefined], ['no adapter', noAdapter], ['a driver that throws', broken]])('falls back to WASM with %s, and says why', async (_, gpu) => {
    const device = await probeDevice(AUTO, gpu);
    expect(device).toMatchObject({ provider: 'wasm', adapter: null });
    expect(english(device.note ?? '')).toMatch(/\w+/);
  });

  it('gives up on a driver that never answers', async () => {
    vi.useFakeTimers();
    const probe = probeDevice(AUTO, { requestAdapter: () => new Promise(() => undefined) });
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await probe).provider).toBe('wasm');
    vi.useRealTimers();
  });

  it('fails rather than swapping the device when the GPU was asked for by name', async () => {
    const failure = await probeDevice({ ...AUTO, device: 'webgpu' }, noAdapter).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(EngineFailure);
    expect(failure).toMatchObject({ error: { kind: 'device_failed', device: 'webgpu' } });
  });

  it('keeps the reason of a fallback for the settings page', async () => {
    const device = await probeDevice({ ...AUTO, device: 'wasm', fallbackReason: 'The GPU runtime failed: lost' }, gpuWith(false));
    expect(device).toEqual({ provider: 'wasm', adapter: null, note: 'The GPU runtime failed: lost' });
  });
});

const build = (name: string) => ({ mjs: `${name}.mjs`, wasm: `${name}.wasm` });

describe('what a device loads', () => {
  const builds = { plain: build('plain'), jspi: build('jspi'), asyncify: build('asyncify') };

  it('picks the smallest build that can do the job', () => {
    expect(chooseBuild('wasm', builds, true)).toBe(builds.plain);
    expect(chooseBuild('webgpu', builds, true)).toBe(builds.jspi);
    expect(chooseBuild('webgpu', builds, false)).toBe(builds.asyncify);
  });

  it('uses threads only on an isolated page', () => {
    expect(threadCount(false, 16)).toBe(1);
    expect(threadCount(true, 2)).toBe(2);
    expect(threadCount(true, 16)).toBe(4);
  });
});

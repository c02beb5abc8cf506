import { describe, expect, it, vi } from 'vitest';
import type { OfflineResult } from '../../../protocol/offline';
import { createTestApp } from '../../testing/test-app';
import { watchInstallOffer, type InstallWindow } from './install-offer';
import { keepForOffline, offlineFiles, runtimeFile } from './keep-offline';

function fakeWindow(memory: InstallWindow['memory'] = mapMemory()) {
  const listeners = new Map<string, (event: Event) => void>();
  const offer = watchInstallOffer({ on: (type, listener) => listeners.set(type, listener), memory });
  const prompt = vi.fn(async () => undefined);
  const makeOffer = () => {
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
    listeners.get('beforeinstallprompt')?.(event);
    return event;
  };
  return { offer, prompt, makeOffer, memory, installed: () => listeners.get('appinstalled')?.(new Event('appinstalled')) };
}

function mapMemory(): InstallWindow['memory'] {
  const values = new Map<string, string>();
  const storage = { getItem: (key: string) => values.get(key) ?? null, setItem: (key: string, value: string) => void values.set(key, value) };
  return () => storage;
}

describe('the offer to install', () => {
  it('is held back until the user wants it, and used once', async () => {
    const { offer, prompt, makeOffer } = fakeWindow();
    expect(makeOffer().defaultPrevented).toBe(true);
    expect(offer.store.getState().canInstall).toBe(true);
    expect(prompt).not.toHaveBeenCalled();
    await offer.install();
    await offer.install();
    expect(prompt).toHaveBeenCalledTimes(1);
    expect(offer.store.getState().canInstall).toBe(false);
  });

  it('does not come back once put aside', () => {
    const first = fakeWindow();
    first.makeOffer();
    first.offer.putAside();
    expect(first.offer.store.getState().canInstall).toBe(false);
    const next = fakeWindow(first.memory);
    next.makeOffer();
    expect(next.offer.store.getState().canInstall).toBe(false);
  });

  it('works where storage is denied', () => {
    const { offer, makeOffer } = fakeWindow(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    makeOffer();
    expect(offer.store.getState().canInstall).toBe(true);
    expect(() => offer.putAside()).not.toThrow();
  });

  it('ends when the app was installed from a menu', () => {
    const { offer, makeOffer, installed } = fakeWindow();
    makeOffer();
    installed();
    expect(offer.store.getState().canInstall).toBe(false);
  });
});

describe('what is kept for offline', () => {
  it('names router and encoder as the service worker knows them', () => {
    expect(offlineFiles('encoder/all-MiniLM-L6-v2/onnx/model_quantized.onnx', 'ort-wasm-simd-threaded.wasm')).toEqual([
      'ort-wasm-simd-threaded.wasm',
      'models/router.onnx',
      'models/encoder/all-MiniLM-L6-v2/onnx/model_quantized.onnx',
      'models/encoder/all-MiniLM-L6-v2/config.json',
      'models/encoder/all-MiniLM-L6-v2/tokenizer.json',
      'models/encoder/all-MiniLM-L6-v2/tokenizer_config.json',
    ]);
  });

  it('names the runtime that the engine uses on a device', () => {
    expect(runtimeFile('wasm', true)).toBe('ort-wasm-simd-threaded.wasm');
    expect(runtimeFile('webgpu', true)).toBe('ort-wasm-simd-threaded.jspi.wasm');
    expect(runtimeFile('webgpu', false)).toBe('ort-wasm-simd-threaded.asyncify.wasm');
  });

  it('waits for the service worker at the first visit', async () => {
    const { app } = await createTestApp();
    const all: OfflineResult = { cached: ['models/router.onnx'], missing: [], unknown: [] };
    const warm = vi.spyOn(app.offline, 'warm').mockResolvedValueOnce(null).mockResolvedValueOnce(all);
    const kept = keepForOffline(app);
    await vi.waitFor(() => expect(warm).toHaveBeenCalledTimes(1));
    app.offline.store.setState({ offlineReady: true });
    expect(await kept).toBe(true);
    expect(warm).toHaveBeenCalledTimes(2);
  });

  it('says when a file could not be kept', async () => {
    const { app } = await createTestApp();
    vi.spyOn(app.offline, 'warm').mockResolvedValue({ cached: [], missing: [{ file: 'models/router.onnx', detail: 'status 503' }], unknown: [] });
    expect(await keepForOffline(app)).toBe(false);
  });
});

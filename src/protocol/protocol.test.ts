import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from '../core/phrase';
import type { EncodeProgress, EngineStatus, LoadRequest } from './engine';
import { WorkerEngine } from './client';
import type { WorkerEngineParts } from './client';
import { EngineFailure } from './failure';
import { inProcessPort } from './in-process';
import { isPageMessage, isWorkerMessage } from './messages';
import type { PagePort } from './messages';
import type { EngineHandlers } from './serve';
import { SILENCE_LIMITS } from './watchdog';

const LOAD: LoadRequest = { modelsUrl: 'https://example.test/models/', device: 'auto', allowFallbackAdapter: false };

const unit = (): Float32Array => Float32Array.of(1, 0);
const never = (): Promise<never> => new Promise(() => undefined);
const unused = (): Promise<never> => Promise.reject(new Error('not part of this test'));

/** A worker's handlers that load at once, on the GPU unless WASM is asked for. */
function handlers(overrides: Partial<EngineHandlers> = {}): EngineHandlers {
  return {
    load: (request) => Promise.resolve(statusOf(request)),
    encode: ({ texts }) => Promise.resolve(texts.map(unit)),
    route: unused,
    describe: unused,
    adapt: unused,
    nextPair: unused,
    ...overrides,
  };
}

function statusOf(request: LoadRequest): EngineStatus {
  const device = request.device === 'wasm' ? 'wasm' : 'webgpu';
  const note = request.fallbackReason ?? null;
  return { device, deviceNote: note, adapter: null, threads: 1, loadMs: 1, artifactVersion: 'a', encoderFile: 'e' };
}

/** An engine whose n-th worker has the n-th handlers; the last ones serve every later worker. */
function engineOf(generations: readonly EngineHandlers[], parts: Partial<WorkerEngineParts> = {}) {
  const ports: PagePort[] = [];
  const died: ((detail: string) => void)[] = [];
  const terminate = vi.fn<() => void>();
  const createPort = (): PagePort => {
    const port = inProcessPort(generations[Math.min(ports.length, generations.length - 1)]!);
    const watched: PagePort = {
      post: (message) => port.post(message),
      listen: (receive, die) => {
        died.push(die);
        port.listen(receive, die);
      },
      terminate: () => {
        terminate();
        port.terminate();
      },
    };
    ports.push(watched);
    return watched;
  };
  return { engine: new WorkerEngine({ createPort, ...parts }), ports, died, terminate };
}

async function errorOf(call: Promise<unknown>) {
  const thrown: unknown = await call.then(() => null, (reason: unknown) => reason);
  if (!(thrown instanceof EngineFailure)) throw new Error(`Expected an EngineFailure, got ${String(thrown)}`);
  return thrown.error;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('calls and replies', () => {
  it('returns a typed response and reports progress to the caller only', async () => {
    const { engine } = engineOf([
      handlers({
        encode: ({ texts }, { reportProgress }) => {
          reportProgress({ encoded: 1, total: texts.length });
          return Promise.resolve(texts.map(unit));
        },
      }),
    ]);
    const progress = vi.fn<(update: EncodeProgress) => void>();
    const other = vi.fn<() => void>();
    const [embeddings] = await Promise.all([
      engine.call('encode', { texts: ['a', 'b'] }, { onProgress: progress }),
      engine.call('load', LOAD, { onProgress: other }),
    ]);
    expect(embeddings).toEqual([unit(), unit()]);
    expect(progress.mock.calls).toEqual([[{ encoded: 1, total: 2 }]]);
    expect(other).not.toHaveBeenCalled();
  });

  it('matches replies to calls when they come back out of order', async () => {
    const release: Record<string, () => void> = {};
    const { engine } = engineOf([
      handlers({
        encode: ({ texts }) => new Promise((resolve) => (release[texts[0]!] = () => resolve([Float32Array.of(texts[0]!.length)]))),
      }),
    ]);
    const long = engine.call('encode', { texts: ['long'] });
    const short = engine.call('encode', { texts: ['ab'] });
    await vi.waitFor(() => expect(Object.keys(release)).toHaveLength(2));
    release['ab']!();
    release['long']!();
    expect((await short)[0]).toEqual(Float32Array.of(2));
    expect((await long)[0]).toEqual(Float32Array.of(4));
  });

  it('turns a defect in a handler into plain data and keeps serving', async () => {
    const { engine, ports } = engineOf([handlers({ route: () => Promise.reject(new TypeError('no such thing')) })]);
    const request = Object.create(null) as never;
    expect(await errorOf(engine.call('route', request))).toEqual({ kind: 'internal', detail: 'TypeError: no such thing' });
    expect(await engine.call('encode', { texts: ['a'] })).toHaveLength(1);
    expect(ports).toHaveLength(1);
  });

  it('fails one call, not the worker, when a request cannot be cloned', async () => {
    const { engine } = engineOf([handlers()]);
    const request = { texts: [(() => 'function') as never] };
    expect((await errorOf(engine.call('encode', request))).kind).toBe('internal');
    expect(await engine.call('encode', { texts: ['a'] })).toHaveLength(1);
  });

  it('passes an expected failure through without a restart', async () => {
    const corrupt = { kind: 'artifact_corrupt', path: 'router.onnx', expectedSha256: 'aa', actualSha256: 'bb' } as const;
    const { engine, ports } = engineOf([handlers({ load: () => Promise.reject(new EngineFailure(corrupt)) })]);
    expect(await errorOf(engine.call('load', LOAD))).toEqual(corrupt);
    expect(ports).toHaveLength(1);
  });
});

describe('cancel', () => {
  it('rejects at once and tells the worker', async () => {
    let seen: AbortSignal | null = null;
    const { engine, ports } = engineOf([
      handlers({
        encode: (_, { signal }) => {
          seen = signal;
          return never();
        },
      }),
    ]);
    const controller = new AbortController();
    const call = errorOf(engine.call('encode', { texts: ['a'] }, { signal: controller.signal }));
    await vi.waitFor(() => expect(seen).not.toBeNull());
    controller.abort();
    expect(await call).toEqual({ kind: 'cancelled' });
    await vi.waitFor(() => expect(seen!.aborted).toBe(true));
    expect(ports).toHaveLength(1);
  });

  it('sends nothing for a signal that has already fired', async () => {
    const encode = vi.fn<EngineHandlers['encode']>(() => Promise.resolve([]));
    const { engine } = engineOf([handlers({ encode })]);
    expect(await errorOf(engine.call('encode', { texts: ['a'] }, { signal: AbortSignal.abort() }))).toEqual({ kind: 'cancelled' });
    expect(encode).not.toHaveBeenCalled();
  });

  it('does not bark at a call that was cancelled', async () => {
    const { engine, terminate } = engineOf([handlers({ encode: never })]);
    const controller = new AbortController();
    const call = errorOf(engine.call('encode', { texts: ['a'] }, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    controller.abort();
    await call;
    await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.encode.firstMs * 2);
    expect(terminate).not.toHaveBeenCalled();
  });
});

describe('watchdog', () => {
  it('ends a silent worker and asks once more in a fresh one, on WASM', async () => {
    const loads: LoadRequest[] = [];
    const load: EngineHandlers['load'] = (request) => {
      loads.push(request);
      return Promise.resolve(statusOf(request));
    };
    const onStatus = vi.fn<(status: EngineStatus) => void>();
    const { engine, ports, terminate } = engineOf([handlers({ load, encode: never }), handlers({ load })], { onStatus });
    await engine.call('load', LOAD);
    const call = engine.call('encode', { texts: ['a'] });
    await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.encode.firstMs - 1);
    expect(terminate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await call).toHaveLength(1);
    expect(terminate).toHaveBeenCalledTimes(1);
    expect(ports).toHaveLength(2);
    expect(loads.map(({ device }) => device)).toEqual(['auto', 'wasm']);
    expect(onStatus.mock.calls.map(([status]) => status.device)).toEqual(['webgpu', 'wasm']);
    expect(english(onStatus.mock.calls[1]![0].deviceNote ?? '')).toContain("60 s during 'encode'");
  });

  it('reports the second time-out instead of trying for ever', async () => {
    const { engine, ports } = engineOf([handlers({ encode: never })]);
    await engine.call('load', LOAD);
    const call = errorOf(engine.call('encode', { texts: ['a'] }));
    await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.encode.firstMs * 2);
    expect(await call).toEqual({ kind: 'timed_out', method: 'encode', afterMs: SILENCE_LIMITS.encode.firstMs });
    expect(ports).toHaveLength(2);
  });

  it('takes progress for a sign of life', async () => {
    const { engine, terminate } = engineOf([
      handlers({
        load: async (request, { reportProgress }) => {
          for (let step = 0; step < 5; step += 1) {
            await new Promise((resolve) => setTimeout(resolve, SILENCE_LIMITS.load.firstMs * 0.7));
            reportProgress({ stage: 'encoder', loadedBytes: step, totalBytes: 5 });
          }
          return statusOf(request);
        },
      }),
    ]);
    const call = engine.call('load', LOAD);
    await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.load.firstMs * 4);
    expect((await call).device).toBe('webgpu');
    expect(terminate).not.toHaveBeenCalled();
  });

  it('is stricter once the method has answered in this worker', async () => {
    let hang = false;
    const { engine, terminate } = engineOf([handlers({ encode: () => (hang ? never() : Promise.resolve([unit()])) })]);
    await engine.call('encode', { texts: ['a'] });
    hang = true;
    void errorOf(engine.call('encode', { texts: ['b'] }));
    await vi.advanceTimersByTimeAsync(SILENCE_LIMITS.encode.laterMs);
    expect(terminate).toHaveBeenCalledTimes(1);
    engine.dispose();
  });
});

describe('a worker that dies', () => {
  it('loses no call: each is asked again in one fresh worker', async () => {
    const { engine, ports, died } = engineOf([handlers({ encode: never }), handlers()]);
    await engine.call('load', LOAD);
    const calls = [engine.call('encode', { texts: ['a'] }), engine.call('encode', { texts: ['b', 'c'] })];
    await vi.advanceTimersByTimeAsync(1);
    died[0]!('out of memory');
    expect((await Promise.all(calls)).map((embeddings) => embeddings.length)).toEqual([1, 2]);
    expect(ports).toHaveLength(2);
  });

  it('loads again before the next call when it died while idle, and keeps the device', async () => {
    const loads: string[] = [];
    const load: EngineHandlers['load'] = (request) => {
      loads.push(request.device);
      return Promise.resolve(statusOf(request));
    };
    const { engine, died } = engineOf([handlers({ load })]);
    await engine.call('load', LOAD);
    died[0]!('killed by the browser');
    expect(await engine.call('encode', { texts: ['a'] })).toHaveLength(1);
    expect(loads).toEqual(['auto', 'auto']);
  });

  it('blames no GPU when the script never started', async () => {
    const loads: LoadRequest[] = [];
    const { engine, died } = engineOf([
      handlers({ load: never }),
      handlers({
        load: (request) => {
          loads.push(request);
          return Promise.resolve(statusOf(request));
        },
      }),
    ]);
    const call = engine.call('load', LOAD);
    await vi.advanceTimersByTimeAsync(1);
    died[0]!('script not found');
    await call;
    expect(loads).toEqual([LOAD]);
  });

  it('stays on WASM after a device failure until the GPU is asked for by name', async () => {
    const failing = handlers({ encode: () => Promise.reject(new EngineFailure({ kind: 'device_failed', device: 'webgpu', detail: 'lost' })) });
    const { engine, ports } = engineOf([failing, handlers()]);
    await engine.call('load', LOAD);
    expect(await engine.call('encode', { texts: ['a'] })).toHaveLength(1);
    expect((await engine.call('load', LOAD)).device).toBe('wasm');
    expect(ports).toHaveLength(2);
    expect((await engine.call('load', { ...LOAD, device: 'webgpu' })).device).toBe('webgpu');
    expect(ports).toHaveLength(3);
  });

  it('rejects what is open, and everything later, when the engine is disposed', async () => {
    const { engine, terminate } = engineOf([handlers({ encode: never })]);
    const open = errorOf(engine.call('encode', { texts: ['a'] }));
    await vi.advanceTimersByTimeAsync(1);
    engine.dispose();
    expect((await open).kind).toBe('worker_died');
    expect((await errorOf(engine.call('load', LOAD))).kind).toBe('worker_died');
    expect(terminate).toHaveBeenCalledTimes(1);
  });
});

describe('messages from outside', () => {
  it('knows its own and refuses others', () => {
    expect(isPageMessage({ type: 'call', id: 1, method: 'encode', request: { texts: [] } })).toBe(true);
    expect(isPageMessage({ type: 'cancel', id: 1 })).toBe(true);
    expect(isWorkerMessage({ type: 'failed', id: 1, method: 'load', error: { kind: 'cancelled' } })).toBe(true);
    for (const foreign of [null, 'call', { type: 'call', id: '1', method: 'load', request: {} }, { type: 'call', id: 1, method: 'toString', request: {} }, { source: 'devtools' }]) {
      expect(isPageMessage(foreign)).toBe(false);
      expect(isWorkerMessage(foreign)).toBe(false);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { LlmFailure, type LlmReply, type LlmRequest, type ModelPlan } from '../../protocol/local-llm';
import { LocalLlmClient, type WorkerLike } from './client';
import { localLanguageModel } from './language-model';
import { readAll } from '../../providers/test-support';

const PLAN: ModelPlan = { modelId: 'tiny', repository: 'org/tiny', revision: 'abc', device: 'wasm', dtype: 'q4', externalDataFiles: 0, files: [] };

/** A worker that answers by script. */
class ScriptedWorker implements WorkerLike {
  readonly received: LlmRequest[] = [];
  isTerminated = false;
  private readonly listeners: ((event: { readonly data: unknown }) => void)[] = [];

  constructor(private readonly script: (request: LlmRequest, reply: (reply: LlmReply) => void) => void) {}

  postMessage(message: LlmRequest): void {
    this.received.push(message);
    this.script(message, (reply) => queueMicrotask(() => this.listeners.forEach((listener) => listener({ data: reply }))));
  }

  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  addEventListener(type: string, listener: (event: { readonly data: unknown; readonly message?: string }) => void): void {
    if (type === 'message') this.listeners.push(listener);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function clientOf(script: ConstructorParameters<typeof ScriptedWorker>[0]) {
  const workers: ScriptedWorker[] = [];
  const timers: (() => void)[] = [];
  const client = new LocalLlmClient({
    createWorker: () => {
      const worker = new ScriptedWorker(script);
      workers.push(worker);
      return worker;
    },
    createStopFlag: () => new SharedArrayBuffer(4),
    after: (_milliseconds, action) => {
      timers.push(action);
      return () => void timers.splice(timers.indexOf(action), 1);
    },
  });
  return { client, workers, timers };
}

const speak = (request: LlmRequest, reply: (reply: LlmReply) => void) => {
  if (request.type !== 'generate') return;
  const { id } = request;
  reply({ type: 'started', id });
  reply({ type: 'text', id, text: 'Hello' });
  reply({ type: 'text', id, text: ' there' });
  reply({ type: 'done', id, inputTokens: 7, outputTokens: 2, reachedLimit: false });
};

const ASK = { model: 'tiny', messages: [{ role: 'user' as const, content: 'Hi' }], maxOutputTokens: null };

describe('an answer of a model in the browser', () => {
  it('streams behind the contract of every other model, with counted tokens', async () => {
    const { client, workers } = clientOf(speak);
    const model = localLanguageModel(client, async () => ({ kind: 'installed', plan: PLAN }));
    const reading = await readAll(model, ASK);
    expect(reading).toMatchObject({ text: 'Hello there', error: null });
    expect(reading.parts.at(-1)).toEqual({ type: 'end', finishReason: 'stop', usage: { inputTokens: 7, outputTokens: 2, estimated: false } });
    await readAll(model, ASK);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.isTerminated).toBe(false);
  });

  it('says when the model is not, or not wholly, in this browser', async () => {
    const { client } = clientOf(speak);
    expect((await readAll(localLanguageModel(client, async () => ({ kind: 'absent' })), ASK)).error).toEqual({ kind: 'model_missing', model: 'tiny' });
  });

  it('raises the flag when it is stopped, and ends a worker that does not heed it', async () => {
    const { client, workers, timers } = clientOf((request, reply) => {
      if (request.type === 'generate') reply({ type: 'text', id: request.id, text: 'on and on' });
    });
    const controller = new AbortController();
    const model = localLanguageModel(client, async () => ({ kind: 'installed', plan: PLAN }));
    const reading = readAll(model, ASK, controller.signal, () => controller.abort());
    await expect.poll(() => timers.length).toBe(1);
    const [asked, stop] = workers[0]?.received ?? [];
    expect(asked?.type === 'generate' && asked.stopFlag && new Int32Array(asked.stopFlag)[0]).toBe(1);
    expect(stop?.type).toBe('stop');
    timers[0]?.();
    expect((await reading).error).toEqual({ kind: 'cancelled' });
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('goes on with WASM when the GPU gives up before the first word', async () => {
    const { client, workers } = clientOf((request, reply) => {
      if (request.type === 'generate' && request.plan.device === 'webgpu') {
        reply({ type: 'started', id: request.id });
        reply({ type: 'failed', id: request.id, error: { kind: 'device_failed', detail: 'device lost' } });
      } else speak(request, reply);
    });
    const reading = await readAll(localLanguageModel(client, async () => ({ kind: 'installed', plan: { ...PLAN, device: 'webgpu' } })), ASK);
    expect(reading).toMatchObject({ text: 'Hello there', error: null });
    expect(reading.parts.filter(({ type }) => type === 'start')).toHaveLength(1);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it('takes a fresh worker after the device has failed', async () => {
    let isBroken = true;
    const { client, workers } = clientOf((request, reply) => {
      if (isBroken && request.type === 'generate') reply({ type: 'failed', id: request.id, error: { kind: 'device_failed', detail: 'lost' } });
      else speak(request, reply);
    });
    const model = localLanguageModel(client, async () => ({ kind: 'installed', plan: PLAN }));
    expect((await readAll(model, ASK)).error).toEqual({ kind: 'device_failed', detail: 'lost' });
    isBroken = false;
    expect((await readAll(model, ASK)).text).toBe('Hello there');
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });
});

describe('a download', () => {
  it('has a worker of its own, tells its progress and is stopped on demand', async () => {
    const { client, workers } = clientOf((request, reply) => {
      if (request.type === 'download') reply({ type: 'progress', id: request.id, bytes: 10 });
      if (request.type === 'stop') reply({ type: 'failed', id: request.id, error: { kind: 'cancelled' } });
    });
    const controller = new AbortController();
    const progress: number[] = [];
    const download = client.download(PLAN, {
      hub: 'https://hub.example',
      signal: controller.signal,
      onProgress: (bytes) => {
        progress.push(bytes);
        controller.abort();
      },
    });
    await expect(download).rejects.toEqual(new LlmFailure({ kind: 'cancelled' }));
    expect(progress).toEqual([10]);
    expect(workers[0]?.isTerminated).toBe(true);
  });
});

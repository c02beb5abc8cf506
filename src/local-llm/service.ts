import { LlmFailure, type LlmReply, type LlmRequest, type ModelPlan } from '../protocol/local-llm';
import { downloadModel, type DownloadParts } from './download';
import type { LocalLlm } from './generate';
import type { ModelFolder } from './model-folder';

export interface ServiceParts {
  readonly openFolder: (modelId: string) => Promise<ModelFolder>;
  readonly fetch: DownloadParts['fetch'];
  readonly load: (plan: ModelPlan, folder: ModelFolder) => Promise<LocalLlm>;
  readonly post: (reply: LlmReply) => void;
}

type Download = Extract<LlmRequest, { readonly type: 'download' }>;
type Generate = Extract<LlmRequest, { readonly type: 'generate' }>;

/** Answers requests. One model is in memory at a time; answers come one after another. */
export function createService({ openFolder, fetch, load, post }: ServiceParts): (request: LlmRequest) => void {
  const stopped = new Map<number, AbortController>();
  let loaded: { readonly key: string; readonly llm: Promise<LocalLlm> } | null = null;
  let queue: Promise<void> = Promise.resolve();

  const llmFor = async (plan: ModelPlan): Promise<LocalLlm> => {
    const key = JSON.stringify(plan);
    if (loaded?.key !== key) loaded = { key, llm: openFolder(plan.modelId).then((folder) => load(plan, folder)) };
    try {
      return await loaded.llm;
    } catch (thrown) {
      loaded = null;
      throw thrown;
    }
  };

  const download = async ({ id, hub, plan }: Download, signal: AbortSignal) => {
    const folder = await openFolder(plan.modelId);
    await downloadModel(plan, { hub, folder, fetch, signal, onProgress: (bytes) => post({ type: 'progress', id, bytes }) });
    post({ type: 'done', id, inputTokens: 0, outputTokens: 0, reachedLimit: false });
  };

  const generate = async ({ id, plan, messages, maxOutputTokens, stopFlag }: Generate, signal: AbortSignal) => {
    if (signal.aborted) throw new LlmFailure({ kind: 'cancelled' });
    const llm = await llmFor(plan);
    post({ type: 'started', id });
    const flag = stopFlag === null ? null : new Int32Array(stopFlag);
    const isStopped = () => signal.aborted || (flag !== null && Atomics.load(flag, 0) !== 0);
    const generated = await llm.generate({ messages, maxOutputTokens, isStopped, onText: (text) => post({ type: 'text', id, text }) });
    if (isStopped()) throw new LlmFailure({ kind: 'cancelled' });
    post({ type: 'done', id, ...generated });
  };

  const run = async (id: number, job: (signal: AbortSignal) => Promise<void>) => {
    const controller = new AbortController();
    stopped.set(id, controller);
    try {
      await job(controller.signal);
    } catch (thrown) {
      const error = thrown instanceof LlmFailure ? thrown.error : ({ kind: 'device_failed', detail: thrown instanceof Error ? thrown.message : String(thrown) } as const);
      post({ type: 'failed', id, error });
    } finally {
      stopped.delete(id);
    }
  };

  return (request) => {
    switch (request.type) {
      case 'stop':
        return stopped.get(request.id)?.abort();
      case 'download':
        return void run(request.id, (signal) => download(request, signal));
      case 'generate': {
        const turn = queue;
        queue = run(request.id, async (signal) => {
          await turn;
          await generate(request, signal);
        });
      }
    }
  };
}

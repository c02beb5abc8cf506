import { t } from './i18n';
import type { ExportSurvey, ImportedChat } from '../exchange/model';
import { ExportFailure } from '../exchange/model';
import type { ReadOutcome, ReadProgress } from '../exchange/read-export';
import type { ReadableFile } from '../exchange/read-files';
import type { ExchangeReply, ExchangeRequest } from '../exchange/serve';

export interface ReadRun {
  readonly files: readonly ReadableFile[];
  readonly now: number;
  readonly onProgress: (progress: ReadProgress) => void;
  readonly signal: AbortSignal;
}

/** Reads other apps' exports. Rejects with ExportFailure, with the signal's reason, or with what `store` rejected with. */
export interface ExportReader {
  survey(run: ReadRun): Promise<ExportSurvey>;
  /** Hands over the chats in batches and waits for each to be stored. */
  read(run: ReadRun, store: (chats: readonly ImportedChat[]) => Promise<void>): Promise<ReadOutcome>;
}

/** The two ends of a channel to whoever reads. */
export interface ExchangePort {
  post(request: ExchangeRequest): void;
  onReply(listener: (reply: ExchangeReply) => void): void;
  onCrash(listener: (detail: string) => void): void;
  close(): void;
}

/** One worker a run: cancelling ends it, and a crash takes nothing along. */
export function exportReader(open: () => ExchangePort): ExportReader {
  return {
    survey: (run) => converse(open(), run, 'survey', (reply, finish) => reply.kind === 'survey' && finish(reply.survey)),
    read: (run, store) =>
      converse(open(), run, 'read', (reply, finish, fail, port) => {
        if (reply.kind === 'done') finish(reply.outcome);
        if (reply.kind === 'chats') store(reply.chats).then(() => port.post({ kind: 'next' }), fail);
      }),
  };
}

type OnReply<Value> = (reply: ExchangeReply, finish: (value: Value) => void, fail: (reason: unknown) => void, port: ExchangePort) => void;

function converse<Value>(port: ExchangePort, { files, now, onProgress, signal }: ReadRun, kind: 'survey' | 'read', onReply: OnReply<Value>): Promise<Value> {
  const run = new Promise<Value>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal.aborted) return reject(signal.reason);
    port.onCrash((detail) => reject(new ExportFailure({ kind: 'unreadable', detail })));
    port.onReply((reply) => {
      if (reply.kind === 'progress') onProgress(reply.progress);
      else if (reply.kind === 'failed') reject(new ExportFailure(reply.error));
      else onReply(reply, resolve, reject, port);
    });
    port.post({ kind, files, now });
  });
  return run.finally(() => port.close());
}

export function exchangeWorkerPort(): ExchangePort {
  const worker = new Worker(new URL('../exchange/worker.ts', import.meta.url), { type: 'module', name: 'tacit-exchange' });
  return {
    post: (request) => worker.postMessage(request),
    onReply: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<ExchangeReply>) => listener(data)),
    onCrash: (listener) => worker.addEventListener('error', (event) => listener(event.message || t('The reader stopped.'))),
    close: () => worker.terminate(),
  };
}

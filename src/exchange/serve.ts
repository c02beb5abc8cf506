import { ExportFailure, type ExportError, type ExportSurvey, type ImportedChat } from './model';
import type { ReadableFile } from './read-files';
import { readExport, Surveyor, type ReadOutcome, type ReadProgress } from './read-export';

/** What the page asks of the worker that reads exports. One read at a time; to cancel, end the worker. */
export type ExchangeRequest =
  | { readonly kind: 'survey' | 'read'; readonly files: readonly ReadableFile[]; readonly now: number }
  /** The last batch is stored. */
  | { readonly kind: 'next' };

export type ExchangeReply =
  | { readonly kind: 'progress'; readonly progress: ReadProgress }
  | { readonly kind: 'survey'; readonly survey: ExportSurvey }
  /** The worker waits for `next` before it sends more. */
  | { readonly kind: 'chats'; readonly chats: readonly ImportedChat[] }
  | { readonly kind: 'done'; readonly outcome: ReadOutcome }
  | { readonly kind: 'failed'; readonly error: ExportError };

const BATCH_CHATS = 100;

/** The worker's whole work, against any channel. */
export function serveExchange(post: (reply: ExchangeReply) => void): (request: ExchangeRequest) => void {
  let goOn: () => void = () => undefined;
  const acknowledged = () => new Promise<void>((resolve) => (goOn = resolve));
  return (request) => {
    if (request.kind === 'next') return goOn();
    const run = request.kind === 'survey' ? survey(request.files, request.now, post) : read(request.files, request.now, post, acknowledged);
    run.catch((thrown: unknown) => post({ kind: 'failed', error: asError(thrown) }));
  };
}

async function survey(files: readonly ReadableFile[], now: number, post: (reply: ExchangeReply) => void): Promise<void> {
  const surveyor = new Surveyor();
  const outcome = await readExport(files, { now, onChat: (chat) => surveyor.add(chat), onProgress: (progress) => post({ kind: 'progress', progress }) });
  post({ kind: 'survey', survey: surveyor.summary(outcome.skipped) });
}

async function read(files: readonly ReadableFile[], now: number, post: (reply: ExchangeReply) => void, acknowledged: () => Promise<void>): Promise<void> {
  const waiting: ImportedChat[] = [];
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const stored = acknowledged();
      post({ kind: 'chats', chats: waiting.splice(0, BATCH_CHATS) });
      await stored;
    }
  };
  const outcome = await readExport(files, {
    now,
    onChat: (chat) => waiting.push(chat),
    onProgress: (progress) => post({ kind: 'progress', progress }),
    pause: () => (waiting.length < BATCH_CHATS ? null : flush()),
  });
  await flush();
  post({ kind: 'done', outcome });
}

function asError(thrown: unknown): ExportError {
  if (thrown instanceof ExportFailure) return thrown.error;
  return { kind: 'unreadable', detail: thrown instanceof Error ? thrown.message : String(thrown) };
}

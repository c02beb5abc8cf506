import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../store/context';
import { learnBatch, preparePicks, previewLearning, type LearningPreview } from './import-learning';
import { previewImport, runImport, type ImportPreview, type ImportResult } from './import-run';
import { importProblem, sourcesOf } from './import-words';

export type ImportPhase =
  | { readonly kind: 'reading'; readonly share: number; readonly chats: number }
  | { readonly kind: 'preview'; readonly preview: ImportPreview; readonly learning: LearningPhase; readonly problem: string | null }
  | { readonly kind: 'importing'; readonly share: number; readonly chats: number }
  | { readonly kind: 'done'; readonly result: ImportResult; readonly learned: number }
  | { readonly kind: 'failed'; readonly problem: string };

/** What would be learned is worked out only when it is asked for. */
export type LearningPhase =
  | { readonly kind: 'off' }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  | { readonly kind: 'ready'; readonly preview: LearningPreview };

export interface ImportFlow {
  readonly phase: ImportPhase;
  /** Works out what the ratings in the file would teach, or forgets about it. */
  setLearning(wanted: boolean): void;
  start(): void;
  cancel(): void;
}

/** One import, from reading the files to the chats being here. */
export function useImport(files: readonly File[]): ImportFlow {
  const app = useApp();
  const { t } = useTranslation();
  const [phase, setPhase] = useState<ImportPhase>({ kind: 'reading', share: 0, chats: 0 });
  const running = useRef(new AbortController());
  /** Ends whatever runs and lets only what `work` starts from now on show anything. */
  const run = useCallback((work: (signal: AbortSignal, show: (phase: ImportPhase) => void) => Promise<void>, onProblem: (problem: string) => ImportPhase) => {
    running.current.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (next: ImportPhase) => !controller.signal.aborted && setPhase(next);
    work(controller.signal, show).catch((thrown: unknown) => show(onProblem(importProblem(t, thrown))));
  }, [t]);

  useEffect(() => {
    run(async (signal, show) => {
      const onProgress = progressTo(show, 'reading');
      const preview = await previewImport(app, { files, signal, onProgress });
      show({ kind: 'preview', preview, learning: { kind: 'off' }, problem: null });
    }, (problem) => ({ kind: 'failed', problem }));
    return () => running.current.abort();
  }, [app, files, run]);

  const setLearning = (wanted: boolean) => {
    if (phase.kind !== 'preview') return;
    const { preview } = phase;
    const { judgements } = preview.survey;
    const off: ImportPhase = { kind: 'preview', preview, learning: { kind: 'off' }, problem: null };
    run(async (signal, show) => {
      show(off);
      if (!wanted) return;
      const preparing = (done: number) => show({ ...off, learning: { kind: 'preparing', done, total: judgements.length } });
      preparing(0);
      const picks = await preparePicks(app, judgements, { signal, onProgress: preparing });
      show({ ...off, learning: { kind: 'ready', preview: await previewLearning(app, picks) } });
    }, (problem) => ({ ...off, problem }));
  };

  const start = () => {
    if (phase.kind !== 'preview') return;
    const { preview, learning } = phase;
    run(async (signal, show) => {
      const result = await runImport(app, { files, signal, onProgress: progressTo(show, 'importing') });
      const picks = learning.kind === 'ready' ? learning.preview.picks : [];
      await learnBatch(app, picks, { from: sourcesOf(preview.survey), chats: result.added });
      show({ kind: 'done', result, learned: learning.kind === 'ready' ? learning.preview.fresh : 0 });
    }, (problem) => ({ kind: 'failed', problem }));
  };

  return { phase, setLearning, start, cancel: () => running.current.abort(new DOMException('Cancelled', 'AbortError')) };
}

/** A few times a second is enough for a bar. */
const SHOW_EVERY_MS = 150;

function progressTo(show: (phase: ImportPhase) => void, kind: 'reading' | 'importing') {
  let shownAt = 0;
  return ({ bytes, totalBytes, chats }: { readonly bytes: number; readonly totalBytes: number; readonly chats: number }) => {
    const now = performance.now();
    if (now - shownAt < SHOW_EVERY_MS) return;
    shownAt = now;
    show({ kind, share: totalBytes === 0 ? 0 : bytes / totalBytes, chats });
  };
}

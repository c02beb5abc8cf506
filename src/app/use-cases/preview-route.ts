import type { App } from '../store/app';
import { branch } from '../store/turn-tree';
import { route, routingKey, routingRequest, sameKey } from './routing-request';

const TYPING_PAUSE_MS = 250;
/** Who types on without a pause sees a preview at least this often. */
const LONGEST_WAIT_MS = 1_000;

/**
 * Routes what is being typed, after a pause, so that the choice is on screen before the send and the send need not wait. The last preview
 * stays, marked as stale, until the next one comes; a run that a newer one overtakes is cancelled. Returns a stop.
 */
export function watchPreview(app: App): () => void {
  const { clock } = app.platform;
  let cancelPause: () => void = () => undefined;
  let running: AbortController | null = null;
  let lastKey: readonly unknown[] = [];
  /** When the text first changed since the last run began. */
  let waitingSince: number | null = null;

  const pathNow = () => {
    const { turns, leafId } = app.chat.store.getState();
    return branch(turns, leafId);
  };
  const keyNow = () => {
    const { text, attachments } = app.composer.store.getState();
    return routingKey(app, text, pathNow(), attachments);
  };

  const clear = () => {
    running?.abort();
    running = null;
    waitingSince = null;
    app.composer.setPreview({ kind: 'none' });
  };

  const update = () => {
    const key = [...keyNow(), app.engine.isReady()];
    if (sameKey(key, lastKey)) return;
    lastKey = key;
    cancelPause();
    const { text, preview } = app.composer.store.getState();
    if (text.trim() === '' || !app.engine.isReady()) return clear();
    if (preview.kind === 'none') app.composer.setPreview({ kind: 'routing' });
    if (preview.kind === 'decided') {
      const isStale = !sameKey(preview.key, keyNow());
      if (isStale !== preview.isStale) app.composer.setPreview({ ...preview, isStale });
    }
    waitingSince ??= clock.now();
    const wait = Math.max(0, Math.min(TYPING_PAUSE_MS, waitingSince + LONGEST_WAIT_MS - clock.now()));
    cancelPause = clock.after(wait, () => void run());
  };

  const run = async () => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    waitingSince = null;
    const path = pathNow();
    const { text, attachments } = app.composer.store.getState();
    const prompt = text.trim();
    const key = routingKey(app, prompt, path, attachments);
    try {
      const decision = await route(app, await routingRequest(app, prompt, path, true, attachments), controller.signal);
      if (!controller.signal.aborted) app.composer.setPreview({ kind: 'decided', decision, key, isStale: !sameKey(key, keyNow()) });
    } catch {
      // A preview that fails is no more than absent; the send routes again and says what is wrong.
      if (!controller.signal.aborted) app.composer.setPreview({ kind: 'none' });
    }
  };

  const slices = [app.composer, app.chat, app.pool, app.settings, app.memory, app.engine, app.limits, app.budget, app.conversations];
  const stops = slices.map((slice) => slice.store.subscribe(update));
  update();
  return () => {
    stops.forEach((stop) => stop());
    cancelPause();
    running?.abort();
  };
}

import type { App } from '../store/app';
import { branch } from '../store/turn-tree';
import { route, routingKey, routingRequest, sameKey } from './routing-request';

const TYPING_PAUSE_MS = 250;

/**
 * Routes what is being typed, after a pause, so that the choice is on screen before the send and the send need not wait.
 * Returns a stop.
 */
export function watchPreview(app: App): () => void {
  let cancelPause: () => void = () => undefined;
  let running: AbortController | null = null;
  let lastKey: readonly unknown[] = [];

  const currentKey = () => {
    const { turns, leafId } = app.chat.store.getState();
    const { text, attachments } = app.composer.store.getState();
    return routingKey(app, text, branch(turns, leafId), attachments);
  };

  const update = () => {
    const key = [...currentKey(), app.engine.isReady()];
    if (sameKey(key, lastKey)) return;
    lastKey = key;
    cancelPause();
    running?.abort();
    running = null;
    const isEmpty = app.composer.store.getState().text.trim() === '';
    if (isEmpty || !app.engine.isReady()) return app.composer.setPreview({ kind: 'none' });
    if (app.composer.store.getState().preview.kind === 'none') app.composer.setPreview({ kind: 'routing' });
    cancelPause = app.platform.clock.after(TYPING_PAUSE_MS, () => void run());
  };

  const run = async () => {
    const controller = new AbortController();
    running = controller;
    const { turns, leafId } = app.chat.store.getState();
    const path = branch(turns, leafId);
    const { text, attachments } = app.composer.store.getState();
    const prompt = text.trim();
    const key = routingKey(app, prompt, path, attachments);
    try {
      const decision = await route(app, await routingRequest(app, prompt, path, true, attachments), controller.signal);
      if (!controller.signal.aborted) app.composer.setPreview({ kind: 'decided', decision, key });
    } catch {
      // A preview that fails is no more than absent; the send routes again and says what is wrong.
      if (!controller.signal.aborted) app.composer.setPreview({ kind: 'none' });
    }
  };

  const stops = [app.composer, app.chat, app.pool, app.settings, app.memory, app.engine].map((slice) => slice.store.subscribe(update));
  update();
  return () => {
    stops.forEach((stop) => stop());
    cancelPause();
    running?.abort();
  };
}

import { TEMPORARY_ID } from '../../core/conversation';
import type { App } from '../store/app';
import { currentSetup } from './chat-setup';

/** Begins a chat that is kept in memory only. What is written, chosen and limited for the next new chat comes along, and is kept nowhere else. */
export async function startTemporaryChat(app: App): Promise<void> {
  const { view } = app.route.store.getState();
  if (view === 'chat' && app.chat.store.getState().conversationId === null) {
    const { systemPrompt, presetId, pinnedModelId } = currentSetup(app);
    const limits = app.limits.pending();
    await app.composer.move(TEMPORARY_ID);
    await app.chat.open(TEMPORARY_ID);
    await app.conversations.update(TEMPORARY_ID, (conversation) => ({ ...conversation, systemPrompt, presetId, pinnedModelId, limits }));
  }
  app.route.go('chat', TEMPORARY_ID);
  await app.chat.open(TEMPORARY_ID);
  await app.composer.open(TEMPORARY_ID);
}

/** Before its first turn, a temporary chat becomes a usual new one again, with what is written. */
export async function makeUsualChat(app: App): Promise<void> {
  const conversation = app.conversations.find(TEMPORARY_ID);
  if (conversation === null || app.chat.store.getState().turns.length > 0) return;
  const { systemPrompt, presetId, pinnedModelId, limits } = conversation;
  await app.composer.move(null);
  app.route.go('chat');
  await app.chat.open(null);
  app.composer.setUp({ systemPrompt, presetId, pinnedModelId });
  await app.limits.setForChat(limits);
}

/** Leaving would lose something. */
export function hasTemporaryContent(app: App): boolean {
  return app.chat.isTemporary() && (app.chat.store.getState().turns.length > 0 || app.composer.holdsTemporary());
}

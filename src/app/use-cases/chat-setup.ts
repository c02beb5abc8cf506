import { NO_SETUP, type ChatSetup, type Preset } from '../../core/conversation';
import type { App } from '../store/app';

/** How prompts of the chat on screen are answered; before its first turn, how they will be. */
export function currentSetup(app: App): ChatSetup {
  const { conversationId } = app.chat.store.getState();
  if (conversationId === null) return app.composer.store.getState().setup;
  return app.conversations.find(conversationId) ?? NO_SETUP;
}

/** For the chat on screen, from its next prompt on. */
export async function changeSetup(app: App, change: Partial<ChatSetup>): Promise<void> {
  const { conversationId } = app.chat.store.getState();
  if (conversationId === null) return app.composer.setUp({ ...app.composer.store.getState().setup, ...change });
  await app.conversations.update(conversationId, (conversation) => ({ ...conversation, ...change }));
}

/** The chat takes over what the preset says now; later changes of the preset leave it alone. Null takes its instructions and model away. */
export function usePreset(app: App, preset: Preset | null): Promise<void> {
  return changeSetup(app, preset === null ? NO_SETUP : { presetId: preset.id, systemPrompt: preset.systemPrompt, pinnedModelId: preset.pinnedModelId });
}

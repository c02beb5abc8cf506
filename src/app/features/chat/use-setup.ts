import { NO_SETUP, type ChatSetup } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';

/** How prompts of the chat on screen are answered, or will be in the new one. */
export function useSetup(): ChatSetup {
  const app = useApp();
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const pending = useSlice(app.composer, (state) => state.setup);
  const conversation = useSlice(app.conversations, () => app.conversations.find(conversationId ?? ''));
  return conversationId === null ? pending : (conversation ?? NO_SETUP);
}

import { useApp, useSlice } from '../store/context';
import type { CurrentLimits } from '../store/limits';

/** The limits of the chat on screen, as they change. */
export function useCurrentLimits(): CurrentLimits {
  const app = useApp();
  useSlice(app.settings, (state) => state.constraints);
  useSlice(app.limits, (state) => state.pending);
  useSlice(app.conversations, (state) => state.list);
  useSlice(app.conversations, (state) => state.temporary);
  useSlice(app.chat, (state) => state.conversationId);
  return app.limits.current();
}

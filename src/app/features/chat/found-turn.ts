import { useEffect, useRef, useState } from 'react';
import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';

/** So long the place stays marked. */
const MARKED_MS = 2400;

/**
 * `#/chat/<conversation>/<turn>` leads to a turn: its branch is shown, the thread scrolls to it, and it takes the focus. Returns the turn's id while
 * it is marked. The address then forgets the turn, so that a reload does not lead there again.
 */
export function useFoundTurn(path: readonly Turn[], scrollTo: (index: number) => void): string | null {
  const app = useApp();
  const route = useSlice(app.route, (state) => state);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const [foundId, setFoundId] = useState<string | null>(null);
  const scroll = useRef(scrollTo);
  useEffect(() => {
    scroll.current = scrollTo;
  });
  const wanted = route.view === 'chat' && route.argument === conversationId ? route.detail : null;

  useEffect(() => {
    if (wanted === null) return;
    const index = path.findIndex((turn) => turn.id === wanted);
    if (index < 0) {
      if (app.chat.find(wanted)) void app.chat.showBranch(wanted);
      return;
    }
    setFoundId(wanted);
    // After the scroll to the end that a newly opened chat makes.
    const frame = requestAnimationFrame(() => {
      scroll.current(index);
      app.route.replace('chat', conversationId);
    });
    return () => cancelAnimationFrame(frame);
  }, [app, wanted, path, conversationId]);

  useEffect(() => {
    if (foundId === null) return;
    const focus = setTimeout(() => document.querySelector<HTMLElement>(`li[tabindex="-1"][data-index]`)?.focus({ preventScroll: true }), 200);
    const end = setTimeout(() => setFoundId(null), MARKED_MS);
    return () => {
      clearTimeout(focus);
      clearTimeout(end);
    };
  }, [foundId]);
  return foundId;
}

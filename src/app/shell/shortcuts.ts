import { useEffect } from 'react';
import { mark } from '../../core/phrase';
import { useApp } from '../store/context';

export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Enter'], does: mark('Send') },
  { keys: ['Shift', 'Enter'], does: mark('New line') },
  { keys: ['Esc'], does: mark('Stop the answer') },
  { keys: ['Ctrl/⌘', 'Shift', 'O'], does: mark('New chat') },
  { keys: ['Ctrl/⌘', 'K'], does: mark('Search your chats') },
  { keys: ['1'], does: mark('Left answer is better') },
  { keys: ['2'], does: mark('Right answer is better') },
  { keys: ['0'], does: mark('Both equally good') },
  { keys: ['B'], does: mark('Both bad') },
];

/** Id of the search box in the sidebar. */
export const SEARCH_ID = 'search-chats';

/** Shortcuts that hold in every view. Those of a view live with it. */
export function useKeyboardShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'o' && event.shiftKey) {
        event.preventDefault();
        app.route.go('chat');
      } else if (key === 'k' && !event.shiftKey) {
        event.preventDefault();
        document.getElementById(SEARCH_ID)?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app]);
}

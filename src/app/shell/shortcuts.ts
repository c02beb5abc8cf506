import { useEffect } from 'react';
import { mark } from '../../core/phrase';
import type { App } from '../store/app';
import { useApp } from '../store/context';

/** What lies over the whole app. */
export type Overlay = 'palette' | 'shortcuts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
  /** Of one that holds in every view; those of a view are handled there. */
  readonly global?: {
    readonly matches: (event: KeyboardEvent) => boolean;
    readonly run: (app: App, open: (overlay: Overlay) => void) => void;
  };
}

const command = (key: string, shift = false) => (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && event.shiftKey === shift && event.key.toLowerCase() === key;

/** Every shortcut there is: the sheet shows this table, and the global ones are handled from it. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl/⌘', 'K'], does: mark('Commands, and search in all chats'), global: { matches: command('k'), run: (_, open) => open('palette') } },
  { keys: ['?'], does: mark('This list'), global: { matches: (event) => event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target), run: (_, open) => open('shortcuts') } },
  { keys: ['Ctrl/⌘', '/'], does: mark('This list, also while typing'), global: { matches: command('/'), run: (_, open) => open('shortcuts') } },
  { keys: ['Ctrl/⌘', 'Shift', 'O'], does: mark('New chat'), global: { matches: command('o', true), run: (app) => app.route.go('chat') } },
  { keys: ['Enter'], does: mark('Send') },
  { keys: ['Alt', 'Enter'], does: mark('Send to the runner-up instead') },
  { keys: ['Shift', 'Enter'], does: mark('New line') },
  { keys: ['Esc'], does: mark('Stop the answer') },
  { keys: ['1'], does: mark('Left answer is better') },
  { keys: ['2'], does: mark('Right answer is better') },
  { keys: ['0'], does: mark('Both equally good') },
  { keys: ['B'], does: mark('Both bad') },
  { keys: ['S'], does: mark('Pass a pair of the quiz over') },
];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Shortcuts that hold in every view, unless something lies over it. */
export function useKeyboardShortcuts(open: (overlay: Overlay) => void): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const found = SHORTCUTS.find(({ global }) => global?.matches(event));
      if (!found?.global || event.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      found.global.run(app, open);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app, open]);
}

import { useEffect } from 'react';
import { keyAction } from '../keys';
import { useApp } from '../store/context';

/** What lies over the whole app. */
export type Overlay = 'palette' | 'shortcuts';

/** Shortcuts that hold in every view, unless something lies over it. */
export function useKeyboardShortcuts(open: (overlay: Overlay) => void): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = keyAction(event, ['palette', 'sheet', 'new_chat']);
      if (action === null || event.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      if (action === 'new_chat') return app.route.go('chat');
      open(action === 'palette' ? 'palette' : 'shortcuts');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app, open]);
}

import { useState } from 'react';
import { lastFocused } from './last-focused';

/**
 * Our dialogs have no trigger of their own that Radix could give the focus back to. It returns to what had it when the dialog opened, unless
 * something else has taken it by then; from a menu, which is gone, to the button of that menu.
 */
export function useReturnFocus(open: boolean): { readonly onCloseAutoFocus: (event: Event) => void } {
  const [{ wasOpen, opener }, remember] = useState<{ readonly wasOpen: boolean; readonly opener: HTMLElement | null }>({ wasOpen: false, opener: null });
  // While rendering: a moment later the menu has left the page, and the focus with it.
  if (wasOpen !== open) remember({ wasOpen: open, opener: open ? focusedNow() : opener });
  return {
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      (opener?.isConnected ? opener : document.getElementById('main'))?.focus();
    },
  };
}

function focusedNow(): HTMLElement | null {
  // Between the end of a menu and the return of the focus to its button nothing has it.
  const focused = document.activeElement === document.body ? lastFocused() : document.activeElement;
  const menu = focused?.closest('[role="menu"]');
  const element = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
  return element instanceof HTMLElement && element !== document.body ? element : null;
}

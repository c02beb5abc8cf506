let last: Element | null = null;

/** Loaded with the shell, so that a dialog whose code comes later knows what had the focus when it was asked for. */
export function watchFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) last = target;
  });
}

/** What had the focus last, whether or not it is still on the page. */
export function lastFocused(): Element | null {
  return last;
}

import { lazy, Suspense } from 'react';
import type { toast as sonner } from 'sonner';

const Toasts = lazy(() => import('./Toasts'));

let ready: (show: typeof sonner) => void = () => undefined;
/** The library comes after the first paint; what is said before then waits for it. */
const show = new Promise<typeof sonner>((resolve) => (ready = resolve));

/** Once, at the root. */
export function Toaster() {
  return (
    <Suspense>
      <Toasts onReady={ready} />
    </Suspense>
  );
}

export interface ToastAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** A short, passing message, with undo where that makes sense. Anything the user must act on belongs in a Notice. */
export function toast(message: string, action?: ToastAction): void {
  void show.then((present) => present(message, action ? { action, duration: 8000 } : {}));
}

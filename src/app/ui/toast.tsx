import { Toaster as Sonner, toast as sonner, type ToasterProps } from 'sonner';
import styles from './toast.module.css';

type ClassNames = NonNullable<NonNullable<ToasterProps['toastOptions']>['classNames']>;

const classNames: ClassNames = {
  ...(styles.toast ? { toast: styles.toast } : {}),
  ...(styles.title ? { title: styles.title } : {}),
  ...(styles.action ? { actionButton: styles.action } : {}),
};

const offset = { top: 'var(--toast-top)' };

/** Once, at the root. At the top, below a phone's bar: at the bottom it would lie on the composer's and the quiz's buttons. */
export function Toaster() {
  return <Sonner position="top-center" offset={offset} mobileOffset={offset} toastOptions={{ unstyled: true, classNames }} />;
}

export interface ToastAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** A short, passing message, with undo where that makes sense. Anything the user must act on belongs in a Notice. */
export function toast(message: string, action?: ToastAction): void {
  sonner(message, action ? { action, duration: 8000 } : {});
}

import { useEffect } from 'react';
import { Toaster as Sonner, toast as sonner, type ToasterProps } from 'sonner';
import styles from './toast.module.css';

type ClassNames = NonNullable<NonNullable<ToasterProps['toastOptions']>['classNames']>;

const classNames: ClassNames = {
  ...(styles.toast ? { toast: styles.toast } : {}),
  ...(styles.title ? { title: styles.title } : {}),
  ...(styles.action ? { actionButton: styles.action } : {}),
};

const offset = { top: 'var(--toast-top)' };

/** At the top, below a phone's bar: at the bottom it would lie on the composer's and the quiz's buttons. `onReady` gets what shows a message. */
export default function Toasts({ onReady }: { readonly onReady: (show: typeof sonner) => void }) {
  useEffect(() => onReady(sonner), [onReady]);
  return <Sonner position="top-center" offset={offset} mobileOffset={offset} toastOptions={{ unstyled: true, classNames }} />;
}

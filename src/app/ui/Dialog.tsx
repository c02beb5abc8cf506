import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button';
import { cx } from './cx';
import styles from './overlays.module.css';
import { useReturnFocus } from './use-return-focus';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, right-aligned. */
  readonly footer?: ReactNode;
  readonly size?: 'md' | 'lg';
}

/** Focus goes to the dialog itself, unless a field in it asked for it: on the close button it would open that one's tooltip. */
function focusContent(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  if (!content.contains(document.activeElement)) content.focus();
}

/** A message lies above everything; its undo is not a press beside the dialog. */
function keepForToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]')) event.preventDefault();
}

export function Dialog({ open, onOpenChange, title, description, children, footer, size = 'md' }: DialogProps) {
  const { t } = useTranslation();
  const focus = useReturnFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content className={cx(styles.dialog, size === 'lg' && styles.large)} onOpenAutoFocus={focusContent} onInteractOutside={keepForToasts} {...focus} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <header className={styles.dialogHeader}>
            <Radix.Title className={styles.dialogTitle}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('Close')} icon={<X size={18} />} />
            </Radix.Close>
          </header>
          {description !== undefined && <Radix.Description className={styles.dialogDescription}>{description}</Radix.Description>}
          <div className={styles.dialogBody}>{children}</div>
          {footer && <footer className={styles.dialogFooter}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A panel that slides in from a side: the sidebar on a phone, details on the right. */
export function Sheet({ open, onOpenChange, title, side = 'right', children }: DialogProps & { readonly side?: 'left' | 'right' }) {
  const focus = useReturnFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content className={cx(styles.sheet, side === 'left' ? styles.sheetLeft : styles.sheetRight)} onInteractOutside={keepForToasts} {...focus} aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
}

/** For what cannot be undone. Where undo is possible, do it and offer undo in a toast instead. */
export function ConfirmDialog({ open, onOpenChange, title, description, confirmLabel, danger = false, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const focus = useReturnFocus(open);
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.scrim} />
        <AlertDialog.Content className={styles.dialog} {...focus}>
          <AlertDialog.Title className={styles.dialogTitle}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.dialogDescription} asChild>
            <div>{description}</div>
          </AlertDialog.Description>
          <footer className={styles.dialogFooter}>
            <AlertDialog.Cancel asChild>
              <Button>{t('Cancel')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant={danger ? 'danger' : 'primary'} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

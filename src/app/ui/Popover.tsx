import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx';
import styles from './overlays.module.css';

export interface PopoverProps {
  readonly trigger: ReactElement;
  /** Accessible name of the panel. */
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  /** Twice as wide where there is room, for two columns. */
  readonly wide?: boolean;
}

export function Popover({ trigger, label, children, align = 'start', wide = false }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        {/* Focusable, so that the arrow keys scroll it. */}
        <Radix.Content className={cx(styles.popover, wide && styles.popoverWide)} aria-label={label} tabIndex={0} align={align} sideOffset={8} collisionPadding={12}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

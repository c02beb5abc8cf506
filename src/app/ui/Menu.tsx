import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx';
import styles from './overlays.module.css';

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly wide?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function Menu({ trigger, children, align = 'end', wide = false, onOpenChange }: MenuProps) {
  return (
    <Radix.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={cx(styles.menu, wide && styles.menuWide)} align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  /** Second line or right-hand note. */
  readonly note?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Shows a tick; for choosing one of several. */
  readonly checked?: boolean;
}

export function MenuItem({ children, onSelect, icon, note, danger = false, disabled = false, checked }: MenuItemProps) {
  const content = (
    <>
      {icon && <span className={styles.menuIcon}>{icon}</span>}
      <span className={styles.menuLabel}>{children}</span>
      {note && <span className={styles.menuNote}>{note}</span>}
      {checked && <Check size={16} className={styles.menuTick} aria-hidden />}
    </>
  );
  const className = cx(styles.menuItem, danger && styles.menuDanger);
  if (checked === undefined) {
    return (
      <Radix.Item className={className} onSelect={onSelect} disabled={disabled}>
        {content}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem className={className} checked={checked} onSelect={onSelect} disabled={disabled}>
      {content}
    </Radix.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className={styles.menuSeparator} />;
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className={styles.menuHeading}>{children}</Radix.Label>;
}

import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { cx } from './cx';
import { Spinner } from './Spinner';
import { Tooltip } from './Tooltip';

type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'md' | 'sm';
  /** Shown before the label. */
  readonly icon?: ReactNode;
  /** Shows a spinner and disables the button. */
  readonly busy?: boolean;
}

export function Button({ variant = 'secondary', size = 'md', icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(styles.button, styles[variant], size === 'sm' && styles.small, className)}
      disabled={disabled === true || busy}
      {...rest}
    >
      {busy ? <Spinner size={16} /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'size'> {
  /** Accessible name, also the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Toggle buttons: on or off. */
  readonly pressed?: boolean;
}

export function IconButton({ label, icon, pressed, variant = 'quiet', className, busy = false, disabled, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(styles.button, styles.iconOnly, styles[variant], className)}
        disabled={disabled === true || busy}
        {...rest}
      >
        {busy ? <Spinner size={16} /> : icon}
      </button>
    </Tooltip>
  );
}

import { Switch as RadixSwitch } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import styles from './controls.module.css';

export interface SwitchProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** Keeps the label for screen readers only. */
  readonly hideLabel?: boolean;
}

export function Switch({ label, hint, checked, onCheckedChange, disabled = false, hideLabel = false }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.switchLabel}>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </label>
      <RadixSwitch.Root id={id} className={styles.switch} checked={checked} onCheckedChange={onCheckedChange} disabled={disabled}>
        <RadixSwitch.Thumb className={styles.thumb} />
      </RadixSwitch.Root>
    </div>
  );
}

import { useId, type ComponentProps, type ReactNode } from 'react';
import styles from './controls.module.css';
import { cx } from './cx';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Says what is wrong and how to put it right. */
  readonly error?: string | null | undefined;
  readonly hideLabel?: boolean;
}

interface ControlAttributes {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

/** Label, hint and error around any control. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldFrame & { readonly children: (attributes: ControlAttributes) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || Boolean(hint);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.fieldLabel}>
        {label}
      </label>
      {children({ id, 'aria-invalid': Boolean(error), 'aria-describedby': hasNote ? noteId : undefined })}
      {hasNote && (
        <p id={noteId} className={error ? styles.error : styles.hint} role={error ? 'alert' : undefined}>
          {error || hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, className, ...rest }: FieldFrame & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})}>
      {(attributes) => <input type="text" {...rest} {...attributes} className={cx(styles.input, className)} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, hideLabel, className, ...rest }: FieldFrame & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})}>
      {(attributes) => <textarea {...rest} {...attributes} className={cx(styles.input, className)} />}
    </Field>
  );
}

export interface SelectFieldProps extends FieldFrame {
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly onValueChange: (value: string) => void;
  readonly disabled?: boolean;
}

/** The platform's own select: best on a phone and for screen readers. */
export function SelectField({ label, hint, error, hideLabel, value, choices, onValueChange, disabled = false }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})}>
      {(attributes) => (
        <select {...attributes} className={styles.input} value={value} disabled={disabled} onChange={(event) => onValueChange(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

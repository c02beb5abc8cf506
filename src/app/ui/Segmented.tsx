import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './controls.module.css';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onValueChange: (value: Value) => void;
}

/** One of a few, side by side. */
export function Segmented<Value extends string>({ label, value, choices, onValueChange }: SegmentedProps<Value>) {
  const select = (picked: string) => {
    const choice = choices.find((candidate) => candidate.value === picked);
    if (choice) onValueChange(choice.value);
  };
  return (
    <ToggleGroup.Root type="single" className={styles.segmented} aria-label={label} value={value} onValueChange={select}>
      {choices.map((choice) => (
        <ToggleGroup.Item key={choice.value} value={choice.value} className={styles.segment}>
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

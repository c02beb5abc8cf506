import { Slider as RadixSlider, Switch as RadixSwitch, ToggleGroup } from 'radix-ui';
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

export interface SliderProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onValueChange: (value: number) => void;
  /** The value in words, shown at the right and read out. */
  readonly valueText: string;
  /** Words under both ends. */
  readonly ends?: readonly [string, string];
}

export function Slider({ label, hint, value, min, max, step, onValueChange, valueText, ends }: SliderProps) {
  return (
    <div className={styles.sliderBlock}>
      <div className={styles.sliderHead}>
        <span>{label}</span>
        <output>{valueText}</output>
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      <RadixSlider.Root className={styles.slider} value={[value]} min={min} max={max} step={step} onValueChange={(values) => onValueChange(values[0] ?? value)}>
        <RadixSlider.Track className={styles.sliderTrack}>
          <RadixSlider.Range className={min < 0 ? styles.sliderRangeHidden : styles.sliderRange} />
        </RadixSlider.Track>
        <RadixSlider.Thumb className={styles.sliderThumb} aria-label={label} aria-valuetext={valueText} />
      </RadixSlider.Root>
      {ends && (
        <div className={styles.ends}>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </div>
  );
}

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

import { Slider as RadixSlider } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './controls.module.css';

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

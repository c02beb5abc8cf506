import styles from './Spinner.module.css';

/** Decorative unless `label` is given. */
export function Spinner({ size = 18, label }: { readonly size?: number; readonly label?: string }) {
  return (
    <span className={styles.spinner} style={{ width: size, height: size }} role={label ? 'status' : undefined} aria-hidden={label ? undefined : true}>
      {label && <span className="visually-hidden">{label}</span>}
    </span>
  );
}

export interface ProgressBarProps {
  readonly label: string;
  /** 0 … 1; null when unknown. */
  readonly value: number | null;
  /** Shown at the right of the label, for example "4.2 of 23 MB". */
  readonly detail?: string;
}

export function ProgressBar({ label, value, detail }: ProgressBarProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className={styles.progress}>
      <div className={styles.progressLabel}>
        <span>{label}</span>
        {detail && <span>{detail}</span>}
      </div>
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={styles.track}>
        <div className={percent === undefined ? styles.unknown : styles.bar} style={percent === undefined ? undefined : { width: `${percent}%` }} />
      </div>
    </div>
  );
}

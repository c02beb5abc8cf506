import type { ReactNode } from 'react';
import { Popover } from '../ui';
import styles from './facts.module.css';

interface FiguresPopoverProps {
  /** The figures in one quiet line, which opens the rest. */
  readonly summary: string;
  readonly label: string;
  readonly title?: string;
  /** Name and value; one without a value is left out. */
  readonly rows: readonly (readonly [string, ReactNode])[];
  readonly note?: string | null;
}

export function FiguresPopover({ summary, label, title, rows, note }: FiguresPopoverProps) {
  return (
    <Popover
      label={label}
      align="end"
      trigger={
        <button type="button" className={styles.trigger}>
          {summary}
        </button>
      }
    >
      <div className={styles.panel}>
        {title && <h3 className={styles.title}>{title}</h3>}
        <dl className={styles.figures}>
          {rows.map(([name, value]) =>
            value === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        {note && <p className={styles.note}>{note}</p>}
      </div>
    </Popover>
  );
}

import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { mark } from '../../core/phrase';
import { cx } from '../ui';
import { tasteAxes, type Certainty, type TasteAxis, type TasteState } from '../words/taste-profile';
import styles from './taste-bars.module.css';

/** Half of the bar stands for at least this weight, so that an empty profile does not look dramatic. */
const SMALLEST_SCALE = 0.4;

const CERTAINTY_WORDS: Readonly<Record<Certainty, string>> = { unknown: mark('not known yet'), leaning: mark('a lean'), clear: mark('clear') };

export interface TasteBarsProps {
  readonly state: TasteState;
  /** Several columns of bars without words, for beside the quiz. */
  readonly compact?: boolean;
}

/** One bar per axis: where the wish lies, and in a soft band how far it might be off. */
export function TasteBars({ state, compact = false }: TasteBarsProps) {
  const axes = tasteAxes(state);
  const scale = Math.max(SMALLEST_SCALE, ...axes.map((axis) => Math.abs(axis.weight) + axis.deviation));
  return (
    <ul className={cx(styles.bars, compact && styles.compact)}>
      {axes.map((axis) => (
        <Row key={axis.axis} axis={axis} scale={scale} compact={compact} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly axis: TasteAxis;
  readonly scale: number;
  readonly compact: boolean;
}

function Row({ axis, scale, compact }: RowProps) {
  const { t } = useTranslation();
  const { label, words, certainty } = axis;
  const note = certainty === 'unknown' ? t(CERTAINTY_WORDS.unknown) : `${words} · ${t(CERTAINTY_WORDS[certainty])}`;
  return (
    <li className={cx(styles.row, styles[certainty])} title={compact ? t('{{trait}}: {{difference}}', { trait: label, difference: note }) : undefined}>
      <span className={styles.label}>{label}</span>
      <span className={styles.track} aria-hidden>
        <i className={styles.band} style={span(axis.weight - axis.deviation, axis.weight + axis.deviation, scale)} />
        <i className={styles.fill} style={span(Math.min(0, axis.weight), Math.max(0, axis.weight), scale)} />
        <i className={styles.zero} />
      </span>
      <span className={compact ? 'visually-hidden' : styles.note}>{note}</span>
    </li>
  );
}

/** Left and width in percent of the track, whose middle is weight 0. */
function span(from: number, to: number, scale: number): CSSProperties {
  const percent = (weight: number) => 50 + 50 * Math.min(1, Math.max(-1, weight / scale));
  return { left: `${percent(from)}%`, width: `${percent(to) - percent(from)}%` };
}

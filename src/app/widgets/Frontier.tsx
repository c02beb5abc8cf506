import { frontierOf, type FrontierPoint } from '../../core/liking';
import type { RoutingDecision } from '../../core/routing';
import { useTranslation } from '../i18n';
import { useApp } from '../store/context';
import { cx } from '../ui';
import { costText, percentText } from '../words/amounts';
import styles from './picker.module.css';

const WIDTH = 320;
const HEIGHT = 132;
const LEFT = 14;
const RIGHT = WIDTH - 14;
const TOP = 12;
const BOTTOM = HEIGHT - 12;
const SHOWN_ROWS = 5;

interface FrontierProps {
  readonly decision: RoutingDecision;
  readonly chosenId: string | null;
  readonly onChoose: (modelId: string) => void;
}

/** Cost against expected liking of the whole pool for one prompt: what a wish costs, and what it saves. */
export function Frontier({ decision, chosenId, onChoose }: FrontierProps) {
  const { t } = useTranslation();
  const app = useApp();
  const points = frontierOf(decision.ranking, chosenId);
  const chosen = points.find((point) => point.isChosen);
  if (points.length < 2 || !chosen) return <p className={styles.note}>{t('The picture of cost against liking needs two models with known prices.')}</p>;
  const name = app.pool.nameOf(chosen.modelId);
  const unpriced = decision.ranking.length - points.length;
  return (
    <figure className={styles.frontier}>
      <figcaption className={styles.note}>{t('Expected cost (to the right) against how likely you are to prefer the answer to that of {{model}} (upwards), wishes left aside', { model: name })}</figcaption>
      <Picture points={points} label={t('{{model}} is marked; the list below has the same values', { model: name })} />
      <ul className={styles.points}>
        {rowsOf(points).map((point) => (
          <li key={point.modelId}>
            <button type="button" className={cx(styles.point, point.isChosen && styles.pointChosen)} onClick={() => onChoose(point.modelId)}>
              <span className={styles.pointName}>{app.pool.nameOf(point.modelId)}</span>
              <span>{costText(point.costUsd)}</span>
              <span>{point.isChosen ? t('chosen') : percentText(point.liking)}</span>
            </button>
          </li>
        ))}
      </ul>
      {unpriced > 0 && <p className={styles.note}>{t('{{count}} models of unknown price are not shown', { count: unpriced })}</p>}
    </figure>
  );
}

/** The efficient ones and the chosen one, cheapest first; of many, those that are liked most. */
function rowsOf(points: readonly FrontierPoint[]): readonly FrontierPoint[] {
  const kept = points.filter((point) => point.isEfficient || point.isChosen).toSorted((a, b) => Number(b.isChosen) - Number(a.isChosen) || b.liking - a.liking);
  const shown = new Set(kept.slice(0, SHOWN_ROWS));
  return points.filter((point) => shown.has(point));
}

function Picture({ points, label }: { readonly points: readonly FrontierPoint[]; readonly label: string }) {
  const x = costScale(points);
  const y = (liking: number) => BOTTOM - liking * (BOTTOM - TOP);
  const line = points.filter((point) => point.isEfficient).map((point) => `${x(point.costUsd)},${y(point.liking)}`).join(' ');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.picture} role="img" aria-label={label}>
      <line x1={LEFT} y1={BOTTOM} x2={RIGHT} y2={BOTTOM} className={styles.axis} />
      <line x1={LEFT} y1={y(0.5)} x2={RIGHT} y2={y(0.5)} className={styles.even} />
      <polyline points={line} className={styles.line} />
      {points.map((point) => (
        <circle
          key={point.modelId}
          cx={x(point.costUsd)}
          cy={y(point.liking)}
          r={point.isChosen ? 6 : 4}
          className={point.isChosen ? styles.dotChosen : point.isEfficient ? styles.dotEfficient : styles.dot}
        />
      ))}
    </svg>
  );
}

/** Costs span orders of magnitude, so steps are ratios; what is free stands at the left edge. */
function costScale(points: readonly FrontierPoint[]): (usd: number) => number {
  const paid = points.map((point) => point.costUsd).filter((usd) => usd > 0);
  const low = Math.log(Math.min(...paid, 1) / 2);
  const high = Math.log(Math.max(...paid, Number.MIN_VALUE));
  return (usd) => (usd <= 0 || high <= low ? LEFT : LEFT + ((Math.log(usd) - low) / (high - low)) * (RIGHT - LEFT));
}

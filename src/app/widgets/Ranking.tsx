import type { RoutingDecision, ScoredCandidate } from '../../core/routing';
import { joinedText, t, useTranslation } from '../i18n';
import { useApp } from '../store/context';
import { costText, percentText, wordsText } from '../words/amounts';
import { differenceWords, reasonLabel } from '../words/axis-words';
import styles from './widgets.module.css';

/** Best first, with what each answer is expected to be like. */
export function Ranking({ decision, count }: { readonly decision: RoutingDecision; readonly count: number }) {
  useTranslation();
  const { pool } = useApp();
  return (
    <ol className={styles.rank}>
      {decision.ranking.slice(0, count).map((candidate, index) => (
        <li key={candidate.modelId} className={styles.rankRow}>
          <span className={styles.rankNumber}>{index + 1}</span>
          <span>
            <span className={styles.rankName}>{pool.nameOf(candidate.modelId)}</span>
            <span className={styles.rankNote}>{joinedText([wordsText(candidate.expectedWords), ...differenceWords(candidate.features, othersOf(decision, candidate), 2)], 'unit')}</span>
            <span className={styles.rankNote}>{reasonText(decision, index)}</span>
          </span>
          <span className={styles.rankCost}>{costText(candidate.expectedCostUsd)}</span>
        </li>
      ))}
    </ol>
  );
}

/** For the first, what puts it before the second; for the others, their chance to be the better one after all. */
function reasonText({ ranking, explanation }: RoutingDecision, index: number): string {
  const [best, second] = ranking;
  const candidate = ranking[index];
  if (!best || !second || !candidate) return '';
  if (index > 0) return t('{{percent}} likely to be the one you prefer to the first', { percent: percentText(candidate.winProbability) });
  const reasons = explanation.axes.filter((reason) => reason.contribution > 0).slice(0, 2);
  return reasons.length === 0 ? '' : t('Ahead by {{reasons}}', { reasons: joinedText(reasons.map((reason) => lowerFirst(reasonLabel(reason, best.features, second.features)))) });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Features of every other ranked model. */
export function othersOf({ ranking }: RoutingDecision, candidate: ScoredCandidate): readonly (readonly number[])[] {
  return ranking.filter((other) => other.modelId !== candidate.modelId).map((other) => other.features);
}

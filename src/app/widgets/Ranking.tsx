import type { RoutingDecision, ScoredCandidate } from '../../core/routing';
import { useApp } from '../store/context';
import { costText, wordsText } from '../words/amounts';
import { differenceWords } from '../words/axis-words';
import styles from './widgets.module.css';

/** Best first, with what each answer is expected to be like. */
export function Ranking({ decision, count }: { readonly decision: RoutingDecision; readonly count: number }) {
  const { pool } = useApp();
  return (
    <ol className={styles.rank}>
      {decision.ranking.slice(0, count).map((candidate, index) => (
        <li key={candidate.modelId} className={styles.rankRow}>
          <span className={styles.rankNumber}>{index + 1}</span>
          <span>
            <span className={styles.rankName}>{pool.nameOf(candidate.modelId)}</span>
            <span className={styles.rankNote}>{[wordsText(candidate.expectedWords), ...differenceWords(candidate.features, othersOf(decision, candidate), 2)].join(', ')}</span>
          </span>
          <span className={styles.rankCost}>{costText(candidate.expectedCostUsd)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Features of every other ranked model. */
export function othersOf({ ranking }: RoutingDecision, candidate: ScoredCandidate): readonly (readonly number[])[] {
  return ranking.filter((other) => other.modelId !== candidate.modelId).map((other) => other.features);
}

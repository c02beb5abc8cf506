import { memo, type ComponentType } from 'react';
import type { Turn } from '../../../core/conversation';
import { awaitsPick, shownResponse } from '../../store/turn-tree';
import { cx } from '../../ui';
import styles from './chat.module.css';
import { LearnedLine } from './LearnedLine';
import { PromptView } from './PromptView';
import { ResponseView } from './ResponseView';

export interface TurnViewProps {
  readonly turn: Turn;
  readonly isLast: boolean;
  readonly comparison: ComponentType<{ readonly turn: Turn }>;
  /** Its place in the thread, of which only a part is in the page. */
  readonly index: number;
  readonly count: number;
  /** Somebody was led here from elsewhere. */
  readonly isFound: boolean;
  readonly ref: (element: HTMLLIElement | null) => void;
}

/** Side by side until the conversation goes on, also after the pick. */
export function showsComparison(turn: Turn, isLast: boolean): boolean {
  return turn.comparison !== null && (awaitsPick(turn) || (isLast && turn.responses.length === 2));
}

export const TurnView = memo(function TurnView({ turn, isLast, comparison: Comparison, index, count, isFound, ref }: TurnViewProps) {
  const shown = shownResponse(turn);
  const compares = showsComparison(turn, isLast);
  return (
    <li ref={ref} data-index={index} aria-posinset={index + 1} aria-setsize={count} tabIndex={isFound ? -1 : undefined} className={cx(styles.turn, compares && styles.turnWide, isFound && styles.turnFound)}>
      <PromptView turn={turn} />
      {compares ? <Comparison turn={turn} /> : shown && <ResponseView turn={turn} response={shown} isLast={isLast} />}
      {!compares && <LearnedLine turn={turn} />}
    </li>
  );
});

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
}

/** Side by side until the conversation goes on, also after the pick. */
export function showsComparison(turn: Turn, isLast: boolean): boolean {
  return turn.comparison !== null && (awaitsPick(turn) || (isLast && turn.responses.length === 2));
}

export const TurnView = memo(function TurnView({ turn, isLast, comparison: Comparison }: TurnViewProps) {
  const shown = shownResponse(turn);
  const compares = showsComparison(turn, isLast);
  return (
    <li className={cx(styles.turn, compares && styles.turnWide)}>
      <PromptView turn={turn} />
      {compares ? <Comparison turn={turn} /> : shown && <ResponseView turn={turn} response={shown} isLast={isLast} />}
      {!compares && <LearnedLine turn={turn} />}
    </li>
  );
});

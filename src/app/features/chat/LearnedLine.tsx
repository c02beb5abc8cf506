import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { LearnedNote } from '../../widgets/LearnedNote';
import styles from './chat.module.css';

/** What a thumb, a regeneration or a switch on this turn has taught, while it is fresh. */
export function LearnedLine({ turn }: { readonly turn: Turn }) {
  const reveal = useSlice(useApp().chat, (state) => state.reveals[turn.id]);
  return reveal ? (
    <div className={styles.learned}>
      <LearnedNote reveal={reveal} />
    </div>
  ) : null;
}

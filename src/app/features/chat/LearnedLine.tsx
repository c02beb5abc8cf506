import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { LearnedNote } from '../../widgets/LearnedNote';

/** What a thumb, a regeneration or a switch on this turn has taught, while it is fresh. */
export function LearnedLine({ turn }: { readonly turn: Turn }) {
  const reveal = useSlice(useApp().chat, (state) => state.reveals[turn.id]);
  return reveal ? <LearnedNote reveal={reveal} /> : null;
}

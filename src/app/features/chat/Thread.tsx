import { useEffect, useMemo, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { awaitsPick, branch } from '../../store/turn-tree';
import styles from './chat.module.css';
import { showsComparison, TurnView } from './TurnView';

/** Within this distance of the end the view follows new text. */
const FOLLOW_PX = 80;

/** The branch on screen. Follows the newest text unless the reader has scrolled up. */
export function Thread({ comparison }: { readonly comparison: ComponentType<{ readonly turn: Turn }> }) {
  const app = useApp();
  const { t } = useTranslation();
  const turns = useSlice(app.chat, (state) => state.turns);
  const leafId = useSlice(app.chat, (state) => state.leafId);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const title = useSlice(app.conversations, (state) => state.list.find((conversation) => conversation.id === conversationId)?.title ?? t('Chat'));
  const path = useMemo(() => branch(turns, leafId), [turns, leafId]);
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const follows = useRef(true);

  useEffect(() => {
    const [box, list] = [frame.current, content.current];
    if (!box || !list) return;
    const toEnd = () => follows.current && box.scrollTo({ top: box.scrollHeight });
    const observer = new ResizeObserver(toEnd);
    observer.observe(list);
    return () => observer.disconnect();
  }, [conversationId]);

  // Two answers are read from their beginning, and so is what a pick reveals; a single one is followed to its end.
  const last = path.at(-1);
  const compares = last !== undefined && showsComparison(last, true);
  const isRevealed = compares && !awaitsPick(last);
  useEffect(() => {
    const box = frame.current;
    follows.current = !compares;
    if (compares) content.current?.lastElementChild?.scrollIntoView({ block: 'start' });
    else box?.scrollTo({ top: box.scrollHeight });
  }, [leafId, compares, isRevealed]);

  const onScroll = () => {
    const box = frame.current;
    if (box && !compares) follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < FOLLOW_PX;
  };

  return (
    <div className={styles.thread} ref={frame} onScroll={onScroll}>
      <h1 className="visually-hidden">{title}</h1>
      <ol className={styles.turns} ref={content}>
        {path.map((turn) => (
          <TurnView key={turn.id} turn={turn} isLast={turn.id === leafId} comparison={comparison} />
        ))}
      </ol>
    </div>
  );
}

import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Turn } from '../../../core/conversation';
import { useApp, useSlice } from '../../store/context';
import { awaitsPick, branch } from '../../store/turn-tree';
import styles from './chat.module.css';
import { showsComparison, TurnView } from './TurnView';
import { useFoundTurn } from './found-turn';

/** Within this distance of the end the view follows new text. */
const FOLLOW_PX = 80;

/** A thread of this length is in the page as a whole, so that the browser's own search finds everything in it. */
const WHOLE = 40;
const OVERSCAN = 6;
const TURN_PX = 360;
/** As in chat.module.css. */
const GAP_PX = 48;

/**
 * The branch on screen, of which a long one has only the turns around the reader in the page. Follows the newest text unless the reader has
 * scrolled up.
 */
export function Thread({ comparison }: { readonly comparison: ComponentType<{ readonly turn: Turn }> }) {
  const app = useApp();
  const { t } = useTranslation();
  const turns = useSlice(app.chat, (state) => state.turns);
  const leafId = useSlice(app.chat, (state) => state.leafId);
  const conversationId = useSlice(app.chat, (state) => state.conversationId);
  const title = useSlice(app.conversations, () => app.conversations.find(conversationId ?? '')?.title ?? t('Chat'));
  const path = useMemo(() => branch(turns, leafId), [turns, leafId]);
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const follows = useRef(true);
  const lastTop = useRef(0);
  const virtual = useVirtualizer({
    count: path.length,
    getScrollElement: () => frame.current,
    estimateSize: () => TURN_PX,
    getItemKey: (index) => path[index]?.id ?? index,
    gap: GAP_PX,
    paddingStart: GAP_PX,
    paddingEnd: GAP_PX / 2,
    scrollPaddingStart: GAP_PX / 2,
    rangeExtractor: (range) => shownRange(range),
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];

  useEffect(() => {
    if (first && last) void app.chat.loadDecisions(path.slice(first.index, last.index + 1).map(({ id }) => id));
  }, [app, path, first, last]);

  useEffect(() => {
    const [box, list] = [frame.current, content.current];
    if (!box || !list) return;
    // Whoever opened the reasons of an answer is reading them: they hang on their button and would be carried off with it.
    const toEnd = () => follows.current && !box.querySelector('[aria-haspopup="dialog"][aria-expanded="true"]') && box.scrollTo({ top: box.scrollHeight });
    const observer = new ResizeObserver(toEnd);
    observer.observe(list);
    return () => observer.disconnect();
  }, [conversationId]);

  // Two answers are read from their beginning, and so is what a pick reveals; a single one is followed to its end.
  const end = path.at(-1);
  const compares = end !== undefined && showsComparison(end, true);
  const isRevealed = compares && !awaitsPick(end);
  const lastIndex = path.length - 1;
  const scrollToIndex = virtual.scrollToIndex;
  useEffect(() => {
    const box = frame.current;
    follows.current = !compares;
    if (compares) scrollToIndex(lastIndex, { align: 'start' });
    else box?.scrollTo({ top: box.scrollHeight });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new leaf, not a longer path, is what moves the view
  }, [leafId, compares, isRevealed]);

  const foundId = useFoundTurn(path, (index) => {
    follows.current = false;
    scrollToIndex(index, { align: 'start' });
  });

  const onScroll = () => {
    const box = frame.current;
    if (!box || compares) return;
    // Text that grew since the scroll was asked for is no reason to stop following; a reader who went up is.
    if (box.scrollHeight - box.scrollTop - box.clientHeight < FOLLOW_PX) follows.current = true;
    else if (box.scrollTop < lastTop.current) follows.current = false;
    lastTop.current = box.scrollTop;
  };

  return (
    <div className={styles.thread} ref={frame} onScroll={onScroll}>
      <h1 className="visually-hidden">{title}</h1>
      <ol className={styles.turns} ref={content} style={{ height: virtual.getTotalSize(), paddingTop: first?.start ?? 0 }}>
        {items.map(({ index }) => {
          const turn = path[index];
          if (!turn) return null;
          return (
            <TurnView
              key={turn.id}
              ref={virtual.measureElement}
              turn={turn}
              index={index}
              count={path.length}
              isFound={turn.id === foundId}
              isLast={turn.id === leafId}
              comparison={comparison}
            />
          );
        })}
      </ol>
    </div>
  );
}

function shownRange({ startIndex, endIndex, count }: Range): number[] {
  const from = count <= WHOLE ? 0 : Math.max(0, startIndex - OVERSCAN);
  const to = count <= WHOLE ? count - 1 : Math.min(count - 1, endIndex + OVERSCAN);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset);
}

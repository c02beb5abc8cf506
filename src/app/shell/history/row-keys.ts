import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { HistoryRow } from './rows';

/** What makes the main element of a row a stop for the arrow keys. */
export interface StopProps {
  readonly tabIndex: 0 | -1;
  readonly 'data-row-focus': true;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** A row that got the focus by mouse or tab is where the arrows start from. */
  readonly onFocus: () => void;
}

export interface RowKeys {
  /** Position of the row in the tab order; −1 when there is none. */
  readonly activeIndex: number;
  readonly stop: (row: HistoryRow, scrollTo: (index: number) => void) => StopProps;
}

/** Arrow keys over rows of which most are not in the page: the row is scrolled to, then focused when it has been rendered. */
export function useRowKeys(rows: readonly HistoryRow[], currentId: string | null): RowKeys {
  const [chosen, setChosen] = useState<string | null>(null);
  const awaited = useRef<string | null>(null);
  const stops = rows.flatMap((row, index) => (row.kind === 'chat' || row.kind === 'folder' ? [index] : []));
  const keyAt = (index: number | undefined) => (index === undefined ? null : (rows[index]?.key ?? null));
  const isThere = (key: string | null) => key !== null && rows.some((row) => row.key === key);
  const active = [chosen, currentId].find(isThere) ?? keyAt(stops[0]);

  useEffect(() => {
    if (awaited.current === null) return;
    const target = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(awaited.current)}"] [data-row-focus]`);
    if (!target) return;
    awaited.current = null;
    target.focus({ preventScroll: true });
  });

  return {
    activeIndex: rows.findIndex((row) => row.key === active),
    stop: ({ key }, scrollTo) => ({
      tabIndex: key === active ? 0 : -1,
      'data-row-focus': true,
      onFocus: () => setChosen(key),
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const at = stops.findIndex((index) => rows[index]?.key === key);
        const next = stops[nextStop(event.key, at, stops.length)];
        if (next === undefined) return;
        event.preventDefault();
        awaited.current = keyAt(next);
        setChosen(keyAt(next));
        scrollTo(next);
      },
    }),
  };
}

/** Position after a key; −1 for a key that moves nothing. */
export function nextStop(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}

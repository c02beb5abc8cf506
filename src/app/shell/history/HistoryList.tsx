import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { ChatRow } from './ChatRow';
import { useDropping } from './drag';
import { FolderRow } from './FolderRow';
import { groupText } from './group-words';
import { HistoryDialogs, type HistoryDialog } from './HistoryDialogs';
import type { RowActions } from './row-actions';
import { useRowKeys, type StopProps } from './row-keys';
import { historyRows, type HistoryRow } from './rows';
import styles from './history.module.css';

const ROW_PX = 37;
const OVERSCAN = 8;

/**
 * Every chat there is, of which only the rows in sight are in the page. One row is in the tab order; the arrow keys, Home and End move it.
 */
export function HistoryList({ currentId }: { readonly currentId: string | null }) {
  const app = useApp();
  const { t } = useTranslation();
  const { list, folders, loaded } = useSlice(app.conversations, (state) => state);
  const rows = useMemo(() => historyRows(list, folders, app.platform.clock.now()), [list, folders, app]);
  const [dialog, setDialog] = useState<HistoryDialog | null>(null);
  const frame = useRef<HTMLElement>(null);
  const keys = useRowKeys(rows, currentId);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    rangeExtractor: (range) => withActive(range, keys.activeIndex),
  });
  const dropping = useDropping((conversationId, folderId) => void app.conversations.move(conversationId, folderId));
  const actions = useMemo<RowActions>(
    () => ({
      rename: (conversation) => setDialog({ kind: 'rename', conversation }),
      move: (conversation) => setDialog({ kind: 'move', conversation }),
      renameFolder: (folder) => setDialog({ kind: 'rename-folder', folder }),
    }),
    [],
  );

  return (
    <nav aria-label={t('Conversations')} className={styles.frame} ref={frame} {...dropping.handlers}>
      {loaded && rows.length === 0 && <p className={styles.none}>{t('Your chats appear here. They stay on this device.')}</p>}
      <ul className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={row.key}
              ref={virtual.measureElement}
              data-index={item.index}
              data-row={row.key}
              data-drop={dropOf(row)}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
            >
              <Row row={row} currentId={currentId} stop={keys.stop(row, virtual.scrollToIndex)} dropFolder={dropping.over} actions={actions} />
            </li>
          );
        })}
      </ul>
      {dialog && <HistoryDialogs dialog={dialog} onClose={() => setDialog(null)} />}
    </nav>
  );
}

interface RowProps {
  readonly row: HistoryRow;
  readonly currentId: string | null;
  readonly stop: StopProps;
  /** Folder that a dragged chat would fall into now. */
  readonly dropFolder: string | null;
  readonly actions: RowActions;
}

function Row({ row, currentId, stop, dropFolder, actions }: RowProps) {
  const { t } = useTranslation();
  switch (row.kind) {
    case 'pinned':
      return <h2 className={styles.heading}>{t('Pinned')}</h2>;
    case 'date':
      return <h2 className={styles.heading}>{groupText(row.group)}</h2>;
    case 'folder':
      return <FolderRow folder={row.folder} count={row.count} stop={stop} isDropTarget={dropFolder === row.folder.id} actions={actions} />;
    case 'chat':
      return <ChatRow conversation={row.conversation} inFolder={row.inFolder} current={row.conversation.id === currentId} stop={stop} actions={actions} />;
  }
}

/** The row in the tab order stays in the page wherever the list is scrolled to. */
function withActive({ startIndex, endIndex, overscan, count }: Range, active: number): number[] {
  const from = Math.max(0, startIndex - overscan);
  const to = Math.min(count - 1, endIndex + overscan);
  const seen = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
  return active < 0 || (active >= from && active <= to) ? seen : [...seen, active].toSorted((left, right) => left - right);
}

/** Where a chat dropped on the row goes: a folder's id, '' for no folder. */
function dropOf(row: HistoryRow): string {
  if (row.kind === 'folder') return row.folder.id;
  return row.kind === 'chat' && row.inFolder ? (row.conversation.folderId ?? '') : '';
}

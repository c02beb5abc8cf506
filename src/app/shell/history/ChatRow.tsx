import { EllipsisVertical, FolderInput, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import type { Conversation } from '../../../core/conversation';
import { useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import { routeHref } from '../../store/route';
import { ExportItems } from '../../widgets/ExportItems';
import { cx, IconButton, Menu, MenuItem, MenuSeparator } from '../../ui';
import { startDrag } from './drag';
import { useRemoval } from './removal';
import type { RowActions } from './row-actions';
import type { StopProps } from './row-keys';
import styles from './history.module.css';

interface ChatRowProps {
  readonly conversation: Conversation;
  readonly inFolder: boolean;
  readonly current: boolean;
  /** The menu is in the tab order with its row. */
  readonly stop: StopProps;
  readonly actions: RowActions;
}

export function ChatRow({ conversation, inFolder, current, stop, actions }: ChatRowProps) {
  const app = useApp();
  const { t } = useTranslation();
  const remove = useRemoval();
  const { id, title } = conversation;
  const isPinned = conversation.pinnedAt !== null;
  return (
    <div className={cx(styles.row, inFolder && styles.inFolder, current && styles.rowCurrent)} draggable onDragStart={(event) => startDrag(event, id)}>
      <a className={styles.rowLink} href={routeHref('chat', id)} aria-current={current ? 'page' : undefined} title={title} {...stop} draggable={false}>
        {title}
      </a>
      <Menu trigger={<IconButton className={styles.rowMenu} label={t('Options for {{title}}', { title })} icon={<EllipsisVertical size={16} />} tabIndex={stop.tabIndex} />}>
        <MenuItem icon={isPinned ? <PinOff size={16} /> : <Pin size={16} />} onSelect={() => void app.conversations.pin(id, !isPinned)}>
          {isPinned ? t('Unpin') : t('Pin to the top')}
        </MenuItem>
        <MenuItem icon={<Pencil size={16} />} onSelect={() => actions.rename(conversation)}>
          {t('Rename')}
        </MenuItem>
        <MenuItem icon={<FolderInput size={16} />} onSelect={() => actions.move(conversation)}>
          {t('Move to a folder')}
        </MenuItem>
        <MenuSeparator />
        <ExportItems conversationId={id} />
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={16} />} onSelect={() => void remove(conversation)} danger>
          {t('Delete')}
        </MenuItem>
      </Menu>
    </div>
  );
}

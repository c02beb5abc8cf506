import { ChevronRight, EllipsisVertical, Folder as FolderIcon, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import type { Folder } from '../../../core/conversation';
import { useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import { cx, IconButton, Menu, MenuItem } from '../../ui';
import type { RowActions } from './row-actions';
import type { StopProps } from './row-keys';
import styles from './history.module.css';

interface FolderRowProps {
  readonly folder: Folder;
  readonly count: number;
  /** The menu is in the tab order with its row. */
  readonly stop: StopProps;
  readonly isDropTarget: boolean;
  readonly actions: RowActions;
}

/** Opens and closes; a chat dropped on it moves in. Deleting a folder keeps its chats, so it needs no undo. */
export function FolderRow({ folder, count, stop, isDropTarget, actions }: FolderRowProps) {
  const { conversations } = useApp();
  const { t } = useTranslation();
  return (
    <div className={cx(styles.row, isDropTarget && styles.dropTarget)}>
      <button
        type="button"
        className={styles.folder}
        aria-expanded={folder.open}
        {...stop}
        onClick={() => void conversations.setFolderOpen(folder.id, !folder.open)}
      >
        <ChevronRight size={14} aria-hidden className={cx(styles.chevron, folder.open && styles.chevronOpen)} />
        {folder.open ? <FolderOpen size={16} aria-hidden /> : <FolderIcon size={16} aria-hidden />}
        <span className={styles.folderName}>{folder.name}</span>
        <span className={styles.count} aria-hidden>
          {count}
        </span>
        <span className="visually-hidden">{t('{{count}} chats', { count })}</span>
      </button>
      <Menu trigger={<IconButton className={styles.rowMenu} label={t('Options for {{title}}', { title: folder.name })} icon={<EllipsisVertical size={16} />} tabIndex={stop.tabIndex} />}>
        <MenuItem icon={<Pencil size={16} />} onSelect={() => actions.renameFolder(folder)}>
          {t('Rename')}
        </MenuItem>
        <MenuItem icon={<Trash2 size={16} />} onSelect={() => void conversations.removeFolder(folder.id)}>
          {t('Delete the folder, keep its chats')}
        </MenuItem>
      </Menu>
    </div>
  );
}

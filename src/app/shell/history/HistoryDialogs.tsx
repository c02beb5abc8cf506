import { Folder as FolderIcon, FolderPlus, FolderX } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Conversation, Folder } from '../../../core/conversation';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Button, Dialog, TextField } from '../../ui';
import styles from './history.module.css';

export type HistoryDialog =
  | { readonly kind: 'rename'; readonly conversation: Conversation }
  | { readonly kind: 'move'; readonly conversation: Conversation }
  | { readonly kind: 'rename-folder'; readonly folder: Folder };

/** What the rows' menus open. */
export function HistoryDialogs({ dialog, onClose }: { readonly dialog: HistoryDialog; readonly onClose: () => void }) {
  const { conversations } = useApp();
  const { t } = useTranslation();
  switch (dialog.kind) {
    case 'rename':
      return <NameDialog title={t('Rename chat')} name={dialog.conversation.title} action={t('Rename')} onSave={(title) => conversations.rename(dialog.conversation.id, title)} onClose={onClose} />;
    case 'rename-folder':
      return <NameDialog title={t('Rename folder')} name={dialog.folder.name} action={t('Rename')} onSave={(name) => conversations.renameFolder(dialog.folder.id, name)} onClose={onClose} />;
    case 'move':
      return <MoveDialog conversation={dialog.conversation} onClose={onClose} />;
  }
}

interface NameDialogProps {
  readonly title: string;
  readonly name: string;
  readonly action: string;
  readonly onSave: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

function NameDialog({ title, name, action, onSave, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const isEmpty = text.trim() === '';
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty) return;
    void onSave(text);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <Button variant="primary" disabled={isEmpty} onClick={() => save()}>
          {action}
        </Button>
      }
    >
      <form onSubmit={save}>
        <TextField label={t('Name')} hideLabel value={text} onChange={(event) => setText(event.target.value)} />
      </form>
    </Dialog>
  );
}

/** The way into a folder for those who do not drag: every folder, a new one, or none. */
function MoveDialog({ conversation, onClose }: { readonly conversation: Conversation; readonly onClose: () => void }) {
  const { conversations } = useApp();
  const { t } = useTranslation();
  const folders = useSlice(conversations, (state) => state.folders);
  const [name, setName] = useState('');
  const move = (folderId: string | null) => {
    void conversations.move(conversation.id, folderId);
    onClose();
  };
  const create = async (event?: FormEvent) => {
    event?.preventDefault();
    const folder = await conversations.createFolder(name);
    if (folder) move(folder.id);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Move to a folder')} description={conversation.title}>
      <div className={styles.choices}>
        {folders.map((folder) => (
          <Button key={folder.id} className={styles.choice} icon={<FolderIcon size={16} aria-hidden />} disabled={folder.id === conversation.folderId} onClick={() => move(folder.id)}>
            {folder.name}
          </Button>
        ))}
        {conversation.folderId !== null && (
          <Button className={styles.choice} variant="quiet" icon={<FolderX size={16} aria-hidden />} onClick={() => move(null)}>
            {t('Take it out of its folder')}
          </Button>
        )}
      </div>
      <form className={styles.newFolder} onSubmit={(event) => void create(event)}>
        <TextField label={t('New folder')} value={name} onChange={(event) => setName(event.target.value)} />
        <Button icon={<FolderPlus size={16} aria-hidden />} disabled={name.trim() === ''} onClick={() => void create()}>
          {t('Create and move')}
        </Button>
      </form>
    </Dialog>
  );
}

import { EllipsisVertical, Pencil, Plus, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Conversation } from '../../core/conversation';
import { useTranslation } from '../i18n';
import { routeHref } from '../store/route';
import { useApp, useSlice } from '../store/context';
import { Button, cx, Dialog, IconButton, Logo, Menu, MenuItem, TextField, toast } from '../ui';
import { EngineStatusLine } from './EngineStatusLine';
import styles from './Sidebar.module.css';
import { SEARCH_ID } from './shortcuts';
import { VIEWS } from './views';

/** Views at the top, conversations below, the router's state at the foot. */
export function Sidebar() {
  const { t } = useTranslation();
  const app = useApp();
  const route = useSlice(app.route, (state) => state);
  const [query, setQuery] = useState('');
  return (
    <div className={styles.sidebar}>
      <a className={styles.brand} href={routeHref('chat')}>
        <Logo /> Tacit
      </a>
      <Button className={styles.newChat} icon={<Plus size={18} />} onClick={() => app.route.go('chat')}>
        New chat
      </Button>
      <nav aria-label="Views">
        <ul className={styles.views}>
          {VIEWS.filter((view) => view.id !== 'chat').map(({ id, label, icon: Icon }) => (
            <li key={id}>
              <a className={styles.view} href={routeHref(id)} aria-current={route.view === id ? 'page' : undefined}>
                <Icon size={17} aria-hidden /> {t(label)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label className={styles.search}>
        <Search size={15} aria-hidden />
        <span className="visually-hidden">Search your chats by title</span>
        <input id={SEARCH_ID} type="search" placeholder="Search chats" value={query} onChange={(event) => setQuery(event.target.value)} />
      </label>
      <ConversationList query={query} currentId={route.view === 'chat' ? route.argument : null} />
      <EngineStatusLine />
    </div>
  );
}

function ConversationList({ query, currentId }: { readonly query: string; readonly currentId: string | null }) {
  const { list, loaded } = useSlice(useApp().conversations, (state) => state);
  const [renaming, setRenaming] = useState<Conversation | null>(null);
  const wanted = query.trim().toLocaleLowerCase();
  const found = list.filter((conversation) => conversation.title.toLocaleLowerCase().includes(wanted));
  return (
    <nav aria-label="Conversations" className={styles.conversations}>
      {loaded && found.length === 0 && <p className={styles.none}>{wanted ? 'No chat has that in its title.' : 'Your chats appear here. They stay on this device.'}</p>}
      <ul className={styles.list}>
        {found.map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} current={conversation.id === currentId} onRename={() => setRenaming(conversation)} />
        ))}
      </ul>
      {renaming && <RenameDialog conversation={renaming} onClose={() => setRenaming(null)} />}
    </nav>
  );
}

interface RowProps {
  readonly conversation: Conversation;
  readonly current: boolean;
  readonly onRename: () => void;
}

function ConversationRow({ conversation, current, onRename }: RowProps) {
  const app = useApp();
  const remove = async () => {
    const undo = await app.conversations.remove(conversation.id);
    if (current) app.route.go('chat');
    toast(`Deleted “${conversation.title}”`, { label: 'Undo', onClick: () => void undo() });
  };
  return (
    <li className={cx(styles.row, current && styles.rowCurrent)}>
      <a className={styles.rowLink} href={routeHref('chat', conversation.id)} aria-current={current ? 'page' : undefined} title={conversation.title}>
        {conversation.title}
      </a>
      <Menu trigger={<IconButton className={styles.rowMenu} label={`Options for ${conversation.title}`} icon={<EllipsisVertical size={16} />} />}>
        <MenuItem icon={<Pencil size={16} />} onSelect={onRename}>
          Rename
        </MenuItem>
        <MenuItem icon={<Trash2 size={16} />} onSelect={() => void remove()} danger>
          Delete
        </MenuItem>
      </Menu>
    </li>
  );
}

function RenameDialog({ conversation, onClose }: { readonly conversation: Conversation; readonly onClose: () => void }) {
  const app = useApp();
  const [title, setTitle] = useState(conversation.title);
  const save = () => {
    void app.conversations.rename(conversation.id, title);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Rename chat" footer={<Button variant="primary" disabled={title.trim() === ''} onClick={save}>Rename</Button>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '') save();
        }}
      >
        <TextField label="Title" hideLabel value={title} onChange={(event) => setTitle(event.target.value)} />
      </form>
    </Dialog>
  );
}

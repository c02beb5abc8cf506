import { Command } from 'cmdk';
import { useEffect, useMemo, useState } from 'react';
import type { SearchHit } from '../../../search/messages';
import { useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import { Dialog } from '../../ui';
import { paletteGroups } from './commands';
import styles from './palette.module.css';

interface PaletteProps {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

const PAUSE_MS = 120;
/** While the index is still being built. */
const AGAIN_MS = 400;
const MOST_HITS = 8;

/** The dialog is built in two steps, so that an effect would come before the box is there. */
function focusBox(box: HTMLInputElement | null): void {
  box?.focus();
}

/** Ctrl+K: every command by name, and every chat by what was said in it. */
export default function CommandPalette({ onClose, onShortcuts }: PaletteProps) {
  const app = useApp();
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const hits = useHits(query);
  const groups = useMemo(() => paletteGroups(app, onShortcuts), [app, onShortcuts]);
  const choose = (run: () => unknown) => {
    onClose();
    void run();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Commands and chats')}>
      <Command label={t('Commands and chats')} className={styles.palette} loop>
        <Command.Input ref={focusBox} className={styles.input} value={query} onValueChange={setQuery} placeholder={t('Type a command, or what a chat was about')} />
        {/* Beside the list: a list box may hold nothing but options. */}
        <Command.Empty className={styles.empty}>{t('Nothing has that name, and no chat has that.')}</Command.Empty>
        <Command.List className={styles.list}>
          {groups.map(({ heading, commands }) => (
            <Command.Group key={heading} heading={heading} className={styles.group}>
              {commands.map(({ id, label, note, run }) => (
                <Command.Item key={id} value={id} keywords={[label, heading]} className={styles.item} onSelect={() => choose(run)}>
                  <span className={styles.label}>{label}</span>
                  {note !== undefined && <span className={styles.note}>{note}</span>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
          {hits.length > 0 && (
            <Command.Group heading={t('Found in chats')} className={styles.group}>
              {hits.map((hit) => (
                <Command.Item key={`${hit.conversationId} ${hit.turnId}`} value={`found ${hit.conversationId} ${hit.turnId}`} keywords={[query]} className={styles.item} onSelect={() => choose(() => app.route.go('chat', hit.conversationId))}>
                  <span className={styles.label}>{hit.title}</span>
                  <span className={styles.note}>{hit.snippet.map(({ text }) => text).join('')}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** Where the words occur, a moment after the last key; nothing when the search fails, since the commands still work. */
function useHits(query: string): readonly SearchHit[] {
  const app = useApp();
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    let isNewest = true;
    if (query.trim() === '') return setHits([]);
    let cancel: () => void = () => undefined;
    const searchAfter = (ms: number) => {
      cancel = app.platform.clock.after(ms, () => {
        app.platform.search.search(query, MOST_HITS).then(
          ({ hits: found, indexed }) => {
            if (!isNewest) return;
            setHits(found);
            if (indexed.done < indexed.total) searchAfter(AGAIN_MS);
          },
          () => isNewest && setHits([]),
        );
      });
    };
    searchAfter(PAUSE_MS);
    return () => {
      isNewest = false;
      cancel();
    };
  }, [app, query]);
  return hits;
}

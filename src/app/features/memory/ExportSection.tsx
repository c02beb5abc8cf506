import { FileDown, FileJson } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import { Button, Section, toast } from '../../ui';
import { exportAllJson, exportAllMarkdown, type ExportedFile } from '../../use-cases/export-chats';
import { download } from '../../widgets/download';
import { thrownText } from '../../words/thrown-text';
import styles from './memory.module.css';

/** All chats for other programs or for reading; one chat is exported from its own menu. */
export function ExportSection() {
  const app = useApp();
  const { t } = useTranslation();
  const count = useSlice(app.conversations, (state) => state.list.length);
  const [busy, setBusy] = useState<'json' | 'markdown' | null>(null);
  const [done, setDone] = useState(0);
  const run = async (kind: 'json' | 'markdown', work: () => Promise<ExportedFile>) => {
    setBusy(kind);
    setDone(0);
    try {
      const file = await work();
      download(file);
      toast(t('Saved {{file}}', { file: file.fileName }));
    } catch (thrown) {
      toast(thrownText(thrown));
    }
    setBusy(null);
  };
  return (
    <Section title={t('Export chats')} hint={t('Markdown is for reading: one file a chat, with the branch on screen. JSON keeps every branch, answer and decision, and can be restored below.')}>
      <div className={styles.buttons}>
        <Button icon={<FileDown size={16} aria-hidden />} disabled={count === 0} busy={busy === 'markdown'} onClick={() => void run('markdown', () => exportAllMarkdown(app, setDone))}>
          {busy === 'markdown' ? `${done} / ${count}` : t('All as Markdown')}
        </Button>
        <Button icon={<FileJson size={16} aria-hidden />} disabled={count === 0} busy={busy === 'json'} onClick={() => void run('json', () => exportAllJson(app))}>
          {t('All as JSON')}
        </Button>
      </div>
    </Section>
  );
}

import { FileInput } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateText } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { SettingValues } from '../../store/settings';
import { Button, Section } from '../../ui';
import { ImportDialog } from './ImportDialog';
import styles from './memory.module.css';

/** Chats from another app, and what was learned from earlier ones. */
export function ImportSection() {
  const { t } = useTranslation();
  const imports = useSlice(useApp().settings, (state) => state.imports);
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Section title={t('Import from another app')} hint={t('Exports of ChatGPT, Claude, Open WebUI, LibreChat and LMArena: the .zip or the JSON file as you got it. It is read on this device.')}>
      <div className={styles.buttons}>
        <Button icon={<FileInput size={16} aria-hidden />} onClick={() => picker.current?.click()}>
          {t('Choose an export')}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('Export of another app')}
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])];
            setFiles(chosen.length > 0 ? chosen : null);
            event.target.value = '';
          }}
        />
      </div>
      {imports.some((batch) => batch.pickIds.length > 0) && (
        <ul className={styles.imports}>
          {imports.filter((batch) => batch.pickIds.length > 0).toReversed().map((batch) => (
            <ImportedBatch key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      {files && <ImportDialog files={files} onClose={() => setFiles(null)} />}
    </Section>
  );
}

function ImportedBatch({ batch }: { readonly batch: SettingValues['imports'][number] }) {
  const app = useApp();
  const { t } = useTranslation();
  const log = useSlice(app.memory, (state) => state.log);
  const [isBusy, setBusy] = useState(false);
  const ids = new Set(batch.pickIds);
  const picks = log.filter((pick) => ids.has(pick.id));
  if (picks.length === 0) return null;
  const isUndone = picks.every((pick) => pick.undoneAt !== null);
  const change = async () => {
    setBusy(true);
    await app.memory.setManyUndone(batch.pickIds, !isUndone).finally(() => setBusy(false));
  };
  return (
    <li>
      <span>
        {t('{{count}} picks learned from {{source}}', { count: picks.length, source: batch.from })} · {dateText(batch.at)}
        {isUndone && ` · ${t('taken back')}`}
      </span>
      <Button size="sm" variant="quiet" busy={isBusy} onClick={() => void change()}>
        {isUndone ? t('Let them count again') : t('Take them back')}
      </Button>
    </li>
  );
}

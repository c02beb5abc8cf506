import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateText, textOf } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Button, Section } from '../../ui';
import { BackupDialog } from './BackupDialog';
import styles from './memory.module.css';
import { RestoreDialog } from './RestoreDialog';

/** One file for another browser, another machine, or a rainy day. */
export function BackupSection() {
  const lastBackupAt = useSlice(useApp().settings, (state) => state.lastBackupAt);
  const { t } = useTranslation();
  const [isSaving, setSaving] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Section
      title={t('Backup')}
      hint={textOf(
        t('Chats, picks, models and settings as one file.'),
        lastBackupAt === null ? t('You have made none yet.') : t('Last made on {{date}}.', { date: dateText(lastBackupAt) }),
      )}
    >
      <div className={styles.buttons}>
        <Button icon={<Download size={16} aria-hidden />} onClick={() => setSaving(true)}>
          {t('Save a backup')}
        </Button>
        <Button icon={<Upload size={16} aria-hidden />} onClick={() => picker.current?.click()}>
          {t('Restore from a file')}
        </Button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('Backup file')}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            event.target.value = '';
          }}
        />
      </div>
      {isSaving && <BackupDialog onClose={() => setSaving(false)} />}
      {file && <RestoreDialog file={file} onClose={() => setFile(null)} />}
    </Section>
  );
}

import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useApp, useSlice } from '../../store/context';
import { Button, Section } from '../../ui';
import { BackupDialog } from './BackupDialog';
import { dateText } from './dates';
import styles from './memory.module.css';
import { RestoreDialog } from './RestoreDialog';

/** One file for another browser, another machine, or a rainy day. */
export function BackupSection() {
  const lastBackupAt = useSlice(useApp().settings, (state) => state.lastBackupAt);
  const [isSaving, setSaving] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Section
      title="Backup"
      hint={`Chats, picks, models and settings as one file. ${lastBackupAt === null ? 'You have made none yet.' : `Last made on ${dateText(lastBackupAt)}.`}`}
    >
      <div className={styles.buttons}>
        <Button icon={<Download size={16} aria-hidden />} onClick={() => setSaving(true)}>
          Save a backup
        </Button>
        <Button icon={<Upload size={16} aria-hidden />} onClick={() => picker.current?.click()}>
          Restore from a file
        </Button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="Backup file"
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

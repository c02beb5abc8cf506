import { TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mark } from '../../../core/phrase';
import type { Backup } from '../../../storage/backup/format';
import type { RestoreMode } from '../../../storage/backup/restore-backup';
import { textOf } from '../../i18n';
import { useApp } from '../../store/context';
import { Button, Dialog, Notice, Spinner, TextField, toast } from '../../ui';
import { Segmented } from '../../ui/Segmented';
import { thrownText } from '../../words/thrown-text';
import { momentText } from './dates';
import styles from './memory.module.css';
import { contentText, readBackupFile, restore } from './transfer';

type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'read'; readonly backup: Backup };

/** What is in the file first; then merge or replace. */
export function RestoreDialog({ file, onClose }: { readonly file: File; readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const [reading, setReading] = useState<Reading>({ kind: 'reading' });
  useEffect(() => {
    let isCurrent = true;
    void readBackupFile(app, file, null).then((read) => {
      if (isCurrent) setReading(read.ok ? { kind: 'read', backup: read.backup } : { kind: 'unreadable', problem: read.problem });
    });
    return () => {
      isCurrent = false;
    };
  }, [app, file]);
  const unlocked = useCallback((backup: Backup) => setReading({ kind: 'read', backup }), []);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Restore a backup')} description={file.name}>
      {reading.kind === 'reading' && <Spinner label={t('Reading and checking the file')} />}
      {reading.kind === 'unreadable' && (
        <Notice tone="danger" icon={<TriangleAlert size={18} aria-hidden />} title={t('This file cannot be restored')}>
          {reading.problem}
        </Notice>
      )}
      {reading.kind === 'read' && <Contents file={file} backup={reading.backup} onUnlocked={unlocked} onClose={onClose} />}
    </Dialog>
  );
}

interface ContentsProps {
  readonly file: File;
  readonly backup: Backup;
  readonly onUnlocked: (backup: Backup) => void;
  readonly onClose: () => void;
}

const MODE_HINT: Readonly<Record<RestoreMode, string>> = {
  merge: mark('Both are kept. Where the same chat is in both, the newer one counts; your settings here stay.'),
  replace: mark('Everything that is here now is deleted and the file takes its place.'),
};

const KEYS_TEXT: Readonly<Record<Backup['keys'], string>> = {
  absent: mark('No API keys are in it. Keys you have here for the same address are kept.'),
  included: mark('API keys are in it.'),
  locked: mark('API keys are in it, locked with a passphrase. Everything else can be restored without it.'),
};

function Contents({ file, backup, onUnlocked, onClose }: ContentsProps) {
  const app = useApp();
  const { t } = useTranslation();
  const [mode, setMode] = useState<RestoreMode>('merge');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await restore(app, backup, mode);
      toast(t('The backup is restored.'));
      onClose();
    } catch (thrown) {
      setProblem(thrownText(thrown));
      setBusy(false);
    }
  };
  return (
    <div className={styles.form}>
      <Notice tone="accent" title={contentText(backup.counts) ?? t('Settings only')}>
        {textOf(t('Made on {{moment}}.', { moment: momentText(backup.createdAt) }), t(KEYS_TEXT[backup.keys]))}
      </Notice>
      {backup.keys === 'locked' && <Unlock file={file} onUnlocked={onUnlocked} />}
      <Segmented<RestoreMode>
        label={t('How to restore')}
        value={mode}
        choices={[
          { value: 'merge', label: t('Merge with what is here') },
          { value: 'replace', label: t('Replace what is here') },
        ]}
        onValueChange={setMode}
      />
      <p className={styles.faint}>{t(MODE_HINT[mode])}</p>
      {problem && <Notice tone="danger" title={t('Nothing was restored')}>{problem}</Notice>}
      <footer className={styles.formFooter}>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button variant={mode === 'replace' ? 'danger' : 'primary'} busy={isBusy} onClick={() => void submit()}>
          {mode === 'replace' ? t('Delete what is here and restore') : t('Merge')}
        </Button>
      </footer>
    </div>
  );
}

function Unlock({ file, onUnlocked }: Pick<ContentsProps, 'file' | 'onUnlocked'>) {
  const app = useApp();
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const read = await readBackupFile(app, file, passphrase);
    setBusy(false);
    if (read.ok) onUnlocked(read.backup);
    else setProblem(read.problem);
  };
  return (
    <form className={styles.unlock} onSubmit={(event) => void submit(event)}>
      <TextField label={t('Passphrase of the keys')} type="password" autoComplete="current-password" value={passphrase} error={problem} onChange={(event) => setPassphrase(event.target.value)} />
      <Button type="submit" busy={isBusy} disabled={passphrase === ''}>
        {t('Unlock the keys')}
      </Button>
    </form>
  );
}

import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyExport } from '../../../storage/backup/write-backup';
import { useApp, useSlice } from '../../store/context';
import { Button, Dialog, Notice, Switch, TextField, toast } from '../../ui';
import { download } from '../../widgets/download';
import { thrownText } from '../../words/thrown-text';
import styles from './memory.module.css';
import { contentText, createBackup, passphraseProblem } from './transfer';

/** Keys go along only on request, and then encrypted unless the user says otherwise. */
export function BackupDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const hasKeys = useSlice(app.pool, (state) => state.connections.some((connection) => connection.apiKey !== ''));
  const [withKeys, setWithKeys] = useState(false);
  const [isEncrypted, setEncrypted] = useState(true);
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const weak = withKeys && isEncrypted ? passphraseProblem(passphrase, repeated) : null;
    if (weak) return setProblem(weak);
    const keys: KeyExport = !withKeys ? { kind: 'none' } : isEncrypted ? { kind: 'encrypted', passphrase } : { kind: 'plain' };
    setBusy(true);
    try {
      const backup = await createBackup(app, keys);
      download(backup);
      toast(t('Saved {{file}}: {{content}}.', { file: backup.fileName, content: contentText(backup.counts) ?? t('settings only') }));
      onClose();
    } catch (thrown) {
      setProblem(thrownText(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Save a backup')} description={t('Anyone who gets the file can read your chats. Keep it as you would keep a diary.')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {hasKeys && <Switch label={t('Include API keys')} hint={t('Without them you enter your keys again after restoring.')} checked={withKeys} onCheckedChange={setWithKeys} />}
        {withKeys && <Switch label={t('Encrypt the keys with a passphrase')} checked={isEncrypted} onCheckedChange={setEncrypted} />}
        {withKeys && isEncrypted && (
          <>
            <TextField label={t('Passphrase')} type="password" autoComplete="new-password" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
            <TextField label={t('Passphrase again')} type="password" autoComplete="new-password" hint={t('It cannot be recovered.')} value={repeated} onChange={(event) => setRepeated(event.target.value)} />
          </>
        )}
        {withKeys && !isEncrypted && <Notice tone="warning" title={t('The keys will be readable in the file')}>{t('Whoever has it can spend your money.')}</Notice>}
        {problem && <Notice tone="danger" title={problem} />}
        <footer className={styles.formFooter}>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t('Save the file')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

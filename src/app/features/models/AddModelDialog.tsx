import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../core/connection';
import type { Phrase } from '../../../core/phrase';
import { translate } from '../../i18n';
import { useApp } from '../../store/context';
import { Button, Dialog, TextField, toast } from '../../ui';
import { addByHand, loadCatalogue } from './connect';
import styles from './shared.module.css';

interface AddModelDialogProps {
  readonly connection: Connection;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function AddModelDialog({ connection, open, onClose }: AddModelDialogProps) {
  const app = useApp();
  const { t } = useTranslation();
  const [remoteId, setRemoteId] = useState('');
  const [problem, setProblem] = useState<Phrase | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const added = await addByHand(app, connection, remoteId, await loadCatalogue());
    if (!added.ok) return setProblem(added.error);
    toast(t('{{name}} is on for Auto.', { name: added.value.card.name }));
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && onClose()} title={t('Add a model')} description={t('Of {{name}}, exactly as the server calls it.', { name: connection.name })}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('Model id')}
          placeholder="qwen3:8b"
          spellCheck={false}
          autoCapitalize="none"
          value={remoteId}
          error={problem && translate(problem)}
          onChange={(event) => {
            setRemoteId(event.target.value);
            setProblem(null);
          }}
        />
        <footer className={styles.formFooter}>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('Add')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

import { useState, type FormEvent } from 'react';
import type { Connection } from '../../../core/connection';
import { useApp } from '../../store/context';
import { Button, Dialog, TextField, toast } from '../../ui';
import { addByHand, loadCatalogue } from './connect';
import styles from './models.module.css';

interface AddModelDialogProps {
  readonly connection: Connection;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function AddModelDialog({ connection, open, onClose }: AddModelDialogProps) {
  const app = useApp();
  const [remoteId, setRemoteId] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const added = await addByHand(app, connection, remoteId, await loadCatalogue());
    if (!added.ok) return setProblem(added.error);
    toast(`${added.value.card.name} is on for Auto.`);
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && onClose()} title="Add a model" description={`Of ${connection.name}, exactly as the server calls it.`}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label="Model id"
          placeholder="qwen3:8b"
          spellCheck={false}
          autoCapitalize="none"
          value={remoteId}
          error={problem}
          onChange={(event) => {
            setRemoteId(event.target.value);
            setProblem(null);
          }}
        />
        <footer className={styles.formFooter}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Add
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

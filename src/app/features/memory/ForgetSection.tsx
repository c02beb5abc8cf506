import { useState } from 'react';
import { useApp } from '../../store/context';
import { Button, ConfirmDialog, Section, toast } from '../../ui';
import styles from './memory.module.css';
import { eraseEverything } from './transfer';

type Asking = 'taste' | 'everything' | null;

/** What cannot be undone, so it asks. */
export function ForgetSection({ hasPicks }: { readonly hasPicks: boolean }) {
  const app = useApp();
  const [asking, setAsking] = useState<Asking>(null);
  const run = (work: Promise<void>, done: string) => {
    work.then(
      () => toast(done),
      (thrown: unknown) => toast(thrown instanceof Error ? thrown.message : String(thrown)),
    );
  };
  return (
    <Section title="Forget" hint="A backup is the only way back.">
      <div className={styles.buttons}>
        <Button disabled={!hasPicks} onClick={() => setAsking('taste')}>
          Forget my taste
        </Button>
        <Button variant="danger" onClick={() => setAsking('everything')}>
          Erase everything
        </Button>
      </div>
      <ConfirmDialog
        open={asking === 'taste'}
        onOpenChange={(open) => setAsking(open ? 'taste' : null)}
        title="Forget everything learned?"
        description="Every pick and the profile made from them are deleted. Your chats, models and settings stay."
        confirmLabel="Forget my taste"
        danger
        onConfirm={() => run(app.memory.forgetAll(), 'Your taste is forgotten.')}
      />
      <ConfirmDialog
        open={asking === 'everything'}
        onOpenChange={(open) => setAsking(open ? 'everything' : null)}
        title="Erase everything on this device?"
        description="Chats, picks, connections with their keys, and settings are deleted from this browser. There is no copy anywhere else."
        confirmLabel="Erase everything"
        danger
        onConfirm={() => run(eraseEverything(app), 'Everything is erased.')}
      />
    </Section>
  );
}

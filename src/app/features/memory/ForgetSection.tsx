import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../store/context';
import { Button, ConfirmDialog, Section, toast } from '../../ui';
import { thrownText } from '../../words/thrown-text';
import styles from './memory.module.css';
import { eraseEverything } from './transfer';

type Asking = 'taste' | 'everything' | null;

/** What cannot be undone, so it asks. */
export function ForgetSection({ hasPicks }: { readonly hasPicks: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking>(null);
  const run = (work: Promise<void>, done: string) => {
    work.then(
      () => toast(done),
      (thrown: unknown) => toast(thrownText(thrown)),
    );
  };
  return (
    <Section title={t('Forget')} hint={t('A backup is the only way back.')}>
      <div className={styles.buttons}>
        <Button disabled={!hasPicks} onClick={() => setAsking('taste')}>
          {t('Forget my taste')}
        </Button>
        <Button variant="danger" onClick={() => setAsking('everything')}>
          {t('Erase everything')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking === 'taste'}
        onOpenChange={(open) => setAsking(open ? 'taste' : null)}
        title={t('Forget everything learned?')}
        description={t('Every pick and the profile made from them are deleted. Your chats, models and settings stay.')}
        confirmLabel={t('Forget my taste')}
        danger
        onConfirm={() => run(app.memory.forgetAll(), t('Your taste is forgotten.'))}
      />
      <ConfirmDialog
        open={asking === 'everything'}
        onOpenChange={(open) => setAsking(open ? 'everything' : null)}
        title={t('Erase everything on this device?')}
        description={t('Chats, picks, connections with their keys, and settings are deleted from this browser. There is no copy anywhere else.')}
        confirmLabel={t('Erase everything')}
        danger
        onConfirm={() => run(eraseEverything(app), t('Everything is erased.'))}
      />
    </Section>
  );
}

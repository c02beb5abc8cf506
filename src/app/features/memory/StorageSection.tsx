import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mark } from '../../../core/phrase';
import { requestPersistence, storageHealth, type StorageHealth } from '../../../storage/persistence';
import { useApp } from '../../store/context';
import { Button, ProgressBar, Section, toast } from '../../ui';
import styles from './memory.module.css';
import { bytesText } from './transfer';

const SAFETY: Readonly<Record<StorageHealth['evictionNote'], string>> = {
  safe: mark('The browser keeps this data until you delete it.'),
  may_be_evicted: mark('When the disk fills up, or after long disuse, the browser may delete this data. Ask it to keep it, or save a backup now and then.'),
  unknown: mark('This browser does not say how safe the data is. Save a backup now and then.'),
};

/** How full and how safe the browser's storage is. */
export function StorageSection() {
  const app = useApp();
  const { t } = useTranslation();
  const [health, setHealth] = useState<StorageHealth | null>(null);
  useEffect(() => {
    void storageHealth().then(setHealth);
  }, []);
  const ask = async () => {
    const granted = await requestPersistence();
    await app.settings.set('persistenceAskedAt', app.platform.clock.now());
    setHealth(await storageHealth());
    toast(granted ? t('The browser will keep your data.') : t('The browser did not agree. It often does once Tacit is installed or used for a while.'));
  };
  return (
    <Section title={t('Storage')}>
      {health && (
        <>
          {health.usageBytes !== null && health.quotaBytes !== null && health.quotaBytes > 0 && (
            <ProgressBar label={t('Used, models included')} value={health.usageBytes / health.quotaBytes} detail={t('{{used}} of {{all}}', { used: bytesText(health.usageBytes), all: bytesText(health.quotaBytes) })} />
          )}
          <p className={styles.faint}>{t(SAFETY[health.evictionNote])}</p>
          {health.persisted === false && (
            <div>
              <Button onClick={() => void ask()}>{t('Ask the browser to keep it')}</Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import { Button, Notice } from '../../ui';
import styles from './chat.module.css';

/** What is on screen could not be stored. Stays until it is put aside. */
export function StorageNotice() {
  const app = useApp();
  const { t } = useTranslation();
  const problem = useSlice(app.chat, (state) => state.storageProblem);
  if (problem === null) return null;
  return (
    <div className={styles.column}>
      <Notice
        tone="danger"
        icon={<TriangleAlert size={18} />}
        title={t('This could not be saved')}
        actions={
          <Button size="sm" onClick={() => app.chat.setStorageProblem(null)}>
            {t('Close')}
          </Button>
        }
      >
        {problem}
      </Notice>
    </div>
  );
}

import { TriangleAlert } from 'lucide-react';
import { useApp, useSlice } from '../../store/context';
import { Button, Notice } from '../../ui';
import styles from './chat.module.css';

/** What is on screen could not be stored. Stays until it is put aside. */
export function StorageNotice() {
  const app = useApp();
  const problem = useSlice(app.chat, (state) => state.storageProblem);
  if (problem === null) return null;
  return (
    <div className={styles.column}>
      <Notice
        tone="danger"
        icon={<TriangleAlert size={18} />}
        title="This could not be saved"
        actions={
          <Button size="sm" onClick={() => app.chat.setStorageProblem(null)}>
            Close
          </Button>
        }
      >
        {problem}
      </Notice>
    </div>
  );
}

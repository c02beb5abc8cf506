import { useApp, useSlice } from '../../store/context';
import type { BuiltInAvailability } from '../../store/platform';
import { Badge, Button, ProgressBar } from '../../ui';
import { FailureNotice } from './Advice';
import styles from './models.module.css';

const WORDS: Readonly<Record<BuiltInAvailability, string>> = {
  unsupported: 'This browser has none. Chrome has, from version 148 on a computer.',
  unavailable: 'This browser has one, but not on this device: it needs more disk space, memory or a stronger GPU.',
  downloadable: 'The browser downloads it once, several gigabytes, and shares it among all pages.',
  downloading: 'The browser is downloading it.',
  available: 'The browser has it already.',
};

/** The browser's own model (Prompt API), where there is one. */
export function BuiltInModel() {
  const app = useApp();
  const { availability, progress, failure } = useSlice(app.browserModels, (state) => state.builtIn);
  const isUsed = useSlice(app.pool, (state) => state.models.some(({ connectionId }) => connectionId === 'built-in'));
  if (availability === null) return null;
  const canUse = availability !== 'unsupported' && availability !== 'unavailable';
  return (
    <li className={styles.browserModel}>
      <div className={styles.browserModelHead}>
        <div className={styles.connectionText}>
          <h3 className={styles.connectionName}>Built-in model {isUsed && <Badge tone="accent">ready</Badge>}</h3>
          <p className={styles.faint}>{WORDS[availability]}</p>
        </div>
        {progress !== null && <Button onClick={() => app.browserModels.cancelBuiltIn()}>Cancel</Button>}
        {progress === null && canUse && !isUsed && (
          <Button variant="primary" onClick={() => void app.browserModels.addBuiltIn()}>
            {availability === 'available' ? 'Use it' : 'Download and use it'}
          </Button>
        )}
        {progress === null && isUsed && <Button onClick={() => void app.browserModels.removeBuiltIn()}>Stop using it</Button>}
      </div>
      {progress !== null && <ProgressBar label="The browser’s download" value={progress} />}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}

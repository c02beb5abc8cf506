import { useTranslation } from 'react-i18next';
import { mark } from '../../../core/phrase';
import { useApp, useSlice } from '../../store/context';
import type { BuiltInAvailability } from '../../store/platform';
import { Badge, Button, ProgressBar } from '../../ui';
import { FailureNotice } from './Advice';
import styles from './browser-model.module.css';
import shared from './shared.module.css';

const WORDS: Readonly<Record<BuiltInAvailability, string>> = {
  unsupported: mark('This browser has none. Chrome has, from version 148 on a computer.'),
  unavailable: mark('This browser has one, but not on this device: it needs more disk space, memory or a stronger GPU.'),
  downloadable: mark('The browser downloads it once, several gigabytes, and shares it among all pages.'),
  downloading: mark('The browser is downloading it.'),
  available: mark('The browser has it already.'),
};

/** The browser's own model (Prompt API), where there is one. */
export function BuiltInModel() {
  const app = useApp();
  const { t } = useTranslation();
  const { availability, progress, failure } = useSlice(app.browserModels, (state) => state.builtIn);
  const isUsed = useSlice(app.pool, (state) => state.models.some(({ connectionId }) => connectionId === 'built-in'));
  if (availability === null) return null;
  const canUse = availability !== 'unsupported' && availability !== 'unavailable';
  return (
    <li className={styles.browserModel}>
      <div className={styles.browserModelHead}>
        <div className={shared.itemText}>
          <h3 className={shared.itemName}>{t('Built-in model')} {isUsed && <Badge tone="accent">{t('ready')}</Badge>}</h3>
          <p className={shared.faint}>{t(WORDS[availability])}</p>
        </div>
        {progress !== null && <Button onClick={() => app.browserModels.cancelBuiltIn()}>{t('Cancel')}</Button>}
        {progress === null && canUse && !isUsed && (
          <Button variant="primary" onClick={() => void app.browserModels.addBuiltIn()}>
            {availability === 'available' ? t('Use it') : t('Download and use it')}
          </Button>
        )}
        {progress === null && isUsed && <Button onClick={() => void app.browserModels.removeBuiltIn()}>{t('Stop using it')}</Button>}
      </div>
      {progress !== null && <ProgressBar label={t('The browser’s download')} value={progress} />}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}

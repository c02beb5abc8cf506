import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Section } from '../../ui';
import { bytesText } from '../../words/local-llm-words';
import { BuiltInModel } from './BuiltInModel';
import { DownloadableModelRow } from './DownloadableModel';
import styles from './shared.module.css';

/** Models that run in this browser: offline, free, and no prompt leaves the device. */
export function BrowserModelsSection() {
  const app = useApp();
  const { t } = useTranslation();
  const free = useSlice(app.browserModels, (state) => state.freeBytes);
  useEffect(() => void app.browserModels.load(), [app]);
  return (
    <Section
      title={t('In this browser')}
      hint={textOf(
        t('Nothing to install, and they answer offline. Small models: good for short everyday tasks, no match for large ones.'),
        free === null ? null : t('Room for downloads: {{size}}.', { size: bytesText(free) }),
      )}
    >
      <ul className={styles.models}>
        <BuiltInModel />
        {app.platform.browserModels.offers.map((offer) => (
          <DownloadableModelRow key={offer.id} offer={offer} />
        ))}
      </ul>
    </Section>
  );
}

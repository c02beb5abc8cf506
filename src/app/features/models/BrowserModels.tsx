import { useEffect } from 'react';
import { useApp, useSlice } from '../../store/context';
import { Section } from '../../ui';
import { bytesText } from '../../words/local-llm-words';
import { BuiltInModel } from './BuiltInModel';
import { DownloadableModelRow } from './DownloadableModel';
import styles from './models.module.css';

/** Models that run in this browser: offline, free, and no prompt leaves the device. */
export function BrowserModelsSection() {
  const app = useApp();
  const free = useSlice(app.browserModels, (state) => state.freeBytes);
  useEffect(() => void app.browserModels.load(), [app]);
  return (
    <Section
      title="In this browser"
      hint={`Nothing to install, and they answer offline. Small models: good for short everyday tasks, no match for large ones.${free === null ? '' : ` Room for downloads: ${bytesText(free)}.`}`}
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

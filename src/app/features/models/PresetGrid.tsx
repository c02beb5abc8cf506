import { Cloud, Laptop } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PROVIDER_PRESETS, type ProviderPreset } from '../../../providers/presets';
import { Section } from '../../ui';
import { LocalFinder } from './LocalFinder';
import styles from './presets.module.css';

const ONLINE = PROVIDER_PRESETS.filter((preset) => !preset.local);
const LOCAL = PROVIDER_PRESETS.filter((preset) => preset.local);

/** Where can a model come from? */
export function PresetGrid({ onChoose, onConnected }: { readonly onChoose: (preset: ProviderPreset) => void; readonly onConnected: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.groups}>
      <Section title={t('With a key of yours')} hint={t('You pay the provider for what you use; Tacit adds nothing.')}>
        <Grid presets={ONLINE} onChoose={onChoose} />
      </Section>
      <Section title={t('On this machine')} hint={t('Free, and prompts never leave it.')}>
        <LocalFinder onChoose={onChoose} onConnected={onConnected} />
        <Grid presets={LOCAL} onChoose={onChoose} />
      </Section>
    </div>
  );
}

function Grid({ presets, onChoose }: { readonly presets: readonly ProviderPreset[]; readonly onChoose: (preset: ProviderPreset) => void }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.grid}>
      {presets.map((preset) => (
        <li key={preset.id}>
          <button type="button" className={styles.preset} onClick={() => onChoose(preset)}>
            <span className={styles.presetName}>
              {preset.local ? <Laptop size={16} aria-hidden /> : <Cloud size={16} aria-hidden />} {t(preset.name)}
            </span>
            <span className={styles.presetHint}>{plain(t(preset.hint))}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Hints mark commands with backticks; in a button they are only read. */
function plain(hint: string): string {
  return hint.replaceAll('`', '');
}

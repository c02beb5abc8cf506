import { LANGUAGES, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { SettingValue } from '../../store/settings';
import { Section } from '../../ui';
import { Segmented } from '../../ui/Segmented';

/** How the app looks, and in which language it speaks. */
export function AppearanceSection() {
  const app = useApp();
  const { t } = useTranslation();
  const theme = useSlice(app.settings, (state) => state.theme);
  const language = useSlice(app.settings, (state) => state.language);
  return (
    <Section title={t('Appearance')}>
      <div>
        <Segmented<SettingValue<'theme'>>
          label={t('Theme')}
          value={theme}
          choices={[
            { value: 'system', label: t('Like the system') },
            { value: 'light', label: t('Light') },
            { value: 'dark', label: t('Dark') },
          ]}
          onValueChange={(value) => void app.settings.set('theme', value)}
        />
      </div>
      <div>
        <Segmented
          label={t('Language')}
          value={LANGUAGES.some(({ id }) => id === language) ? language : 'system'}
          choices={[{ value: 'system', label: t('Like the system') }, ...LANGUAGES.map(({ id, name }) => ({ value: id as string, label: name }))]}
          onValueChange={(value) => void app.settings.set('language', value)}
        />
      </div>
    </Section>
  );
}

import { useTranslation } from 'react-i18next';
import { useApp, useSlice } from '../../store/context';
import { Section, Switch } from '../../ui';

/** Who names a chat. Off by default, since a model costs. */
export function TitlesSection() {
  const app = useApp();
  const { t } = useTranslation();
  const titles = useSlice(app.settings, (state) => state.titles);
  return (
    <Section title={t('Titles of chats')}>
      <Switch
        label={t('Let a model name new chats')}
        hint={t('After the first answer your default model is asked once for a title; the provider charges for that, and it counts towards your spending. Otherwise the title is taken from your prompt, on this device.')}
        checked={titles === 'model'}
        onCheckedChange={(on) => void app.settings.set('titles', on ? 'model' : 'rule')}
      />
    </Section>
  );
}

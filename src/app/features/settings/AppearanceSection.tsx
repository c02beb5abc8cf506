import { useApp, useSlice } from '../../store/context';
import type { SettingValue } from '../../store/settings';
import { Section, Segmented } from '../../ui';

export function AppearanceSection() {
  const app = useApp();
  const theme = useSlice(app.settings, (state) => state.theme);
  return (
    <Section title="Appearance">
      <div>
        <Segmented<SettingValue<'theme'>>
          label="Theme"
          value={theme}
          choices={[
            { value: 'system', label: 'Like the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onValueChange={(value) => void app.settings.set('theme', value)}
        />
      </div>
    </Section>
  );
}

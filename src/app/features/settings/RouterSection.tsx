import { useMemo } from 'react';
import { Trans, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Section, SelectField, Switch, TextLink } from '../../ui';
import { Slider } from '../../ui/Slider';
import { RulesEditor } from '../../widgets/RulesEditor';
import { WishSliders } from '../../widgets/WishSliders';
import { perDayText } from '../../words/wishes';
import styles from './settings.module.css';

export function RouterSection() {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('What you want from Auto')} hint={t('In the middle, Auto goes by what it has learned. Moving a slider adds your wish to it, from the next prompt on.')}>
        <WishSliders />
      </Section>
      <Limits />
      <StandIns />
      <Comparisons />
    </>
  );
}

/** Hard limits come before any learned score. */
function Limits() {
  const { t } = useTranslation();
  const app = useApp();
  const constraints = useSlice(app.settings, (state) => state.constraints);
  return (
    <Section title={t('Limits')} hint={t('Auto never goes beyond these. When they leave no model, it says so and sends nothing. A chat can have limits of its own.')}>
      <RulesEditor
        rules={constraints}
        onChange={({ connectionIds = constraints.connectionIds, ...change }) =>
          void app.settings.set('constraints', { ...constraints, ...change, connectionIds: connectionIds && [...connectionIds] })
        }
      />
      <p className={styles.faint}>
        <Trans
          i18nKey="Which models Auto may choose from is set in <0>Models</0>, and what a provider may cost a month in <1>Spending</1>."
          components={[<TextLink key="models" href={routeHref('models')} />, <TextLink key="spending" href={routeHref('spending')} />]}
        />
      </p>
    </Section>
  );
}

/** Another model than the router's choice answers only as the user has said here, or says when asked. */
function StandIns() {
  const { t } = useTranslation();
  const app = useApp();
  const whenLate = useSlice(app.settings, (state) => state.whenLate);
  const whenProviderFails = useSlice(app.settings, (state) => state.whenProviderFails);
  const whenUnsure = useSlice(app.settings, (state) => state.whenUnsure);
  return (
    <Section title={t('When another model steps in')} hint={t('Never without a word: above the answer stands which model gave it, and why.')}>
      <DefaultModel />
      <Switch
        label={t('Use my default model when Auto is unsure')}
        hint={t('Off: it takes its best guess, and says that it is unsure. A comparison, where one is due, comes first.')}
        checked={whenUnsure === 'default'}
        onCheckedChange={(on) => void app.settings.set('whenUnsure', on ? 'default' : 'router')}
      />
      <Switch
        label={t('Use it without asking when the router is late or fails')}
        hint={t('Late is after 0.3 seconds. Off: you are asked.')}
        checked={whenLate === 'default'}
        onCheckedChange={(on) => void app.settings.set('whenLate', on ? 'default' : 'ask')}
      />
      <Switch
        label={t('Go on to the next model without asking when a provider fails')}
        hint={t('Off: you are asked. Only for answers that Auto chose and that had not begun.')}
        checked={whenProviderFails === 'next'}
        onCheckedChange={(on) => void app.settings.set('whenProviderFails', on ? 'next' : 'ask')}
      />
    </Section>
  );
}

function DefaultModel() {
  const { t } = useTranslation();
  const app = useApp();
  const models = useSlice(app.pool, (state) => state.models);
  const defaultModelId = useSlice(app.settings, (state) => state.defaultModelId);
  const choices = useMemo(() => {
    const on = models.filter((model) => model.enabled || model.id === defaultModelId);
    return [{ value: '', label: t('The first one that is on') }, ...on.map((model) => ({ value: model.id, label: model.card.name }))];
  }, [models, defaultModelId, t]);
  return (
    <SelectField
      label={t('Default model')}
      hint={t('Offered when the router is late or fails, within your limits.')}
      value={choices.some((choice) => choice.value === defaultModelId) ? (defaultModelId ?? '') : ''}
      choices={choices}
      onValueChange={(value) => void app.settings.set('defaultModelId', value === '' ? null : value)}
    />
  );
}

const MOST_PER_DAY = 20;

function Comparisons() {
  const { t } = useTranslation();
  const app = useApp();
  const comparison = useSlice(app.settings, (state) => state.comparison);
  return (
    <Section title={t('Side-by-side comparisons')} hint={t('When Auto is unsure which of two you would prefer, it can ask both and let you pick. It keeps these questions for the prompts where the better answer would gain you most. Both answers are paid for.')}>
      <Switch label={t('Ask me when unsure')} checked={comparison.enabled} onCheckedChange={(enabled) => void app.settings.set('comparison', { ...comparison, enabled })} />
      {comparison.enabled && (
        <Slider
          label={t('How often')}
          value={comparison.perDay}
          min={1}
          max={MOST_PER_DAY}
          step={1}
          valueText={perDayText(comparison.perDay)}
          onValueChange={(perDay) => void app.settings.set('comparison', { ...comparison, perDay })}
        />
      )}
    </Section>
  );
}

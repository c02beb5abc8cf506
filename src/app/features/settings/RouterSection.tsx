import { useMemo } from 'react';
import { Trans, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Button, Section, SelectField, Switch, TextLink } from '../../ui';
import { Slider } from '../../ui/Slider';
import { costLimitChoices, perDayText, WISHES, wishText, type WishName } from './router-words';
import styles from './settings.module.css';

export function RouterSection() {
  return (
    <>
      <Wishes />
      <Limits />
      <Comparisons />
    </>
  );
}

/** Explicit wishes, on top of what was learned. */
function Wishes() {
  const { t } = useTranslation();
  const app = useApp();
  const utility = useSlice(app.settings, (state) => state.utility);
  const isNeutral = WISHES.every(({ name }) => utility[name] === 0);
  const set = (name: WishName, value: number) => void app.settings.set('utility', { ...utility, [name]: value });
  return (
    <Section title={t('What you want from Auto')} hint={t('In the middle, Auto goes by what it has learned. Moving a slider adds your wish to it, from the next prompt on.')}>
      {WISHES.map((wish) => (
        <Slider
          key={wish.name}
          label={t(wish.label)}
          value={utility[wish.name]}
          min={-1}
          max={1}
          step={0.25}
          ends={[t(wish.ends[0]), t(wish.ends[1])]}
          valueText={wishText(wish, utility[wish.name])}
          onValueChange={(value) => set(wish.name, value)}
        />
      ))}
      {!isNeutral && (
        <div>
          <Button size="sm" onClick={() => void app.settings.set('utility', { economy: 0, speed: 0, length: 0, quality: 0 })}>
            {t('Go by what was learned')}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Hard limits come before any learned score. */
function Limits() {
  const { t } = useTranslation();
  const app = useApp();
  const constraints = useSlice(app.settings, (state) => state.constraints);
  const limits = costLimitChoices(constraints.maxCostUsd);
  const current = limits.find((limit) => limit.usd === constraints.maxCostUsd)?.value ?? 'none';
  return (
    <Section title={t('Limits')} hint={t('Auto never goes beyond these. When they leave no model, it says so and sends nothing.')}>
      <Switch
        label={t('Only models on my own machine or network')}
        checked={constraints.localOnly}
        onCheckedChange={(localOnly) => void app.settings.set('constraints', { ...constraints, localOnly })}
      />
      <SelectField
        label={t('Most that one answer may cost')}
        hint={t('By the expected length. Models of unknown price do not qualify under a limit.')}
        value={current}
        choices={limits}
        onValueChange={(value) => void app.settings.set('constraints', { ...constraints, maxCostUsd: limits.find((limit) => limit.value === value)?.usd ?? null })}
      />
      <DefaultModel />
      <p className={styles.faint}>
        <Trans i18nKey="Which models Auto may choose from is set in <0>Models</0>." components={[<TextLink key="models" href={routeHref('models')} />]} />
      </p>
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
      hint={t('Answers when the router is still loading or takes longer than 0.3 seconds. Auto says when that happened.')}
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
    <Section title={t('Side-by-side comparisons')} hint={t('When Auto is unsure which of two you would prefer, it can ask both and let you pick. Both answers are paid for.')}>
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

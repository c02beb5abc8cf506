import { useState } from 'react';
import type { ModelResponse, Turn } from '../../core/conversation';
import { useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import { Button, TextLink } from '../ui';
import { answerInstead, nextBest } from '../use-cases/stand-in';
import styles from './picker.module.css';

/** Above an answer that is not of the model that was meant to give it: which one, why, and how the user agreed to it. */
export function StandInNote({ turn, response }: { readonly turn: Turn; readonly response: ModelResponse }) {
  const { t } = useTranslation();
  const text = useStandInText(turn, response);
  if (text === null) return null;
  return (
    <p className={styles.standIn}>
      <span>{text}</span>
      {response.standIn?.agreed === 'standing' && <TextLink href={routeHref('settings', 'router')}>{t('Change this')}</TextLink>}
    </p>
  );
}

function useStandInText(turn: Turn, { modelName, modelId, standIn }: ModelResponse): string | null {
  const { t } = useTranslation();
  const { pool } = useApp();
  if (standIn === null) return failedBeside(turn, modelId, (name) => t('{{model}} failed, so there was nothing to compare.', { model: name }));
  const other = standIn.insteadOf === null ? '' : pool.nameOf(standIn.insteadOf);
  switch (standIn.reason) {
    case 'late':
      return standIn.agreed === 'asked'
        ? t('The router was not ready in time. {{model}} answered, as you agreed.', { model: modelName })
        : t('The router was not ready in time, so {{model}} answered, as you have set.', { model: modelName });
    case 'router_failed':
      return standIn.agreed === 'asked'
        ? t('The router failed. {{model}} answered, as you agreed.', { model: modelName })
        : t('The router failed, so {{model}} answered, as you have set.', { model: modelName });
    case 'unsure':
      return t('The router was unsure here and leaned towards {{other}}. Your default, {{model}}, answered, as you have set.', { other, model: modelName });
    case 'provider_failed':
      return standIn.agreed === 'asked'
        ? t('{{other}} could not answer. {{model}} did, as you agreed.', { other, model: modelName })
        : t('{{other}} could not answer, so {{model}} did, as you have set.', { other, model: modelName });
  }
}

/** A comparison of which one side failed shows the other without a pick. */
function failedBeside(turn: Turn, modelId: string, say: (name: string) => string): string | null {
  if (turn.mode !== 'compare' || turn.comparison === null || turn.comparison.preferenceId !== null) return null;
  const other = turn.responses.find((response) => response.modelId !== modelId && turn.comparison?.responseIds.includes(response.id));
  return other && other.status === 'failed' && other.text.trim() === '' ? say(other.modelName) : null;
}

/** The model that is offered in place of one that failed; null for none. */
export function useNextBest(turn: Turn): string | null {
  const app = useApp();
  // Offers change with the models and their budgets.
  useSlice(app.pool, (state) => state.models);
  useSlice(app.budget, (state) => state.expenses);
  return nextBest(app, turn);
}

/** When the model that Auto chose has failed: another is offered, never just taken. */
export function InsteadOffer({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation();
  const app = useApp();
  const [always, setAlways] = useState(false);
  const next = useNextBest(turn);
  if (next === null) return null;
  const accept = async () => {
    if (always) await app.settings.set('whenProviderFails', 'next');
    await answerInstead(app, turn.id, 'asked');
  };
  return (
    <div className={styles.instead}>
      <Button size="sm" variant="primary" onClick={() => void accept()}>
        {t('Answer with {{model}} instead', { model: app.pool.nameOf(next) })}
      </Button>
      <label className={styles.check}>
        <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} />
        {t('From now on without asking')}
      </label>
    </div>
  );
}

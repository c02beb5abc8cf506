import { SlidersHorizontal, TriangleAlert, X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { IconButton, Popover, Spinner } from '../../ui';
import { useCurrentLimits } from '../../widgets/use-limits';
import { costText, percentText } from '../../words/amounts';
import { activeRules } from '../../words/limit-words';
import styles from './picker.module.css';

const PickerPanel = lazy(() => import('./PickerPanel'));

/** Opens what Auto should care for and what it may use. */
export function PickerButton() {
  const { t } = useTranslation();
  return (
    <Popover wide label={t('What Auto goes by')} trigger={<IconButton label={t('Cost, quality, speed and limits')} icon={<SlidersHorizontal size={18} />} />}>
      <Suspense fallback={<Spinner size={16} />}>
        <PickerPanel />
      </Suspense>
    </Popover>
  );
}

/** Every limit in force, each with the press that lifts it, and budgets that run out. Nothing when there are none. */
export function LimitChips() {
  const { t } = useTranslation();
  const app = useApp();
  const { rules, excludedModelIds, scope } = useCurrentLimits();
  const connections = useSlice(app.pool, (state) => state.connections);
  const nameOf = (id: string) => connections.find((connection) => connection.id === id)?.name ?? t('a removed provider');
  const rulesNow = activeRules(rules, nameOf);
  const budgets = useTightBudgets();
  if (rulesNow.length === 0 && scope === 'everywhere' && budgets.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('Limits in force')}>
      {rulesNow.map(({ id, text, lift }) => (
        <Chip key={id} text={text} onLift={() => void app.limits.changeRules(lift)} />
      ))}
      {excludedModelIds.length > 0 && (
        <Chip text={t('{{count}} models off in this chat', { count: excludedModelIds.length })} onLift={() => void app.limits.setForChat({ rules, excludedModelIds: [] })} />
      )}
      {scope === 'chat' && <Chip text={t('Limits of this chat')} onLift={() => void app.limits.setForChat(null)} />}
      {budgets.map(({ connectionId, spending, monthlyUsd, level }) => (
        <li key={connectionId}>
          <a className={styles.warningChip} href="#/spending">
            <TriangleAlert size={13} aria-hidden />
            {level === 'spent'
              ? t('{{provider}}: this month’s limit is used up', { provider: nameOf(connectionId) })
              : t('{{provider}}: {{percent}} of {{limit}} this month', {
                  provider: nameOf(connectionId),
                  percent: percentText(spending.usd / Math.max(monthlyUsd ?? 0, 1e-9)),
                  limit: costText(monthlyUsd),
                })}
          </a>
        </li>
      ))}
    </ul>
  );
}

function useTightBudgets() {
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  useSlice(app.settings, (state) => state.budgets);
  useSlice(app.budget, (state) => state.expenses);
  return connections.map(({ id }) => app.budget.monthOf(id)).filter(({ level }) => level !== 'fine');
}

function Chip({ text, onLift }: { readonly text: string; readonly onLift: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <button type="button" className={styles.chip} onClick={onLift} aria-label={t('{{limit}}: lift', { limit: text })}>
        {text} <X size={13} aria-hidden />
      </button>
    </li>
  );
}

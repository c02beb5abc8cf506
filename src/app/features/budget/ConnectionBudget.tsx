import { useState } from 'react';
import { useTranslation } from '../../i18n';
import type { MonthOf } from '../../store/budget';
import { useApp } from '../../store/context';
import { Badge, cx, TextField } from '../../ui';
import { percentText } from '../../words/amounts';
import styles from './budget.module.css';
import { readLimit, usd } from './words';

/** One provider's month and its limit. */
export function ConnectionBudget({ name, month }: { readonly name: string; readonly month: MonthOf }) {
  const { t } = useTranslation();
  const { spending, monthlyUsd, level } = month;
  const share = monthlyUsd === null ? 0 : monthlyUsd === 0 ? 1 : Math.min(1, spending.usd / monthlyUsd);
  return (
    <li className={styles.connection}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        {level === 'warning' && <Badge tone="warning">{t('{{percent}} used', { percent: percentText(share) })}</Badge>}
        {level === 'spent' && <Badge tone="danger">{t('Limit used up')}</Badge>}
        <span className={styles.spent}>{monthlyUsd === null ? usd(spending.usd) : t('{{spent}} of {{limit}}', { spent: usd(spending.usd), limit: usd(monthlyUsd) })}</span>
      </div>
      {monthlyUsd !== null && (
        <div className={styles.bar} aria-hidden>
          <i className={cx(styles.fill, level === 'warning' && styles.fillWarning, level === 'spent' && styles.fillSpent)} style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <LimitField month={month} name={name} />
      {spending.unpriced > 0 && (
        <p className={styles.note}>{t('{{count}} answers of models without a known price are not in this sum. Prices can be entered in Models.', { count: spending.unpriced })}</p>
      )}
    </li>
  );
}

function LimitField({ month, name }: { readonly month: MonthOf; readonly name: string }) {
  const { t } = useTranslation();
  const app = useApp();
  const stored = month.monthlyUsd === null ? '' : String(month.monthlyUsd);
  const [typed, setTyped] = useState<string | null>(null);
  const value = readLimit(typed ?? stored);
  const save = () => {
    if (typed === null || value === undefined) return;
    setTyped(null);
    void app.budget.setLimit(month.connectionId, value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={t('Monthly limit of {{provider}}, US dollars', { provider: name })}
        inputMode="decimal"
        placeholder={t('No limit')}
        value={typed ?? stored}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        {...(value === undefined ? { error: t('Enter an amount, for example 10, or leave it empty.') } : {})}
      />
    </form>
  );
}

import { useState } from 'react';
import type { ModelUsage } from '../../../core/usage';
import { dateText, numberText, useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import { SelectField } from '../../ui';
import type { SpendingReport } from '../../use-cases/ledger';
import styles from './budget.module.css';
import { usd } from './words';

const EVER = 'ever';

/** What each model read, wrote, cost, and how fast it was. */
export function UsageTable({ report }: { readonly report: SpendingReport }) {
  const { t } = useTranslation();
  const { months, ever } = report.usage;
  const [chosen, setChosen] = useState(String(months[0]?.start ?? EVER));
  if (ever.length === 0) return <p className={styles.note}>{t('Nothing has been asked yet.')}</p>;
  const models = months.find(({ start }) => String(start) === chosen)?.models ?? ever;
  return (
    <div className={styles.usage}>
      <SelectField
        label={t('Time')}
        value={chosen}
        choices={[...months.map(({ start }) => ({ value: String(start), label: dateText(start, { month: 'long', year: 'numeric' }) })), { value: EVER, label: t('Since the beginning') }]}
        onValueChange={setChosen}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls has to be reachable by keyboard */}
      <div className={styles.scroller} role="region" aria-label={t('Usage by model')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('Model')}</th>
              <th scope="col">{t('Answers')}</th>
              <th scope="col">{t('Tokens read')}</th>
              <th scope="col">{t('Tokens written')}</th>
              <th scope="col">{t('Cost')}</th>
              <th scope="col">{t('First word')}</th>
              <th scope="col">{t('Tokens/s')}</th>
            </tr>
          </thead>
          <tbody>
            {models.map((usage) => (
              <Row key={usage.modelId} usage={usage} report={report} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('Together')}</th>
              <Sums models={models} />
              <td>–</td>
              <td>–</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={styles.note}>{t('Speed is the median of all the answers you got from a model and still have, whatever the month.')}</p>
    </div>
  );
}

function Row({ usage, report }: { readonly usage: ModelUsage; readonly report: SpendingReport }) {
  const { t } = useTranslation();
  const app = useApp();
  const speed = report.usage.speed.of(usage.modelId);
  return (
    <tr>
      <th scope="row">{app.pool.nameOf(usage.modelId)}</th>
      <Sums models={[usage]} />
      <td>{speed ? t('{{seconds}} s', { seconds: numberText(speed.firstTokenMs / 1000, { maximumFractionDigits: 1 }) }) : '–'}</td>
      <td>{speed?.tokensPerSecond ? numberText(speed.tokensPerSecond, { maximumFractionDigits: 0 }) : '–'}</td>
    </tr>
  );
}

function Sums({ models }: { readonly models: readonly ModelUsage[] }) {
  const { t } = useTranslation();
  const sum = (part: (usage: ModelUsage) => number) => models.reduce((total, usage) => total + part(usage), 0);
  const [answers, unpriced] = [sum((usage) => usage.answers), sum((usage) => usage.unpriced)];
  const cost = usd(sum((usage) => usage.usd));
  return (
    <>
      <td>{numberText(answers)}</td>
      <td>{numberText(sum((usage) => usage.inputTokens))}</td>
      <td>{numberText(sum((usage) => usage.outputTokens))}</td>
      <td>{unpriced === 0 ? cost : unpriced === answers ? t('price not known') : t('{{cost}}, and {{unpriced}} at unknown prices', { cost, unpriced })}</td>
    </>
  );
}

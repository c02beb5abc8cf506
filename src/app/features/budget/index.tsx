import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Notice, Page, Section, Spinner, TextLink } from '../../ui';
import { readSpending, type SpendingReport } from '../../use-cases/ledger';
import styles from './budget.module.css';
import { ConnectionBudget } from './ConnectionBudget';
import { LedgerView } from './LedgerView';
import { UsageTable } from './UsageTable';
import { usd } from './words';

/** What the models cost, the limits on it, and what choosing among them saved. */
export default function SpendingView() {
  const { t } = useTranslation();
  const report = useReport();
  return (
    <Page
      title={t('Spending')}
      lead={t('Counted on this device, from the providers’ token counts and the prices in Models. Failed and stopped answers, comparisons and deleted chats are included.')}
    >
      <Section title={t('This month')} hint={t('At 80 % of a limit you are warned. At 100 % Auto leaves the provider out, and asking it yourself needs a yes each time.')}>
        <Connections report={report === 'failed' ? null : report} />
      </Section>
      <Section title={t('By model and month')} hint={t('Every request that was charged for, also those of chats that are deleted.')}>
        {report === null && <Spinner label={t('Reading your history')} />}
        {report !== null && report !== 'failed' && <UsageTable report={report} />}
      </Section>
      <Section title={t('Was choosing worth it?')} hint={t('Every answer that Auto chose, against one model that could have answered them all.')}>
        {report === null && <Spinner label={t('Reading your history')} />}
        {report === 'failed' && <Notice tone="danger" title={t('Your history could not be read')} />}
        {report !== null && report !== 'failed' && <LedgerView ledger={report.ledger} />}
      </Section>
    </Page>
  );
}

/** Read once for each visit; null until then. */
function useReport(): SpendingReport | 'failed' | null {
  const app = useApp();
  const [report, setReport] = useState<SpendingReport | 'failed' | null>(null);
  useEffect(() => {
    let gone = false;
    readSpending(app).then(
      (found) => gone || setReport(found),
      (thrown: unknown) => {
        console.warn('The spending could not be read', thrown);
        if (!gone) setReport('failed');
      },
    );
    return () => {
      gone = true;
    };
  }, [app]);
  return report;
}

function Connections({ report }: { readonly report: SpendingReport | null }) {
  const { t } = useTranslation();
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  useSlice(app.settings, (state) => state.budgets);
  useSlice(app.budget, (state) => state.expenses);
  const months = connections.map((connection) => ({ connection, month: app.budget.monthOf(connection.id) }));
  if (connections.length === 0) {
    return (
      <p className={styles.note}>
        {t('Nothing is connected yet.')} <TextLink href={routeHref('models')}>{t('Connect a model')}</TextLink>
      </p>
    );
  }
  const ofMonth = months.reduce((sum, { month }) => sum + month.spending.usd, 0);
  const ever = report && [...report.allTime.values()].reduce((sum, spending) => sum + spending.usd, 0);
  return (
    <>
      <dl className={styles.totals}>
        <div>
          <dt>{t('Spent this month')}</dt>
          <dd>{usd(ofMonth)}</dd>
        </div>
        <div>
          <dt>{t('Spent in all')}</dt>
          <dd>{ever === null ? '…' : usd(ever)}</dd>
        </div>
      </dl>
      <ul className={styles.connections}>
        {months.map(({ connection, month }) => (
          <ConnectionBudget key={connection.id} name={connection.name} month={month} />
        ))}
      </ul>
    </>
  );
}

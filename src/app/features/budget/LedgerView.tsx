import type { Ledger, Savings } from '../../../core/savings';
import { useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import styles from './budget.module.css';
import { usd } from './words';

/** Money and liking, against always asking one model. */
export function LedgerView({ ledger }: { readonly ledger: Ledger }) {
  const { t } = useTranslation();
  switch (ledger.kind) {
    case 'too_little':
      return <p className={styles.note}>{t('There is too little to go by: this needs {{needed}} answers that Auto chose, with known prices, and there are {{turns}} so far.', { needed: ledger.needed, turns: ledger.turns })}</p>;
    case 'no_single':
      return <p className={styles.note}>{t('No model with a known price took part in enough of the choices to compare with.')}</p>;
    case 'known':
      return <Known savings={ledger.savings} />;
  }
}

function Known({ savings }: { readonly savings: Savings }) {
  const { t } = useTranslation();
  const app = useApp();
  const model = app.pool.nameOf(savings.single.modelId);
  const saved = savings.singleUsd - savings.spentUsd;
  return (
    <div className={styles.ledger}>
      <dl className={styles.totals}>
        <div>
          <dt>{t('These {{count}} turns cost', { count: savings.turns })}</dt>
          <dd>{usd(savings.spentUsd)}</dd>
        </div>
        <div>
          <dt>{t('Always {{model}} would have cost', { model })}</dt>
          <dd>{usd(savings.singleUsd)}</dd>
        </div>
        <div>
          <dt>{saved >= 0 ? t('Saved') : t('Paid more')}</dt>
          <dd>{usd(Math.abs(saved))}</dd>
        </div>
      </dl>
      <p>{likingText(t, savings, model)}</p>
      <PreferenceScale savings={savings} />
      <p className={styles.note}>
        {t('{{model}} is the best single model as far as the router knows: over {{count}} of its decisions it had the highest mean score. Its cost is the tokens of the answers you got at its price; it might have written more or less.', {
          model,
          count: savings.single.decisions,
        })}{t(' ')}
        {t('The liking is the router’s own estimate, and the interval says how unsure it is of your taste and how your prompts vary, not whether its model of you is right.')}
      </p>
    </div>
  );
}

function likingText(t: ReturnType<typeof useTranslation>['t'], { preferred }: Savings, model: string): string {
  const params = { model, share: hundred(preferred.value), low: hundred(preferred.low), high: hundred(preferred.high) };
  if (preferred.low > 0.5) return t('You are expected to prefer the answers you got to those of {{model}} in {{share}} of 100 cases (95 % interval: {{low}} to {{high}}): choosing brought you better answers.', params);
  if (preferred.high < 0.5) return t('You are expected to prefer the answers you got to those of {{model}} in {{share}} of 100 cases (95 % interval: {{low}} to {{high}}): that is what the choice cost in liking.', params);
  return t('You are expected to prefer the answers you got to those of {{model}} in {{share}} of 100 cases (95 % interval: {{low}} to {{high}}): no clear difference, 50 being none.', params);
}

function hundred(probability: number): string {
  return (100 * probability).toFixed(0);
}

/** 0 to 100 with the even line in the middle. */
function PreferenceScale({ savings: { preferred } }: { readonly savings: Savings }) {
  const { t } = useTranslation();
  return (
    <div>
      <div className={styles.scale} aria-hidden>
        <i className={styles.even} />
        <i className={styles.range} style={{ left: `${100 * preferred.low}%`, width: `${Math.max(0.5, 100 * (preferred.high - preferred.low))}%` }} />
        <i className={styles.mark} style={{ left: `${100 * preferred.value}%` }} />
      </div>
      <div className={styles.ends} aria-hidden>
        <span>{t('single model preferred')}</span>
        <span>{t('even')}</span>
        <span>{t('Auto preferred')}</span>
      </div>
    </div>
  );
}

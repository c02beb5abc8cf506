import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Turn } from '../../core/conversation';
import type { AxisReason, PickReason, RoutingDecision, ScoredCandidate } from '../../core/routing';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import { cx, Popover } from '../ui';
import { costText, percentText, wordsText } from '../words/amounts';
import { reasonLabel, differenceWords } from '../words/axis-words';
import { othersOf } from './Ranking';
import styles from './widgets.module.css';

const SHOWN_REASONS = 5;
const SHOWN_PICKS = 3;

/** "Why?": the true reasons behind the choice of a turn's model. */
export function WhyPopover({ turn, modelId }: { readonly turn: Turn; readonly modelId: string }) {
  const { t } = useTranslation();
  return (
    <Popover
      label={t('Why this model')}
      trigger={
        <button type="button" className={styles.whyTrigger}>
          {t('Why?')}
        </button>
      }
    >
      {turn.decision ? <Why turn={turn} decision={turn.decision} modelId={modelId} /> : <NotRouted turn={turn} />}
    </Popover>
  );
}

function NotRouted({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation();
  if (turn.mode === 'pinned') return <p>{t('This chat is pinned to this model.')}</p>;
  return (
    <p>
      {turn.mode === 'manual'
        ? t('You chose this model. The router was not ready to compare it with the others.')
        : t('The router was still loading, or took longer than 0.3 seconds, so your default model answered without delay.')}
    </p>
  );
}

function Why({ turn, decision, modelId }: { readonly turn: Turn; readonly decision: RoutingDecision; readonly modelId: string }) {
  const app = useApp();
  const { t } = useTranslation();
  const [best, second] = decision.ranking;
  const ran = decision.ranking.find((candidate) => candidate.modelId === modelId);
  return (
    <div className={styles.why}>
      <div>
        <h3 className={styles.whyTitle}>{app.pool.nameOf(modelId)}</h3>
        <p className={styles.whyLead}>{leadText(t, turn, decision, modelId, (id) => app.pool.nameOf(id))}</p>
      </div>
      {ran && <Expected decision={decision} candidate={ran} />}
      {best && second && <Reasons decision={decision} best={best} second={second} />}
      {decision.excluded.length > 0 && <p className={styles.whyLead}>{t('{{count}} models were left out by your limits.', { count: decision.excluded.length })}</p>}
    </div>
  );
}

function leadText(t: TFunction, turn: Turn, { plan, ranking }: RoutingDecision, modelId: string, nameOf: (id: string) => string): string {
  const best = ranking[0]?.modelId;
  if (turn.mode === 'compare' && plan.kind === 'compare') {
    return plan.reason === 'uncertain' ? t('The router was unsure which of two you would prefer, so it asked you.') : t('A comparison at random, to keep the router honest.');
  }
  const auto = best ? nameOf(best) : t('another model');
  if (turn.mode === 'pinned') return best === modelId ? t('This chat is pinned to it, and Auto would have asked it, too.') : t('This chat is pinned to it. Auto would have asked {{model}}.', { model: auto });
  if (turn.mode === 'manual') return best === modelId ? t('You chose it, and Auto would have too.') : t('You chose it. Auto would have asked {{model}}.', { model: auto });
  if (best !== modelId) return t('Regenerated on your wish. Auto first asked {{model}}.', { model: auto });
  return t('Of your models, the one you are expected to like best here.');
}

function Expected({ decision, candidate }: { readonly decision: RoutingDecision; readonly candidate: ScoredCandidate }) {
  const { t } = useTranslation();
  const traits = differenceWords(candidate.features, othersOf(decision, candidate), 3);
  return (
    <p>
      {t('Expected: {{length}}, {{cost}}.', { length: wordsText(candidate.expectedWords), cost: costText(candidate.expectedCostUsd) })}
      {traits.length > 0 && ` ${t('Than from your other models: {{traits}}.', { traits: traits.join(', ') })}`}
    </p>
  );
}

interface ReasonsProps {
  readonly decision: RoutingDecision;
  readonly best: ScoredCandidate;
  readonly second: ScoredCandidate;
}

function Reasons({ decision, best, second }: ReasonsProps) {
  const app = useApp();
  const { t } = useTranslation();
  const { explanation } = decision;
  const shown = explanation.axes.slice(0, SHOWN_REASONS);
  const rest = explanation.axes.slice(SHOWN_REASONS).reduce((sum, reason) => sum + reason.contribution, 0);
  const largest = Math.max(...explanation.axes.map((reason) => Math.abs(reason.contribution)), 1e-9);
  return (
    <>
      <section>
        <h4 className={styles.whyHeading}>
          {t('{{first}} before {{second}}', { first: app.pool.nameOf(best.modelId), second: app.pool.nameOf(second.modelId) })}
        </h4>
        <p className={styles.whyLead}>
          {t('{{model}}: {{cost}}, {{length}}; {{chance}} likely to be the one you would prefer.', {
            model: app.pool.nameOf(second.modelId),
            cost: costText(second.expectedCostUsd),
            length: wordsText(second.expectedWords),
            chance: percentText(second.winProbability),
          })}
        </p>
      </section>
      <ul className={styles.reasons}>
        {shown.map((reason) => (
          <AxisRow key={reason.axis} reason={reason} label={reasonLabel(reason, best.features, second.features)} largest={largest} />
        ))}
        <Row label={t('Everything else')} contribution={rest} largest={largest} />
        <Row label={t('Together')} contribution={explanation.margin} largest={largest} isSum />
      </ul>
      <Picks picks={explanation.picks} others={explanation.otherPicks} prior={explanation.priorContribution} largest={largest} />
    </>
  );
}

function AxisRow({ reason, label, largest }: { readonly reason: AxisReason; readonly label: string; readonly largest: number }) {
  return <Row label={label} contribution={reason.contribution} largest={largest} />;
}

interface RowProps {
  readonly label: string;
  readonly contribution: number;
  readonly largest: number;
  readonly href?: string;
  readonly isSum?: boolean;
}

function Row({ label, contribution, largest, href, isSum = false }: RowProps) {
  const width = `${Math.min(50, (50 * Math.abs(contribution)) / largest)}%`;
  return (
    <li className={cx(styles.reason, isSum && styles.sum)}>
      <span className={styles.excerpt} title={label}>
        {href ? <a href={href}>{label}</a> : label}
      </span>
      <span className={styles.bar} aria-hidden>
        <i className={contribution >= 0 ? styles.for : styles.against} style={{ width }} />
      </span>
      <span>{signed(contribution)}</span>
    </li>
  );
}

interface PicksProps {
  readonly picks: readonly PickReason[];
  readonly others: { readonly count: number; readonly contribution: number };
  readonly prior: number;
  readonly largest: number;
}

/** The same margin, split by what it was learned from. */
function Picks({ picks, others, prior, largest }: PicksProps) {
  const { t } = useTranslation();
  const log = useSlice(useApp().memory, (state) => state.log);
  const excerptOf = (id: string) => log.find((pair) => pair.id === id)?.promptExcerpt || t('A pick without text');
  const rest = picks.slice(SHOWN_PICKS);
  const restCount = rest.length + others.count;
  return (
    <section>
      <h4 className={styles.whyHeading}>{t('Where that comes from')}</h4>
      <ul className={styles.reasons}>
        {picks.slice(0, SHOWN_PICKS).map((pick) => (
          <Row key={pick.preferenceId} label={excerptOf(pick.preferenceId)} href={routeHref('memory', pick.preferenceId)} contribution={pick.contribution} largest={largest} />
        ))}
        {restCount > 0 && (
          <Row label={t('{{count}} other picks', { count: restCount })} contribution={rest.reduce((sum, pick) => sum + pick.contribution, others.contribution)} largest={largest} />
        )}
        <Row label={picks.length > 0 ? t('Before any of your picks') : t('What people like in general')} contribution={prior} largest={largest} />
      </ul>
    </section>
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

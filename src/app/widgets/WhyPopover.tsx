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
  return (
    <Popover
      label="Why this model"
      trigger={
        <button type="button" className={styles.whyTrigger}>
          Why?
        </button>
      }
    >
      {turn.decision ? <Why turn={turn} decision={turn.decision} modelId={modelId} /> : <NotRouted turn={turn} />}
    </Popover>
  );
}

function NotRouted({ turn }: { readonly turn: Turn }) {
  return (
    <p>
      {turn.mode === 'manual'
        ? 'You chose this model. The router was not ready to compare it with the others.'
        : 'The router was still loading, or took longer than 0.3 seconds, so your default model answered without delay.'}
    </p>
  );
}

function Why({ turn, decision, modelId }: { readonly turn: Turn; readonly decision: RoutingDecision; readonly modelId: string }) {
  const app = useApp();
  const [best, second] = decision.ranking;
  const ran = decision.ranking.find((candidate) => candidate.modelId === modelId);
  return (
    <div className={styles.why}>
      <div>
        <h3 className={styles.whyTitle}>{app.pool.nameOf(modelId)}</h3>
        <p className={styles.whyLead}>{leadText(turn, decision, modelId, (id) => app.pool.nameOf(id))}</p>
      </div>
      {ran && <Expected decision={decision} candidate={ran} />}
      {best && second && <Reasons decision={decision} best={best} second={second} />}
      {decision.excluded.length > 0 && <p className={styles.whyLead}>{decision.excluded.length} models were left out by your limits.</p>}
    </div>
  );
}

function leadText(turn: Turn, { plan, ranking }: RoutingDecision, modelId: string, nameOf: (id: string) => string): string {
  const best = ranking[0]?.modelId;
  if (turn.mode === 'compare' && plan.kind === 'compare') {
    return plan.reason === 'uncertain' ? 'The router was unsure which of two you would prefer, so it asked you.' : 'A comparison at random, to keep the router honest.';
  }
  if (turn.mode === 'manual') return best === modelId ? 'You chose it, and Auto would have too.' : `You chose it. Auto would have asked ${best ? nameOf(best) : 'another model'}.`;
  return best === modelId ? 'Of your models, the one you are expected to like best here.' : `Regenerated on your wish. Auto first asked ${best ? nameOf(best) : 'another model'}.`;
}

function Expected({ decision, candidate }: { readonly decision: RoutingDecision; readonly candidate: ScoredCandidate }) {
  const traits = differenceWords(candidate.features, othersOf(decision, candidate), 3);
  return (
    <p>
      Expected: {wordsText(candidate.expectedWords)}, {costText(candidate.expectedCostUsd)}.{traits.length > 0 && ` Than from your other models: ${traits.join(', ')}.`}
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
  const { explanation } = decision;
  const shown = explanation.axes.slice(0, SHOWN_REASONS);
  const rest = explanation.axes.slice(SHOWN_REASONS).reduce((sum, reason) => sum + reason.contribution, 0);
  const largest = Math.max(...explanation.axes.map((reason) => Math.abs(reason.contribution)), 1e-9);
  return (
    <>
      <section>
        <h4 className={styles.whyHeading}>
          {app.pool.nameOf(best.modelId)} before {app.pool.nameOf(second.modelId)}
        </h4>
        <p className={styles.whyLead}>
          {app.pool.nameOf(second.modelId)}: {costText(second.expectedCostUsd)}, {wordsText(second.expectedWords)}; {percentText(second.winProbability)} likely to be the one you
          would prefer.
        </p>
      </section>
      <ul className={styles.reasons}>
        {shown.map((reason) => (
          <AxisRow key={reason.axis} reason={reason} label={reasonLabel(reason, best.features, second.features)} largest={largest} />
        ))}
        <Row label="Everything else" contribution={rest} largest={largest} />
        <Row label="Together" contribution={explanation.margin} largest={largest} isSum />
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
  const log = useSlice(useApp().memory, (state) => state.log);
  const excerptOf = (id: string) => log.find((pair) => pair.id === id)?.promptExcerpt || 'A pick without text';
  const rest = picks.slice(SHOWN_PICKS);
  const restCount = rest.length + others.count;
  return (
    <section>
      <h4 className={styles.whyHeading}>Where that comes from</h4>
      <ul className={styles.reasons}>
        {picks.slice(0, SHOWN_PICKS).map((pick) => (
          <Row key={pick.preferenceId} label={excerptOf(pick.preferenceId)} href={routeHref('memory', pick.preferenceId)} contribution={pick.contribution} largest={largest} />
        ))}
        {restCount > 0 && (
          <Row label={`${restCount} other picks`} contribution={rest.reduce((sum, pick) => sum + pick.contribution, others.contribution)} largest={largest} />
        )}
        <Row label={picks.length > 0 ? 'Before any of your picks' : 'What people like in general'} contribution={prior} largest={largest} />
      </ul>
    </section>
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

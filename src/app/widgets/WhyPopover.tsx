import { closeCall, closestRival, isUnsure } from '../../core/certainty';
import type { ModelResponse, Turn } from '../../core/conversation';
import type { AxisReason, PickReason, RoutingDecision, ScoredCandidate } from '../../core/routing';
import { joinedText, t, useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import { Badge, cx, Popover } from '../ui';
import { costText, percentText, wordsText } from '../words/amounts';
import { differenceWords, reasonLabel } from '../words/axis-words';
import { reasonText } from '../words/limit-words';
import { othersOf } from './Ranking';
import styles from './widgets.module.css';

const SHOWN_REASONS = 5;
const SHOWN_PICKS = 3;

/** "Why?": the true reasons behind the choice of a turn's model, what it cost, and how sure the router was. */
export function WhyPopover({ turn, modelId }: { readonly turn: Turn; readonly modelId: string }) {
  useTranslation();
  return (
    <Popover
      label={t('Why this model')}
      trigger={
        <button type="button" className={styles.whyTrigger}>
          {t('Why?')}
        </button>
      }
    >
      {turn.decision ? <Why turn={turn} decision={turn.decision} modelId={modelId} /> : <NotRouted turn={turn} modelId={modelId} />}
    </Popover>
  );
}

function NotRouted({ turn, modelId }: { readonly turn: Turn; readonly modelId: string }) {
  const response = responseOf(turn, modelId);
  if (turn.mode === 'pinned') return <p>{t('This chat is pinned to this model.')}</p>;
  return (
    <div className={styles.why}>
      <p>
        {turn.mode === 'manual'
          ? t('You chose this model. The router was not ready to compare it with the others.')
          : t('The router was still loading, failed, or took longer than 0.3 seconds, so another model stood in for its choice.')}
      </p>
      {response && <p className={styles.whyLead}>{t('Cost: {{cost}}.', { cost: costText(response.costUsd) })}</p>}
    </div>
  );
}

function responseOf(turn: Turn, modelId: string): ModelResponse | undefined {
  return turn.responses.find((response) => response.modelId === modelId && response.id === turn.shownResponseId) ?? turn.responses.find((response) => response.modelId === modelId);
}

function Why({ turn, decision, modelId }: { readonly turn: Turn; readonly decision: RoutingDecision; readonly modelId: string }) {
  const app = useApp();
  const nameOf = (id: string) => app.pool.nameOf(id);
  const [best, second] = decision.ranking;
  const ran = decision.ranking.find((candidate) => candidate.modelId === modelId);
  return (
    <div className={styles.why}>
      <div>
        <h3 className={styles.whyTitle}>{nameOf(modelId)}</h3>
        <p className={styles.whyLead}>{leadText(turn, decision, modelId, nameOf)}</p>
      </div>
      <Certainty decision={decision} nameOf={nameOf} />
      <Costs candidate={ran} response={responseOf(turn, modelId)} />
      {ran && <Traits decision={decision} candidate={ran} />}
      {best && second && <Reasons decision={decision} best={best} second={second} />}
      {decision.excluded.length > 0 && <LeftOut decision={decision} />}
    </div>
  );
}

function leadText(turn: Turn, { plan, ranking }: RoutingDecision, modelId: string, nameOf: (id: string) => string): string {
  const best = ranking[0]?.modelId;
  const auto = best ? nameOf(best) : t('another model');
  const standIn = responseOf(turn, modelId)?.standIn;
  if (standIn?.reason === 'unsure') return t('Your default model. The router was unsure and leaned towards {{model}}.', { model: auto });
  if (standIn?.reason === 'provider_failed') return t('{{model}} was the first choice and could not answer.', { model: standIn.insteadOf ? nameOf(standIn.insteadOf) : auto });
  if (turn.mode === 'compare' && plan.kind === 'compare') {
    return plan.reason === 'uncertain' ? t('The router was unsure which of two you would prefer, so it asked you.') : t('A comparison at random, to keep the router honest.');
  }
  if (turn.mode === 'pinned') return best === modelId ? t('This chat is pinned to it, and Auto would have asked it, too.') : t('This chat is pinned to it. Auto would have asked {{model}}.', { model: auto });
  if (turn.mode === 'manual') return best === modelId ? t('You chose it, and Auto would have too.') : t('You chose it. Auto would have asked {{model}}.', { model: auto });
  return best === modelId ? t('Of your models, the one you are expected to like best here.') : t('Regenerated on your wish. Auto first asked {{model}}.', { model: auto });
}

/** How sure the choice was, in plain words. */
function Certainty({ decision, nameOf }: { readonly decision: RoutingDecision; readonly nameOf: (id: string) => string }) {
  const rival = closestRival(decision);
  if (!rival) return <p>{t('No other model qualified, so there was nothing to choose between.')}</p>;
  const told = { model: nameOf(rival.modelId), percent: percentText(rival.winProbability) };
  // The order may be certain while the difference is too small to be noticed.
  if (!isUnsure(decision) && closeCall(decision)) return <p>{t('A close call: {{model}} would please you about as much ({{percent}} likely to be the one you prefer).', told)}</p>;
  if (!isUnsure(decision)) return <p>{t('Fairly sure: you would prefer {{model}} with a chance of {{percent}}.', told)}</p>;
  return (
    <p>
      <Badge tone="warning">{t('Unsure')}</Badge> {t('It could not well tell. You would prefer {{model}} with a chance of {{percent}}.', told)}
    </p>
  );
}

/** What it took, beside what was expected. */
function Costs({ candidate, response }: { readonly candidate: ScoredCandidate | undefined; readonly response: ModelResponse | undefined }) {
  const hasEnded = response !== undefined && response.status !== 'streaming';
  const words = response ? response.text.split(/\s+/u).filter(Boolean).length : 0;
  return (
    <table className={styles.costs}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('What')}</span>
          </th>
          <th scope="col">{t('Expected')}</th>
          <th scope="col">{t('Actual')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('Cost')}</th>
          <td>{candidate ? costText(candidate.expectedCostUsd) : '–'}</td>
          <td>{hasEnded ? costText(response.costUsd) : '–'}</td>
        </tr>
        <tr>
          <th scope="row">{t('Length')}</th>
          <td>{candidate ? wordsText(candidate.expectedWords) : '–'}</td>
          <td>{hasEnded && words > 0 ? wordsText(words) : '–'}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Traits({ decision, candidate }: { readonly decision: RoutingDecision; readonly candidate: ScoredCandidate }) {
  const traits = differenceWords(candidate.features, othersOf(decision, candidate), 3);
  return traits.length === 0 ? null : <p>{t('Expected to differ from your other models: {{traits}}.', { traits: joinedText(traits) })}</p>;
}

function LeftOut({ decision }: { readonly decision: RoutingDecision }) {
  const reasons = [...new Set(decision.excluded.map(({ reason }) => reason))];
  return (
    <p className={styles.whyLead}>
      {t('{{count}} models were left out by your limits: {{reasons}}.', { count: decision.excluded.length, reasons: joinedText(reasons.map(reasonText)) })}
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
        <h4 className={styles.whyHeading}>{t('{{first}} before {{second}}', { first: app.pool.nameOf(best.modelId), second: app.pool.nameOf(second.modelId) })}</h4>
        <p className={styles.whyLead}>
          {t('{{model}}: {{cost}}, {{words}}; {{percent}} likely to be the one you would prefer.', {
            model: app.pool.nameOf(second.modelId),
            cost: costText(second.expectedCostUsd),
            words: wordsText(second.expectedWords),
            percent: percentText(second.winProbability),
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

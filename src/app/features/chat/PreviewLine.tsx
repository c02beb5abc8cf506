import { CornerDownLeft, Scale } from 'lucide-react';
import { isUnsure } from '../../../core/certainty';
import type { RoutingDecision, ScoredCandidate } from '../../../core/routing';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Badge, cx, Kbd } from '../../ui';
import { alternativeOf, type Alternative } from '../../use-cases/alternative';
import { unsureStandIn } from '../../use-cases/choose-plan';
import { canRelax, relax, relaxationsOf, spentConnections } from '../../use-cases/relax';
import { costText, percentText, wordsText } from '../../words/amounts';
import { relaxText } from '../../words/limit-words';
import styles from './picker.module.css';
import { useSetup } from './use-setup';

/** What would happen with the text as it stands, and what one key puts in its place. */
export function PreviewLine() {
  const { t } = useTranslation();
  const app = useApp();
  const { pinnedModelId } = useSetup();
  const chosenModelId = useSlice(app.composer, (state) => state.chosenModelId) ?? pinnedModelId;
  const preview = useSlice(app.composer, (state) => state.preview);
  const isEngineReady = useSlice(app.engine, (state) => state.phase.kind === 'ready');
  const hasText = useSlice(app.composer, (state) => state.text.trim() !== '');
  const hasModel = useSlice(app.pool, (state) => state.models.length > 0);
  if (!hasText || !hasModel) return null;
  if (!isEngineReady) {
    return <p className={styles.preview}>{chosenModelId === null ? t('The router is loading. Send already if you like: it asks before another model steps in.') : ''}</p>;
  }
  if (preview.kind !== 'decided') return <p className={styles.preview}>{preview.kind === 'routing' ? t('Choosing…') : ''}</p>;
  return <Decided decision={preview.decision} isStale={preview.isStale} chosenModelId={chosenModelId} />;
}

interface DecidedProps {
  readonly decision: RoutingDecision;
  readonly isStale: boolean;
  readonly chosenModelId: string | null;
}

function Decided({ decision, isStale, chosenModelId }: DecidedProps) {
  const app = useApp();
  // Which model an unsure router gives way to, and which is the alternative, follows the settings.
  useSlice(app.settings, (state) => state.whenUnsure);
  useSlice(app.settings, (state) => state.defaultModelId);
  const alternative = alternativeOf(app);
  return (
    <div className={cx(styles.preview, isStale && styles.stale)}>
      <span role="status" className={styles.plan}>
        <Plan decision={decision} chosenModelId={chosenModelId} />
      </span>
      {decision.plan.kind === 'none' && chosenModelId === null && <FirstWayOut decision={decision} />}
      {alternative && <AlternativeButton alternative={alternative} decision={decision} />}
    </div>
  );
}

function Plan({ decision, chosenModelId }: Omit<DecidedProps, 'isStale'>) {
  const { t } = useTranslation();
  const app = useApp();
  const { plan, ranking } = decision;
  const candidateOf = (id: string | undefined) => ranking.find((candidate) => candidate.modelId === id);
  if (chosenModelId !== null) {
    const chosen = candidateOf(chosenModelId);
    return chosen ? <Expected candidate={chosen} /> : <span>{t('Outside the limits that you set for Auto')}</span>;
  }
  switch (plan.kind) {
    case 'none':
      return <span>{t('Your limits leave no model')}</span>;
    case 'compare': {
      const costs = plan.modelIds.map((id) => candidateOf(id)?.expectedCostUsd ?? null);
      const total = costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
      return (
        <>
          {plan.reason === 'uncertain' && <UnsureBadge />}
          <span>{plan.reason === 'uncertain' ? t('two answers side by side, names after your pick') : t('Two answers side by side, to keep learning')}</span>
          <span className={styles.faint}>{t('{{cost}} together', { cost: costText(total) })}</span>
        </>
      );
    }
    case 'single': {
      const standIn = unsureStandIn(app, decision);
      const candidate = candidateOf(standIn?.modelId ?? plan.modelId);
      if (!candidate) return null;
      return (
        <>
          {isUnsure(decision) && <UnsureBadge />}
          {standIn && <span>{t('your default:')}</span>}
          <Expected candidate={candidate} />
        </>
      );
    }
  }
}

function UnsureBadge() {
  const { t } = useTranslation();
  return <Badge tone="warning">{t('Unsure')}</Badge>;
}

function Expected({ candidate }: { readonly candidate: ScoredCandidate }) {
  const { pool } = useApp();
  return (
    <>
      <strong className={styles.model}>{pool.nameOf(candidate.modelId)}</strong>
      <span className={styles.faint}>
        {wordsText(candidate.expectedWords)} · {costText(candidate.expectedCostUsd)}
      </span>
    </>
  );
}

/** Tapped, it is chosen for this prompt; its key sends to it at once. */
function AlternativeButton({ alternative, decision }: { readonly alternative: Alternative; readonly decision: RoutingDecision }) {
  const { t } = useTranslation();
  const app = useApp();
  const { modelId, kind } = alternative;
  const chance = decision.ranking.find((candidate) => candidate.modelId === modelId)?.winProbability;
  const name = modelId === null ? '' : app.pool.nameOf(modelId);
  const label = kind === 'auto' ? t('Back to Auto') : kind === 'best_alone' ? t('Only {{model}}', { model: name }) : t('or {{model}}', { model: name });
  return (
    <button type="button" className={styles.alternative} onClick={() => app.composer.choose(modelId)} title={t('Press Alt+Enter to send so at once')}>
      {kind === 'best_alone' && <Scale size={13} aria-hidden />}
      <span className={styles.alternativeName}>{label}</span>
      {kind === 'runner_up' && chance !== undefined && <span className={styles.faint}>{t('{{percent}} to be better', { percent: percentText(chance) })}</span>}
      <span className={styles.key}>
        <Kbd>Alt</Kbd>
        <Kbd>
          <CornerDownLeft size={11} aria-label="Enter" />
        </Kbd>
      </span>
    </button>
  );
}

/** The limit whose lifting admits most models. */
function FirstWayOut({ decision }: { readonly decision: RoutingDecision }) {
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  const way = relaxationsOf(decision).find(canRelax);
  const [reason] = way?.reasons ?? [];
  if (!way || reason === undefined || way.reasons.length > 1) return null;
  const spent = spentConnections(decision.excluded).map((id) => connections.find((connection) => connection.id === id)?.name ?? id);
  return (
    <button type="button" className={styles.alternative} onClick={() => void relax(app, way, decision)}>
      {relaxText(reason, spent)}
    </button>
  );
}

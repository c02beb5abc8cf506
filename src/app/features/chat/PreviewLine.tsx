import type { RoutingDecision } from '../../../core/routing';
import { useApp, useSlice } from '../../store/context';
import { costText, wordsText } from '../../words/amounts';
import styles from './composer.module.css';

/** What Auto would do with the text as it stands. */
export function PreviewLine() {
  const app = useApp();
  const chosenModelId = useSlice(app.composer, (state) => state.chosenModelId);
  const preview = useSlice(app.composer, (state) => state.preview);
  const isEngineReady = useSlice(app.engine, (state) => state.phase.kind === 'ready');
  const hasText = useSlice(app.composer, (state) => state.text.trim() !== '');
  const hasModel = useSlice(app.pool, (state) => state.models.length > 0);
  if (!hasText || !hasModel) return <span className={styles.preview} />;
  if (!isEngineReady) return <span className={styles.preview}>{chosenModelId === null ? 'The router is loading; your default model would answer.' : ''}</span>;
  if (preview.kind !== 'decided') return <span className={styles.preview}>{preview.kind === 'routing' ? 'Choosing…' : ''}</span>;
  return (
    <span className={styles.preview} role="status">
      {previewText(preview.decision, chosenModelId, (id) => app.pool.nameOf(id))}
    </span>
  );
}

function previewText({ plan, ranking }: RoutingDecision, chosenModelId: string | null, nameOf: (id: string) => string): string {
  const ranOf = (id: string) => ranking.find((candidate) => candidate.modelId === id);
  if (chosenModelId !== null) {
    const ran = ranOf(chosenModelId);
    return ran ? `${wordsText(ran.expectedWords)}, ${costText(ran.expectedCostUsd)}` : '';
  }
  if (plan.kind === 'none') return 'Your limits leave no model';
  const first = plan.kind === 'single' ? plan.modelId : ranking[0]?.modelId;
  const ran = first === undefined ? undefined : ranOf(first);
  if (!ran) return '';
  if (plan.kind === 'compare') return `Two models side by side: the router is ${plan.reason === 'uncertain' ? 'unsure' : 'curious'}`;
  return `${nameOf(ran.modelId)}, ${wordsText(ran.expectedWords)}, ${costText(ran.expectedCostUsd)}`;
}

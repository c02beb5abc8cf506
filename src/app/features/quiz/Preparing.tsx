import { TriangleAlert } from 'lucide-react';
import { describeEngineError } from '../../../protocol/failure';
import type { LoadProgress } from '../../../protocol/engine';
import { useApp, useSlice } from '../../store/context';
import type { EnginePhase } from '../../store/engine';
import { Button, Notice, ProgressBar, Spinner } from '../../ui';
import styles from './quiz.module.css';

const STAGE: Readonly<Record<LoadProgress['stage'], string>> = {
  probe: 'Looking for a GPU',
  manifest: 'Reading the list of files',
  encoder: 'Loading the language encoder',
  router: 'Loading the router',
  'warm-up': 'Warming up',
};

/** The wait before a pair: usually a blink, at the first visit a download. */
export function Preparing({ problem, onRetry }: { readonly problem: string | null; readonly onRetry: () => void }) {
  const app = useApp();
  const engine = useSlice(app.engine, (state) => state.phase);
  if (engine.kind === 'failed') {
    const restart = () => void app.engine.restart(app.settings.store.getState().device);
    return <Failed title="The router could not be loaded" detail={describeEngineError(engine.error)} action="Load it again" onAction={restart} />;
  }
  if (problem !== null) return <Failed title="The next pair could not be chosen" detail={problem} action="Try again" onAction={onRetry} />;
  return <div className={styles.preparing}>{engine.kind === 'ready' ? <Spinner label="Choosing the next pair" /> : <Loading phase={engine} />}</div>;
}

function Loading({ phase }: { readonly phase: EnginePhase }) {
  const progress = phase.kind === 'loading' ? phase.progress : null;
  const total = progress?.totalBytes ?? 0;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
  return (
    <>
      <ProgressBar
        label={progress ? STAGE[progress.stage] : 'Waking the router'}
        value={progress && total > 0 ? progress.loadedBytes / total : null}
        {...(progress && total > 0 ? { detail: `${megabytes(progress.loadedBytes)} of ${megabytes(total)} MB` } : {})}
      />
      <p className={styles.faint}>The router runs in this browser. It is fetched once, then works without a network.</p>
    </>
  );
}

interface FailedProps {
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly onAction: () => void;
}

function Failed({ title, detail, action, onAction }: FailedProps) {
  return (
    <Notice tone="danger" icon={<TriangleAlert size={18} />} title={title} actions={<Button onClick={onAction}>{action}</Button>}>
      {detail} Picks made so far are safe.
    </Notice>
  );
}

import { TriangleAlert } from 'lucide-react';
import { engineErrorPhrase } from '../../../protocol/failure';
import type { LoadProgress } from '../../../protocol/engine';
import { mark } from '../../../core/phrase';
import { textOf, translate, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { EnginePhase } from '../../store/engine';
import { Button, Notice, ProgressBar, Spinner } from '../../ui';
import styles from './quiz.module.css';

const STAGE: Readonly<Record<LoadProgress['stage'], string>> = {
  probe: mark('Looking for a GPU'),
  manifest: mark('Reading the list of files'),
  encoder: mark('Loading the language encoder'),
  router: mark('Loading the router'),
  'warm-up': mark('Warming up'),
};

/** The wait before a pair: usually a blink, at the first visit a download. */
export function Preparing({ problem, onRetry }: { readonly problem: string | null; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const app = useApp();
  const engine = useSlice(app.engine, (state) => state.phase);
  if (engine.kind === 'failed') {
    const restart = () => void app.engine.restart(app.settings.store.getState().device);
    return <Failed title={t('The router could not be loaded')} detail={translate(engineErrorPhrase(engine.error))} action={t('Load it again')} onAction={restart} />;
  }
  if (problem !== null) return <Failed title={t('The next pair could not be chosen')} detail={problem} action={t('Try again')} onAction={onRetry} />;
  return <div className={styles.preparing}>{engine.kind === 'ready' ? <Spinner label={t('Choosing the next pair')} /> : <Loading phase={engine} />}</div>;
}

function Loading({ phase }: { readonly phase: EnginePhase }) {
  const { t } = useTranslation();
  const progress = phase.kind === 'loading' ? phase.progress : null;
  const total = progress?.totalBytes ?? 0;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
  return (
    <>
      <ProgressBar
        label={progress ? t(STAGE[progress.stage]) : t('Waking the router')}
        value={progress && total > 0 ? progress.loadedBytes / total : null}
        {...(progress && total > 0 ? { detail: t('{{loaded}} of {{total}} MB', { loaded: megabytes(progress.loadedBytes), total: megabytes(total) }) } : {})}
      />
      <p className={styles.faint}>{t('The router runs in this browser. It is fetched once, then works without a network.')}</p>
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
  const { t } = useTranslation();
  return (
    <Notice tone="danger" icon={<TriangleAlert size={18} />} title={title} actions={<Button onClick={onAction}>{action}</Button>}>
      {textOf(detail, t('Picks made so far are safe.'))}
    </Notice>
  );
}

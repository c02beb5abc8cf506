import { engineErrorPhrase } from '../../protocol/failure';
import { t, translate, useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import type { EnginePhase } from '../store/engine';
import { cx } from '../ui';
import styles from './EngineStatusLine.module.css';

/** One line: is the router awake, and where does it run. Links to the details. */
export function EngineStatusLine() {
  useTranslation();
  const phase = useSlice(useApp().engine, (state) => state.phase);
  return (
    <a className={styles.line} href={routeHref('settings', 'router')} title={phase.kind === 'failed' ? translate(engineErrorPhrase(phase.error)) : undefined}>
      <span className={cx(styles.dot, styles[phase.kind])} aria-hidden />
      <span role="status">{statusText(phase)}</span>
    </a>
  );
}

function statusText(phase: EnginePhase): string {
  switch (phase.kind) {
    case 'idle':
      return t('Router is asleep');
    case 'loading': {
      const { loadedBytes = 0, totalBytes = 0 } = phase.progress ?? {};
      return totalBytes > 0 ? t('Router is loading · {{percent}} %', { percent: Math.round((100 * loadedBytes) / totalBytes) }) : t('Router is loading');
    }
    case 'ready':
      return t('Router ready · {{device}}, on this device', { device: phase.status.device === 'webgpu' ? t('GPU') : t('CPU') });
    case 'failed':
      return t('Router could not load · details');
  }
}

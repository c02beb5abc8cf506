import { describeEngineError } from '../../protocol/failure';
import { useApp, useSlice } from '../store/context';
import { routeHref } from '../store/route';
import type { EnginePhase } from '../store/engine';
import { cx } from '../ui';
import styles from './EngineStatusLine.module.css';

/** One line: is the router awake, and where does it run. Links to the details. */
export function EngineStatusLine() {
  const phase = useSlice(useApp().engine, (state) => state.phase);
  return (
    <a className={styles.line} href={routeHref('settings', 'router')} title={phase.kind === 'failed' ? describeEngineError(phase.error) : undefined}>
      <span className={cx(styles.dot, styles[phase.kind])} aria-hidden />
      <span role="status">{statusText(phase)}</span>
    </a>
  );
}

function statusText(phase: EnginePhase): string {
  switch (phase.kind) {
    case 'idle':
      return 'Router is asleep';
    case 'loading': {
      const { loadedBytes = 0, totalBytes = 0 } = phase.progress ?? {};
      return totalBytes > 0 ? `Router is loading · ${Math.round((100 * loadedBytes) / totalBytes)} %` : 'Router is loading';
    }
    case 'ready':
      return `Router ready · ${phase.status.device === 'webgpu' ? 'GPU' : 'CPU'}, on this device`;
    case 'failed':
      return 'Router could not load · details';
  }
}

import { Gauge, RotateCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { engineErrorPhrase } from '../../../protocol/failure';
import { textOf, translate, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { EnginePhase } from '../../store/engine';
import type { SettingValue } from '../../store/settings';
import { Button, Notice, ProgressBar, Section, toast } from '../../ui';
import { Segmented } from '../../ui/Segmented';
import { thrownText } from '../../words/thrown-text';
import { measureRoute, statusFacts, timingFacts } from './engine-facts';
import { Facts } from './Facts';
import styles from './settings.module.css';

/** Where the router runs, how fast it is, and what to do when it does not. */
export function EngineSection() {
  const { t } = useTranslation();
  const app = useApp();
  const device = useSlice(app.settings, (state) => state.device);
  const { phase, lastTimings } = useSlice(app.engine, (state) => state);
  const choose = (value: SettingValue<'device'>) => {
    void app.settings.set('device', value);
    void app.engine.restart(value).then((isReady) => (isReady ? app.memory.catchUp() : undefined));
  };
  return (
    <Section title={t('Engine')} hint={t('The router and its language encoder run in this browser. Prompts are not sent anywhere to be routed.')}>
      <div>
        <Segmented<SettingValue<'device'>>
          label={t('Device')}
          value={device}
          choices={[
            { value: 'auto', label: t('Choose for me') },
            { value: 'webgpu', label: t('GPU') },
            { value: 'wasm', label: t('CPU') },
          ]}
          onValueChange={choose}
        />
      </div>
      <PhaseView phase={phase} />
      {lastTimings && (
        <div>
          <h3 className={styles.subTitle}>{t('The last route took')}</h3>
          <Facts facts={timingFacts(lastTimings)} />
        </div>
      )}
      <Actions isReady={phase.kind === 'ready'} isLoading={phase.kind === 'loading'} onRestart={() => choose(device)} />
    </Section>
  );
}

function PhaseView({ phase }: { readonly phase: EnginePhase }) {
  const { t } = useTranslation();
  switch (phase.kind) {
    case 'idle':
      return <p className={styles.faint}>{t('Not started yet.')}</p>;
    case 'loading': {
      const { loadedBytes = 0, totalBytes = 0 } = phase.progress ?? {};
      return <ProgressBar label={t('Loading the router')} value={totalBytes > 0 ? loadedBytes / totalBytes : null} />;
    }
    case 'ready':
      return <Facts facts={statusFacts(phase.status)} />;
    case 'failed':
      return (
        <Notice tone="danger" icon={<TriangleAlert size={18} aria-hidden />} title={t('The router could not be loaded')}>
          {textOf(translate(engineErrorPhrase(phase.error)), t('Chats still work with the default model. Try again, or choose CPU.'))}
        </Notice>
      );
  }
}

interface ActionsProps {
  readonly isReady: boolean;
  readonly isLoading: boolean;
  readonly onRestart: () => void;
}

function Actions({ isReady, isLoading, onRestart }: ActionsProps) {
  const { t } = useTranslation();
  const app = useApp();
  const [isMeasuring, setMeasuring] = useState(false);
  const measure = async () => {
    setMeasuring(true);
    try {
      await measureRoute(app);
    } catch (thrown) {
      toast(thrownText(thrown));
    } finally {
      setMeasuring(false);
    }
  };
  return (
    <div className={styles.buttons}>
      <Button icon={<Gauge size={16} aria-hidden />} disabled={!isReady} busy={isMeasuring} onClick={() => void measure()}>
        {t('Time a sample prompt')}
      </Button>
      <Button icon={<RotateCw size={16} aria-hidden />} disabled={isLoading} onClick={onRestart}>
        {t('Restart the engine')}
      </Button>
    </div>
  );
}

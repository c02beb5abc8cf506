import { Laptop, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mark } from '../../../core/phrase';
import type { Connection } from '../../../core/connection';
import type { AvailableModel } from '../../../providers/language-model';
import type { Discovery, LocalFinding } from '../../../providers/local-discovery';
import { localServerSteps } from '../../../providers/local-server-steps';
import type { ProviderPreset } from '../../../providers/presets';
import { useApp, useSlice } from '../../store/context';
import { Badge, Button, Notice, toast } from '../../ui';
import { Steps } from './Advice';
import { connect, connectedText, loadCatalogue } from './connect';
import styles from './finder.module.css';
import presets from './presets.module.css';
import shared from './shared.module.css';

interface LocalFinderProps {
  /** Opens the form, for a server that wants a key. */
  readonly onChoose: (preset: ProviderPreset) => void;
  readonly onConnected: () => void;
}

/** Looks at the usual ports of the programs that run models, and says for each what to do next. */
export function LocalFinder({ onChoose, onConnected }: LocalFinderProps) {
  const app = useApp();
  const { t } = useTranslation();
  const [isLooking, setLooking] = useState(false);
  const [discovery, setDiscovery] = useState<Discovery | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const look = async () => {
    const controller = new AbortController();
    running.current = controller;
    setLooking(true);
    const found = await app.platform.providers.lookAround(controller.signal);
    if (controller.signal.aborted) return;
    setDiscovery(found);
    setLooking(false);
  };
  return (
    <div className={styles.finder}>
      <Button icon={<Search size={16} aria-hidden />} busy={isLooking} onClick={() => void look()}>
        {isLooking ? t('Looking') : discovery ? t('Look again') : t('Look for models on this machine')}
      </Button>
      <div aria-live="polite">
        {discovery?.kind === 'denied' && <Denied />}
        {discovery?.kind === 'looked' && <Findings findings={discovery.findings} onChoose={onChoose} onConnected={onConnected} />}
      </div>
    </div>
  );
}

function Denied() {
  const { t } = useTranslation();
  return (
    <Notice tone="warning" title={t('The browser does not let this page reach programs on this machine.')}>
      <Steps
        text={[
          t('Click the icon left of the page’s address and open Site settings.'),
          t('Set “Local network access” (in newer versions “Apps on device”) to Allow.'),
          t('Come back and look again.'),
        ].join('\n')}
      />
    </Notice>
  );
}

interface FindingsProps extends LocalFinderProps {
  readonly findings: readonly LocalFinding[];
}

function Findings({ findings, onChoose, onConnected }: FindingsProps) {
  const { t } = useTranslation();
  const there = findings.filter(({ kind }) => kind === 'found' || kind === 'wants_key' || kind === 'refuses');
  const unclear = findings.filter(({ kind }) => kind === 'unclear');
  return (
    <>
      {there.length > 0 && (
        <ul className={styles.findings}>
          {there.map((finding) => (
            <li key={finding.preset.id} className={styles.finding}>
              <There finding={finding} onChoose={onChoose} onConnected={onConnected} />
            </li>
          ))}
        </ul>
      )}
      {there.length === 0 && <p className={shared.faint}>{unclear.length > 0 ? t(UNCLEAR) : t(NOTHING)}</p>}
      {there.length === 0 && (
        <details className={styles.localSteps}>
          <summary>{t('How to start one and let this page reach it')}</summary>
          {findings.map(({ preset }) => (
            <div key={preset.id} className={styles.finding}>
              <h4>{preset.name}</h4>
              <Steps text={localServerSteps(preset.baseUrl, location.origin, 'start-and-allow')} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

const NOTHING = mark('No Ollama, LM Studio, llama.cpp or vLLM answers on its usual port.');
const UNCLEAR = mark('Nothing answered. Either none of them runs, or it does not allow this page: this browser does not tell which.');

function There({ finding, onChoose, onConnected }: { readonly finding: LocalFinding } & LocalFinderProps) {
  const { t } = useTranslation();
  const { preset } = finding;
  switch (finding.kind) {
    case 'found':
      return <Found preset={preset} models={finding.models} onConnected={onConnected} />;
    case 'wants_key':
      return (
        <div className={styles.findingHead}>
          <Name preset={preset} /> <span className={shared.faint}>{t('runs and wants a key')}</span>
          <Button size="sm" onClick={() => onChoose(preset)}>
            {t('Enter the key')}
          </Button>
        </div>
      );
    default:
      return (
        <>
          <div className={styles.findingHead}>
            <Name preset={preset} /> <Badge tone="warning">{t('runs, but does not allow this page')}</Badge>
          </div>
          <Steps text={localServerSteps(preset.baseUrl, location.origin, 'allow')} />
        </>
      );
  }
}

interface FoundProps {
  readonly preset: ProviderPreset;
  readonly models: readonly AvailableModel[];
  readonly onConnected: () => void;
}

function Found({ preset, models, onConnected }: FoundProps) {
  const app = useApp();
  const { t } = useTranslation();
  const known = useSlice(app.pool, ({ connections }) => connections.some(({ baseUrl }) => baseUrl === preset.baseUrl));
  const take = async () => {
    const connection: Connection = { id: app.platform.clock.newId(), kind: preset.kind, name: preset.name, baseUrl: preset.baseUrl, apiKey: '', headers: {} };
    toast(connectedText(preset.name, await connect(app, connection, models, await loadCatalogue())));
    onConnected();
  };
  return (
    <div className={styles.findingHead}>
      <Name preset={preset} />
      <span className={shared.faint}>{models.length === 1 ? t('one model') : t('{{number}} models', { number: models.length })}</span>
      {known ? (
        <Badge tone="accent">{t('connected')}</Badge>
      ) : (
        <Button size="sm" variant="primary" onClick={() => void take()}>
          {t('Connect {{name}}', { name: preset.name })}
        </Button>
      )}
    </div>
  );
}

function Name({ preset }: { readonly preset: ProviderPreset }) {
  return (
    <span className={presets.presetName}>
      <Laptop size={16} aria-hidden /> {preset.name}
    </span>
  );
}

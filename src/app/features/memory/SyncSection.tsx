import { RefreshCw } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { listedText } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { SyncState } from '../../store/sync';
import { Button, ConfirmDialog, Notice, ProgressBar, Section, SelectField, Switch, TextField } from '../../ui';
import { momentText } from './dates';
import styles from './memory.module.css';
import { SyncDialog } from './SyncDialog';
import { syncPhaseText, syncProblemText } from './sync-words';

/** The same Tacit on several devices, through storage that the user owns. */
export function SyncSection() {
  const { t } = useTranslation();
  const app = useApp();
  const mode = useSlice(app.settings, (state) => state.sync.mode);
  const [isConnecting, setConnecting] = useState(false);
  return (
    <Section
      title={t('Sync')}
      hint={t('Chats, picks, models and settings on all your devices, through a WebDAV server or a folder of yours. Everything is encrypted with your passphrase before it leaves.')}
    >
      {mode === 'off' ? (
        <div>
          <Button icon={<RefreshCw size={16} aria-hidden />} onClick={() => setConnecting(true)}>
            {t('Set up sync')}
          </Button>
        </div>
      ) : (
        <Connected />
      )}
      {isConnecting && <SyncDialog onClose={() => setConnecting(false)} />}
    </Section>
  );
}

function Connected() {
  const { t } = useTranslation();
  const app = useApp();
  const { phase, outcome } = useSlice(app.sync, (state) => state);
  const sync = useSlice(app.settings, (state) => state.sync);
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      <p>
        {sync.mode === 'webdav' ? sync.url : t('A folder on this device')}
        <span className={styles.faint}> · {sync.lastSyncedAt === null ? t('not synced yet') : t('last synced {{when}}', { when: momentText(sync.lastSyncedAt) })}</span>
      </p>
      <div className={styles.buttons}>
        <Button icon={<RefreshCw size={16} aria-hidden />} busy={phase.kind === 'running'} onClick={() => void app.sync.syncNow(true)}>
          {t('Sync now')}
        </Button>
        {phase.kind === 'running' && <Button onClick={app.sync.stop}>{t('Stop')}</Button>}
        <Button variant="quiet" onClick={() => setLeaving(true)}>
          {t('Stop syncing here')}
        </Button>
      </div>
      <SyncStatus phase={phase} outcome={outcome} />
      <SyncOptions />
      <ConfirmDialog
        open={isLeaving}
        onOpenChange={setLeaving}
        title={t('Stop syncing on this device?')}
        description={t('Everything stays on this device and in the folder; they no longer follow each other.')}
        confirmLabel={t('Stop syncing')}
        onConfirm={() => void app.sync.disconnect()}
      />
    </>
  );
}

function SyncStatus({ phase, outcome }: SyncState) {
  const { t } = useTranslation();
  if (phase.kind === 'running') {
    const { progress } = phase;
    return <ProgressBar label={syncPhaseText(t, phase)} value={progress === null || progress.total === 0 ? 0 : progress.done / progress.total} />;
  }
  return (
    <>
      {phase.kind === 'failed' && <Notice tone={phase.problem.kind === 'offline' ? 'warning' : 'danger'} title={t('Not synced')}>{syncProblemText(t, phase.problem)}</Notice>}
      {phase.kind === 'failed' && phase.problem.kind === 'needs_passphrase' && <Unlock />}
      {outcome !== null && (
        <div role="status" className={styles.faint}>
          <p>
            {t('{{count}} changes received', { count: outcome.received })}, {t('{{count}} sent', { count: outcome.sent })}
            {outcome.merged > 0 && `, ${t('{{count}} merged', { count: outcome.merged })}`}
          </p>
          {outcome.devices.length > 0 && <p>{t('Other devices')}: {listedText(outcome.devices.map(({ name, updatedAt }) => `${name} (${momentText(updatedAt)})`))}</p>}
        </div>
      )}
      {outcome !== null && outcome.damaged.length > 0 && (
        <Notice tone="warning" title={t('{{count}} files in the folder are damaged', { count: outcome.damaged.length })}>
          {t('Everything else was synced. What is in them comes back when the device that wrote them writes anew.')} {listedText(outcome.damaged)}
        </Notice>
      )}
      {outcome !== null && outcome.newer.length > 0 && <Notice tone="warning" title={t('Another device runs a newer Tacit')}>{t('Reload this page to get it, then sync again.')}</Notice>}
    </>
  );
}

const MINUTES = [0, 5, 15, 60] as const;

function SyncOptions() {
  const { t } = useTranslation();
  const app = useApp();
  const { everyMinutes, onFocus, withKeys } = useSlice(app.settings, (state) => state.sync);
  return (
    <div className={styles.form}>
      <SelectField
        label={t('Sync by itself')}
        value={String(everyMinutes)}
        choices={MINUTES.map((minutes) => ({ value: String(minutes), label: minutes === 0 ? t('only when I ask') : t('every {{count}} minutes', { count: minutes }) }))}
        onValueChange={(value) => void app.sync.change({ everyMinutes: Number(value) })}
      />
      <Switch label={t('Also when I come back to this page')} checked={onFocus} onCheckedChange={(checked) => void app.sync.change({ onFocus: checked })} />
      <Switch label={t('API keys, too')} hint={t('Encrypted like everything else. Each device that wants them needs this switch.')} checked={withKeys} onCheckedChange={(checked) => void app.sync.change({ withKeys: checked })} />
    </div>
  );
}

/** After a restart of a device that was not to remember. */
function Unlock() {
  const { t } = useTranslation();
  const app = useApp();
  const mode = useSlice(app.settings, (state) => state.sync.mode);
  const [passphrase, setPassphrase] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void app.sync.unlock(passphrase, password);
  };
  return (
    <form className={styles.unlock} onSubmit={submit}>
      {mode === 'webdav' && <TextField label={t('Password')} type="password" autoComplete="off" value={password} onChange={(event) => setPassword(event.target.value)} />}
      <TextField label={t('Passphrase')} type="password" autoComplete="off" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
      <Button type="submit" disabled={passphrase === ''}>
        {t('Unlock and sync')}
      </Button>
    </form>
  );
}

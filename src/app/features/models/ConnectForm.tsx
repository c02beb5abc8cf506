import { Eye, EyeOff, ExternalLink, Lock, LogIn } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../core/connection';
import type { ResponseFailure } from '../../../core/conversation';
import { isLocalUrl } from '../../../providers/address';
import { localServerSteps } from '../../../providers/local-server-steps';
import { textOf, translate } from '../../i18n';
import { useApp } from '../../store/context';
import { Button, Field, IconButton, TextField, toast } from '../../ui';
import { FailureNotice, Steps } from './Advice';
import { checkDraft, connect, connectedText, loadCatalogue, refresh, testConnection, type ConnectDraft, type DraftProblems } from './connect';
import styles from './connect.module.css';
import finder from './finder.module.css';
import shared from './shared.module.css';

type Attempt =
  | { readonly kind: 'idle' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'failed'; readonly failure: ResponseFailure; readonly connection: Connection };

/** Address and key; one button tests them and, if they are right, connects. */
export function ConnectForm({ initial, onDone }: { readonly initial: ConnectDraft; readonly onDone: () => void }) {
  const app = useApp();
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<DraftProblems>({});
  const [attempt, setAttempt] = useState<Attempt>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => focusFirstField(form.current), []);
  useEffect(() => {
    if (attempt.kind === 'failed') form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
  }, [attempt.kind]);
  const { preset } = draft;
  const known = app.pool.store.getState().connections.find((connection) => connection.id === draft.connectionId) ?? null;

  const change = (part: Partial<ConnectDraft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    setAttempt({ kind: 'idle' });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const checked = checkDraft(draft, () => app.platform.clock.newId(), known);
    if (!checked.ok) return setProblems(checked.error);
    running.current = new AbortController();
    setAttempt({ kind: 'testing' });
    const tested = await testConnection(app, checked.value, running.current.signal);
    if (tested === null) return;
    if (!tested.ok) return setAttempt({ kind: 'failed', failure: tested.error, connection: checked.value });
    const catalogue = await loadCatalogue();
    if (known) {
      await refresh(app, checked.value, tested.value, catalogue);
      toast(t('{{name}} answers. The change is saved.', { name: checked.value.name }));
    } else {
      toast(connectedText(checked.value.name, await connect(app, checked.value, tested.value, catalogue)));
    }
    onDone();
  };

  const saveUntested = async (connection: Connection) => {
    await app.pool.saveConnection(connection);
    toast(t('{{name}} is saved. Refresh its model list when it answers.', { name: connection.name }));
    onDone();
  };

  return (
    <form ref={form} className={shared.form} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.formHint}>
        <Steps text={t(preset.hint)} />
      </div>
      {preset.id === 'openrouter' && <OpenRouterSignIn isKnown={known !== null} />}
      {(preset.needsKey || draft.apiKey !== '' || preset.id === 'custom' || preset.id === 'vllm') && (
        <KeyField draft={draft} error={problems.apiKey && translate(problems.apiKey)} onChange={(apiKey) => change({ apiKey })} />
      )}
      <TextField
        label={t('Address')}
        inputMode="url"
        placeholder="https://api.example.com/v1"
        spellCheck={false}
        autoCapitalize="none"
        value={draft.baseUrl}
        error={problems.baseUrl && translate(problems.baseUrl)}
        onChange={(event) => change({ baseUrl: event.target.value })}
      />
      <TextField label={t('Name')} placeholder={t('As you want to see it')} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
      <PrivacyNote draft={draft} />
      {isLocalUrl(draft.baseUrl) && attempt.kind !== 'failed' && <LocalSteps baseUrl={draft.baseUrl} />}
      {attempt.kind === 'failed' && (
        <FailureNotice
          failure={attempt.failure}
          actions={
            <Button size="sm" onClick={() => void saveUntested(attempt.connection)}>
              {t('Save it anyway')}
            </Button>
          }
        />
      )}
      <footer className={shared.formFooter}>
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button type="submit" variant="primary" busy={attempt.kind === 'testing'}>
          {attempt.kind === 'testing' ? t('Testing') : known ? t('Test and save') : t('Test and connect')}
        </Button>
      </footer>
    </form>
  );
}

/** No key to copy: OpenRouter makes one for this browser once the user agrees there. */
function OpenRouterSignIn({ isKnown }: { readonly isKnown: boolean }) {
  const app = useApp();
  const { t } = useTranslation();
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    // A page that comes back from the browser's back-forward cache is still this one.
    app.platform.signIn.begin().catch(() => setLeaving(false));
    window.addEventListener('pageshow', () => setLeaving(false), { once: true });
  };
  return (
    <div className={styles.signIn}>
      <Button variant="primary" icon={<LogIn size={16} aria-hidden />} busy={isLeaving} onClick={leave}>
        {isKnown ? t('Sign in again with OpenRouter') : t('Sign in with OpenRouter')}
      </Button>
      <p className={shared.faint}>{t('You agree on OpenRouter’s own page and come back here, connected. Or paste a key:')}</p>
    </div>
  );
}

/** Typing can begin at once; on a phone the keyboard would hide the form. */
function focusFirstField(form: HTMLFormElement | null): void {
  if (matchMedia('(pointer: fine)').matches) form?.querySelector('input')?.focus();
}

interface KeyFieldProps {
  readonly draft: ConnectDraft;
  readonly error: string | undefined;
  readonly onChange: (apiKey: string) => void;
}

function KeyField({ draft: { preset, apiKey }, error, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <div className={styles.key}>
      <Field label={preset.needsKey ? t('API key') : t('API key, if the server wants one')} error={error}>
        {(attributes) => (
          <div className={styles.keyRow}>
            <input
              {...attributes}
              className={styles.keyInput}
              type={isShown ? 'text' : 'password'}
              autoComplete="off"
              spellCheck={false}
              value={apiKey}
              onChange={(event) => onChange(event.target.value)}
            />
            <IconButton
              className={styles.keyToggle}
              label={isShown ? t('Hide the key') : t('Show the key')}
              icon={isShown ? <EyeOff size={18} /> : <Eye size={18} />}
              onClick={() => setShown(!isShown)}
            />
          </div>
        )}
      </Field>
      {preset.keyUrl && (
        <a className={styles.keyLink} href={preset.keyUrl} target="_blank" rel="noopener noreferrer">
          {t('Make a key at {{name}}', { name: preset.name })} <ExternalLink size={14} aria-hidden />
        </a>
      )}
    </div>
  );
}

function PrivacyNote({ draft: { baseUrl, preset } }: { readonly draft: ConnectDraft }) {
  const { t } = useTranslation();
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : t('this server');
  const isLocal = isLocalUrl(baseUrl) && baseUrl !== '';
  return (
    <p className={styles.privacy}>
      <Lock size={15} aria-hidden />
      <span>
        {isLocal
          ? t('Your prompts stay on your own machine or network.')
          : textOf(preset.needsKey ? t('The key is kept in this browser only.') : null, t('Prompts you send to its models go from this browser to {{host}} and nowhere else.', { host }))}
      </span>
    </p>
  );
}

function LocalSteps({ baseUrl }: { readonly baseUrl: string }) {
  const { t } = useTranslation();
  return (
    <details className={finder.localSteps}>
      <summary>{t('How to let this page reach it')}</summary>
      <Steps text={localServerSteps(baseUrl, location.origin, 'start-and-allow')} />
    </details>
  );
}

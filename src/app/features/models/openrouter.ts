import type { Connection } from '../../../core/connection';
import type { ResponseFailure } from '../../../core/conversation';
import { phrase, sentences } from '../../../core/phrase';
import { err, ok, type Result } from '../../../core/result';
import type { ProviderError } from '../../../providers/language-model';
import { PROVIDER_PRESETS, presetOfUrl, type ProviderPreset } from '../../../providers/presets';
import { t } from '../../i18n';
import type { App } from '../../store/app';
import type { SignInReturn } from '../../store/platform';
import { connect, connectedText, loadCatalogue, refresh, testConnection } from './connect';

/** What the sign-in led to, in a sentence; or what went wrong and what to do. */
export type SignInOutcome = Result<string, ResponseFailure>;

/** Back from OpenRouter: the code becomes a key, the key a connection with its models. */
export async function finishSignIn(app: App, returned: SignInReturn): Promise<SignInOutcome> {
  switch (returned.kind) {
    case 'refused':
      return err(NOT_ALLOWED);
    case 'unknown':
      return err(NOT_FROM_HERE);
    case 'code': {
      const key = await app.platform.signIn.exchange(returned.exchange);
      return key.ok ? connectWith(app, key.value) : err(exchangeFailure(key.error));
    }
  }
}

/** A second sign-in renews the key of the connection that is there. */
async function connectWith(app: App, apiKey: string): Promise<SignInOutcome> {
  const preset = openRouterPreset();
  const known = app.pool.store.getState().connections.find(({ baseUrl }) => presetOfUrl(baseUrl)?.id === preset.id);
  const connection: Connection = known ? { ...known, apiKey } : { id: app.platform.clock.newId(), kind: preset.kind, name: preset.name, baseUrl: preset.baseUrl, apiKey, headers: {} };
  // A key in hand is kept, whatever becomes of the list: the code that brought it works only once.
  await app.pool.saveConnection(connection);
  const listed = await testConnection(app, connection, new AbortController().signal);
  if (listed === null) return ok(t('{{name}} is connected.', { name: connection.name }));
  if (!listed.ok) return listed;
  const catalogue = await loadCatalogue();
  if (known) {
    await refresh(app, connection, listed.value, catalogue);
    return ok(t('{{name}} has a new key, and it works.', { name: connection.name }));
  }
  return ok(connectedText(connection.name, await connect(app, connection, listed.value, catalogue)));
}

function openRouterPreset(): ProviderPreset {
  const preset = PROVIDER_PRESETS.find(({ id }) => id === 'openrouter');
  if (!preset) throw new Error('There is no preset for OpenRouter');
  return preset;
}

const NOT_ALLOWED: ResponseFailure = {
  kind: 'sign_in_refused',
  message: phrase('OpenRouter was not allowed to connect.'),
  advice: phrase('Nothing has changed here. Sign in again whenever you like, or connect OpenRouter with a key.'),
};

const NOT_FROM_HERE: ResponseFailure = {
  kind: 'sign_in_unknown',
  message: phrase('This sign-in was not begun in this tab, or it is too old.'),
  advice: phrase('Nothing was connected. Begin it again here.'),
};

function exchangeFailure(error: ProviderError): ResponseFailure {
  const { kind } = error;
  if (kind === 'unreachable' || kind === 'offline') {
    return { kind, message: phrase('OpenRouter could not be reached to finish the sign-in.'), advice: phrase('Check your internet connection, and that no ad blocker or company proxy blocks openrouter.ai. Then sign in again.') };
  }
  if (kind === 'wrong_key') {
    return { kind, message: phrase('OpenRouter did not accept the sign-in.'), advice: phrase('The code had expired or was used before. Sign in again.') };
  }
  const told = 'detail' in error && error.detail !== '' ? phrase('{{name}} said: {{detail}}', { name: 'OpenRouter', detail: error.detail }) : null;
  return { kind, message: phrase('OpenRouter could not finish the sign-in.'), advice: sentences(phrase('Try again in a minute, or connect OpenRouter with a key.'), told) };
}

import { phrase, sentences, type Phrase, type Words } from '../core/phrase';
import { unreachable } from '../core/result';
import { addressSpaceOf, isLocalUrl } from './address';
import { CORS_REFUSED, hidesWrongKey, isStalled, LOCAL_NETWORK_DENIED, NOT_AN_API, says } from './details';
import { localServerSteps } from './local-server-steps';
import type { Connection } from '../core/connection';
import type { ProviderError } from './language-model';
import { presetOfUrl } from './presets';

export interface FailureDescription {
  /** One short sentence: what happened. */
  readonly title: Phrase;
  /** What to do next, plain text; steps are on lines of their own. */
  readonly advice: Phrase;
}

/**
 * An error in the user's words. `pageOrigin` (`location.origin`) completes the commands that allow this page at a local server;
 * null leaves a placeholder. Never contains the key.
 */
export function describeFailure(error: ProviderError, connection: Connection, pageOrigin: string | null = null): FailureDescription {
  const { name } = connection;
  switch (error.kind) {
    case 'wrong_key':
      return wrongKey(error.status, connection);
    case 'no_credit':
      return {
        title: phrase('{{name}} says the account has no credit left.', { name }),
        advice: phrase('Add credit or raise the spending limit {{where}}, then try again. Or choose a model of another provider.', { where: accountPlace(connection) }),
      };
    case 'rate_limited':
      return { title: phrase('{{name}} limits how often you may ask.', { name }), advice: rateLimitAdvice(error.retryAfterSeconds) };
    case 'model_missing':
      return modelMissing(error.model, connection);
    case 'context_too_long':
      return {
        title: phrase('This conversation is too long for the model.'),
        advice: sentences(phrase('Choose a model with a longer context, shorten the prompt, or start a new chat.'), told(error.detail, name)),
      };
    case 'unreachable':
      return noAnswer(error.detail, connection, pageOrigin);
    case 'cors_or_network':
      return refusedOrDown(error.detail, connection, pageOrigin);
    case 'server_error':
      return serverError(error.status, error.detail, connection);
    case 'stream_cut':
      return {
        title: phrase('{{name}} stopped in the middle of the answer.', { name }),
        advice: sentences(phrase('What arrived is kept. Regenerate, or choose another model.'), ...stallHint(error.detail, connection)),
      };
    case 'bad_response':
      return badResponse(error.detail, connection);
    case 'device_failed':
      return {
        title: phrase('The model could not run on this device.'),
        advice: sentences(phrase('Close other tabs and programs and try again, or choose a smaller model.'), inBrackets(error.detail)),
      };
    case 'offline':
      return { title: phrase('You are offline.'), advice: phrase('Connect to the internet and try again. Models on this machine still work, and your chats are here.') };
    case 'cancelled':
      return { title: phrase('Stopped.'), advice: phrase('What arrived is kept. Regenerate to get a full answer.') };
    default:
      return unreachable(error);
  }
}

function wrongKey(status: number | null, connection: Connection): FailureDescription {
  const { name } = connection;
  const where = keyPlace(connection);
  if (connection.apiKey === '') return { title: phrase('{{name}} wants an API key.', { name }), advice: phrase('Open Models and enter a key{{where}}.', { where }) };
  if (status === 403) {
    return {
      title: phrase('Your {{name}} key may not do this.', { name }),
      advice: phrase("The key is restricted or the account lacks access to this model. Check the key's permissions{{where}}, or choose another model.", { where }),
    };
  }
  const remedy = phrase('Copy the key again, whole and without spaces, or make a new one{{where}}, and enter it in Models.', { where });
  if (status !== null) return { title: phrase('{{name}} refused the API key.', { name }), advice: remedy };
  return {
    title: phrase('{{name}} probably refused the API key.', { name }),
    advice: sentences(phrase('{{name}} does not tell web pages why it refused, but it is running, and a wrong key is the usual reason.', { name }), remedy),
  };
}

function keyPlace(connection: Connection): Words {
  const url = presetOfUrl(connection.baseUrl)?.keyUrl ?? null;
  return url === null ? '' : phrase(' at {{url}}', { url });
}

function accountPlace({ baseUrl, name }: Connection): Phrase {
  return presetOfUrl(baseUrl) === null ? phrase('with this provider') : phrase('in your {{name}} account', { name });
}

function rateLimitAdvice(seconds: number | null): Phrase {
  if (seconds === null) return phrase('Wait a minute and try again, or choose a model of another provider.');
  return phrase('Try again in {{duration}}, or choose a model of another provider.', { duration: duration(seconds) });
}

function duration(seconds: number): Phrase {
  if (seconds < 1) return phrase('a second');
  if (seconds < 120) return seconds === 1 ? phrase('1 second') : phrase('{{number}} seconds', { number: seconds });
  return seconds < 7200 ? phrase('{{number}} minutes', { number: Math.ceil(seconds / 60) }) : phrase('{{number}} hours', { number: Math.ceil(seconds / 3600) });
}

function modelMissing(model: string, connection: Connection): FailureDescription {
  if (connection.kind === 'downloaded') {
    return { title: phrase('This model is not in this browser, or not all of it.'), advice: phrase('Open Models and download it under “In this browser”, or choose another model.') };
  }
  if (connection.kind === 'built-in') return { title: phrase('This browser has no built-in model.'), advice: phrase('Choose another model. Chrome has one from version 148 on a computer.') };
  const { name } = connection;
  const title = model === '' ? phrase('{{name}} has no model of this name.', { name }) : phrase('{{name}} has no model "{{model}}".', { name, model });
  const preset = presetOfUrl(connection.baseUrl)?.id;
  if (preset === 'ollama') return { title, advice: phrase('Run `ollama pull {{model}}`, or refresh the model list in Models and choose another.', { model }) };
  if (preset === 'lm-studio') return { title, advice: phrase('Load it in LM Studio or run `lms load {{model}}`, or refresh the model list in Models.', { model }) };
  return { title, advice: phrase('It may have been renamed or retired, or your account may lack access. Refresh the model list in Models and choose another.') };
}

function noAnswer(detail: Words, connection: Connection, pageOrigin: string | null): FailureDescription {
  const { name, baseUrl } = connection;
  const title = phrase('{{name}} does not answer at {{url}}.', { name, url: baseUrl });
  const start = isLocalUrl(baseUrl)
    ? localServerSteps(baseUrl, pageOrigin, 'start')
    : phrase('Check the address in Models and your internet connection; the service may be down. Try again later or choose another provider.');
  return { title, advice: sentences(start, detail === '' ? null : phrase('The browser said: {{detail}}', { detail })) };
}

function refusedOrDown(detail: Words, connection: Connection, pageOrigin: string | null): FailureDescription {
  if (says(detail, LOCAL_NETWORK_DENIED)) return permissionDenied(connection);
  const { name, baseUrl } = connection;
  const certain = says(detail, CORS_REFUSED);
  if (isLocalUrl(baseUrl)) {
    const title = certain ? phrase('{{name}} is running but does not allow this page.', { name }) : phrase('This page cannot reach {{name}} at {{url}}.', { name, url: baseUrl });
    return { title, advice: localServerSteps(baseUrl, pageOrigin, certain ? 'allow' : 'start-and-allow') };
  }
  if (hidesWrongKey(baseUrl)) {
    return {
      title: phrase('{{name}} refused the request without saying why.', { name }),
      advice: phrase(
        'Most often the API key is wrong: copy it again or make a new one{{where}}. If the key is right, check your internet connection, and that no ad blocker or company proxy blocks the address.',
        { where: keyPlace(connection) },
      ),
    };
  }
  const advice = phrase(
    'Check the key and the address in Models, your internet connection, and that no ad blocker or company proxy blocks the address. A server of your own must send `Access-Control-Allow-Origin: {{origin}}`. Models of this provider may also be available through OpenRouter.',
    { origin: pageOrigin ?? '*' },
  );
  const cause = phrase('The server is running but does not accept requests from web pages (CORS), or hides an error such as a wrong key.');
  return { title: phrase('This page cannot reach {{name}}.', { name }), advice: certain ? sentences(cause, advice) : advice };
}

function permissionDenied({ name, baseUrl }: Connection): FailureDescription {
  return {
    title: addressSpaceOf(baseUrl) === 'loopback' ? phrase('The browser does not let this page reach apps on this device.') : phrase('The browser does not let this page reach your local network.'),
    advice: phrase(
      'Click the icon left of the page\'s address, open Site settings, set "Local network access" (in newer versions "Apps on device" and "Local network") to Allow, reload the page and try again. {{name}} runs at {{url}}.',
      { name, url: baseUrl },
    ),
  };
}

function serverError(status: number, detail: Words, { name, baseUrl }: Connection): FailureDescription {
  const said = told(detail, name);
  if (status === 404 || status === 405) {
    return {
      title: phrase('{{name}} has no chat API at this address.', { name }),
      advice: sentences(phrase('Check the address in Models: {{url}}. It usually ends in /v1.', { url: baseUrl }), said),
    };
  }
  if (status === 503 || status === 529) return { title: phrase('{{name}} is overloaded.', { name }), advice: sentences(phrase('Try again in a minute, or choose another model.'), said) };
  if (status === 403) {
    return {
      title: phrase('{{name}} declined this request.', { name }),
      advice: sentences(phrase('Its rules, your region or your account do not allow it. Rephrase the prompt or choose another model.'), said),
    };
  }
  if (status < 500) {
    return {
      title: phrase('{{name}} did not accept the request.', { name }),
      advice: sentences(phrase("Choose another model, or check the connection's address and headers in Models."), said),
    };
  }
  return {
    title: phrase('{{name}} has a fault on its side (status {{status}}).', { name, status }),
    advice: sentences(phrase('Try again in a moment, or choose another model.'), said),
  };
}

function badResponse(detail: Words, { name, baseUrl }: Connection): FailureDescription {
  if (says(detail, NOT_AN_API)) {
    return {
      title: phrase('{{url}} is a website, not a chat API.', { url: baseUrl }),
      advice: phrase('Check the address in Models (it usually ends in /v1). Behind a company or hotel network, sign in to the network first.'),
    };
  }
  return {
    title: phrase('{{name}} sent something that is not a chat answer.', { name }),
    advice: sentences(phrase('What arrived is kept. Try again, or check the address in Models.'), inBrackets(detail)),
  };
}

function stallHint(detail: Words, connection: Connection): readonly (Phrase | null)[] {
  if (!isStalled(detail)) return [inBrackets(detail)];
  return [detail, isLocalUrl(connection.baseUrl) ? phrase('The machine may be short of memory; a smaller model may help.') : null];
}

function told(detail: Words, name: string): Phrase | null {
  return detail === '' ? null : phrase('{{name}} said: {{detail}}', { name, detail });
}

function inBrackets(detail: Words): Phrase | null {
  return detail === '' ? null : phrase('({{detail}})', { detail });
}

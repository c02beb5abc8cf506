import { unreachable } from '../core/result';
import { addressSpaceOf, isLocalUrl } from './address';
import { CORS_REFUSED, hidesWrongKey, LOCAL_NETWORK_DENIED, NOT_AN_API, STALLED_DETAIL } from './details';
import { localServerSteps } from './local-server-steps';
import type { Connection } from '../core/connection';
import type { ProviderError } from './language-model';
import { presetOfUrl } from './presets';

export interface FailureDescription {
  /** One short sentence: what happened. */
  readonly title: string;
  /** What to do next, plain text; steps are on lines of their own. */
  readonly advice: string;
}

/**
 * An error in the user's words. `pageOrigin` (`location.origin`) completes the commands that allow this page at a local server;
 * null leaves a placeholder. Never contains the key.
 */
export function describeFailure(error: ProviderError, connection: Connection, pageOrigin: string | null = null): FailureDescription {
  const name = connection.name;
  switch (error.kind) {
    case 'wrong_key':
      return wrongKey(error.status, connection);
    case 'no_credit':
      return { title: `${name} says the account has no credit left.`, advice: `Add credit or raise the spending limit ${accountPlace(connection)}, then try again. Or choose a model of another provider.` };
    case 'rate_limited':
      return { title: `${name} limits how often you may ask.`, advice: rateLimitAdvice(error.retryAfterSeconds) };
    case 'model_missing':
      return modelMissing(error.model, connection);
    case 'context_too_long':
      return { title: 'This conversation is too long for the model.', advice: `Choose a model with a longer context, shorten the prompt, or start a new chat.${told(error.detail, name)}` };
    case 'unreachable':
      return noAnswer(error.detail, connection, pageOrigin);
    case 'cors_or_network':
      return refusedOrDown(error.detail, connection, pageOrigin);
    case 'server_error':
      return serverError(error.status, error.detail, connection);
    case 'stream_cut':
      return { title: `${name} stopped in the middle of the answer.`, advice: `What arrived is kept. Regenerate, or choose another model.${stallHint(error.detail, connection)}` };
    case 'bad_response':
      return badResponse(error.detail, connection);
    case 'device_failed':
      return { title: `The model could not run on this device.`, advice: `Close other tabs and programs and try again, or choose a smaller model.${told(error.detail, '')}` };
    case 'offline':
      return { title: 'You are offline.', advice: 'Connect to the internet and try again. Models on this machine still work, and your chats are here.' };
    case 'cancelled':
      return { title: 'Stopped.', advice: 'What arrived is kept. Regenerate to get a full answer.' };
    default:
      return unreachable(error);
  }
}

function wrongKey(status: number | null, connection: Connection): FailureDescription {
  const place = keyPlace(connection);
  if (connection.apiKey === '') return { title: `${connection.name} wants an API key.`, advice: `Open Models and enter a key${place}.` };
  if (status === 403) {
    return {
      title: `Your ${connection.name} key may not do this.`,
      advice: `The key is restricted or the account lacks access to this model. Check the key's permissions${place}, or choose another model.`,
    };
  }
  const guess = status === null ? `${connection.name} does not tell web pages why it refused, but it is running, and a wrong key is the usual reason. ` : '';
  return {
    title: status === null ? `${connection.name} probably refused the API key.` : `${connection.name} refused the API key.`,
    advice: `${guess}Copy the key again, whole and without spaces, or make a new one${place}, and enter it in Models.`,
  };
}

function keyPlace(connection: Connection): string {
  const url = presetOfUrl(connection.baseUrl)?.keyUrl ?? null;
  return url === null ? '' : ` at ${url}`;
}

function accountPlace(connection: Connection): string {
  return presetOfUrl(connection.baseUrl) === null ? 'with this provider' : `in your ${connection.name} account`;
}

function rateLimitAdvice(seconds: number | null): string {
  const wait = seconds === null ? 'Wait a minute and try again' : `Try again in ${duration(seconds)}`;
  return `${wait}, or choose a model of another provider.`;
}

function duration(seconds: number): string {
  if (seconds < 1) return 'a second';
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}

function modelMissing(model: string, connection: Connection): FailureDescription {
  if (connection.kind === 'downloaded') return { title: 'This model is not in this browser, or not all of it.', advice: 'Open Models and download it under “In this browser”, or choose another model.' };
  if (connection.kind === 'built-in') return { title: 'This browser has no built-in model.', advice: 'Choose another model. Chrome has one from version 148 on a computer.' };
  const title = `${connection.name} has no model ${model === '' ? 'of this name' : `"${model}"`}.`;
  const preset = presetOfUrl(connection.baseUrl)?.id;
  if (preset === 'ollama') return { title, advice: `Run \`ollama pull ${model}\`, or refresh the model list in Models and choose another.` };
  if (preset === 'lm-studio') return { title, advice: `Load it in LM Studio or run \`lms load ${model}\`, or refresh the model list in Models.` };
  return { title, advice: 'It may have been renamed or retired, or your account may lack access. Refresh the model list in Models and choose another.' };
}

function noAnswer(detail: string, connection: Connection, pageOrigin: string | null): FailureDescription {
  const title = `${connection.name} does not answer at ${connection.baseUrl}.`;
  if (isLocalUrl(connection.baseUrl)) return { title, advice: localServerSteps(connection.baseUrl, pageOrigin, 'start') + told(detail, 'The browser') };
  return { title, advice: `Check the address in Models and your internet connection; the service may be down. Try again later or choose another provider.${told(detail, 'The browser')}` };
}

function refusedOrDown(detail: string, connection: Connection, pageOrigin: string | null): FailureDescription {
  if (detail === LOCAL_NETWORK_DENIED) return permissionDenied(connection);
  const certain = detail === CORS_REFUSED;
  if (isLocalUrl(connection.baseUrl)) {
    const title = certain ? `${connection.name} is running but does not allow this page.` : `This page cannot reach ${connection.name} at ${connection.baseUrl}.`;
    return { title, advice: localServerSteps(connection.baseUrl, pageOrigin, certain ? 'allow' : 'start-and-allow') };
  }
  if (hidesWrongKey(connection.baseUrl)) {
    return {
      title: `${connection.name} refused the request without saying why.`,
      advice: `Most often the API key is wrong: copy it again or make a new one${keyPlace(connection)}. If the key is right, check your internet connection, and that no ad blocker or company proxy blocks the address.`,
    };
  }
  const cause = certain ? 'The server is running but does not accept requests from web pages (CORS), or hides an error such as a wrong key. ' : '';
  return {
    title: `This page cannot reach ${connection.name}.`,
    advice: `${cause}Check the key and the address in Models, your internet connection, and that no ad blocker or company proxy blocks the address. A server of your own must send \`Access-Control-Allow-Origin: ${pageOrigin ?? '*'}\`. Models of this provider may also be available through OpenRouter.`,
  };
}

function permissionDenied(connection: Connection): FailureDescription {
  const what = addressSpaceOf(connection.baseUrl) === 'loopback' ? 'apps on this device' : 'your local network';
  return {
    title: `The browser does not let this page reach ${what}.`,
    advice: `Click the icon left of the page's address, open Site settings, set "Local network access" (in newer versions "Apps on device" and "Local network") to Allow, reload the page and try again. ${connection.name} runs at ${connection.baseUrl}.`,
  };
}

function serverError(status: number, detail: string, connection: Connection): FailureDescription {
  const name = connection.name;
  const said = told(detail, name);
  if (status === 404 || status === 405) return { title: `${name} has no chat API at this address.`, advice: `Check the address in Models: ${connection.baseUrl}. It usually ends in /v1.${said}` };
  if (status === 503 || status === 529) return { title: `${name} is overloaded.`, advice: `Try again in a minute, or choose another model.${said}` };
  if (status === 403) return { title: `${name} declined this request.`, advice: `Its rules, your region or your account do not allow it. Rephrase the prompt or choose another model.${said}` };
  if (status < 500) return { title: `${name} did not accept the request.`, advice: `Choose another model, or check the connection's address and headers in Models.${said}` };
  return { title: `${name} has a fault on its side (status ${status}).`, advice: `Try again in a moment, or choose another model.${said}` };
}

function badResponse(detail: string, connection: Connection): FailureDescription {
  const isPage = detail === NOT_AN_API;
  return {
    title: isPage ? `${connection.baseUrl} is a website, not a chat API.` : `${connection.name} sent something that is not a chat answer.`,
    advice: isPage
      ? 'Check the address in Models (it usually ends in /v1). Behind a company or hotel network, sign in to the network first.'
      : `What arrived is kept. Try again, or check the address in Models.${told(detail, '')}`,
  };
}

function stallHint(detail: string, connection: Connection): string {
  if (!detail.startsWith(STALLED_DETAIL)) return told(detail, '');
  return isLocalUrl(connection.baseUrl) ? ` ${detail} The machine may be short of memory; a smaller model may help.` : ` ${detail}`;
}

function told(detail: string, who: string): string {
  if (detail === '') return '';
  return who === '' ? ` (${detail})` : ` ${who} said: ${detail}`;
}

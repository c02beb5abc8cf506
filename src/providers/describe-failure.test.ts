import { describe, expect, it } from 'vitest';
import { english } from '../core/phrase';
import { describeFailure } from './describe-failure';
import { CORS_REFUSED, LOCAL_NETWORK_DENIED, stalled } from './details';
import type { Connection, ProviderError } from './language-model';
import { connectionTo, EVERY_ERROR } from './test-support';

const ORIGIN = 'https://tacit.example';
const openai = connectionTo('openai-compatible', { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1' });
const ollama = connectionTo('openai-compatible', { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', apiKey: '' });
const lmStudio = connectionTo('openai-compatible', { name: 'LM Studio', baseUrl: 'http://localhost:1234/v1', apiKey: '' });
const own = connectionTo('openai-compatible', { name: 'My server', baseUrl: 'https://llm.example/v1' });
const nas = connectionTo('openai-compatible', { name: 'NAS', baseUrl: 'http://192.168.1.5:11434/v1', apiKey: '' });

function said(error: ProviderError, connection: Connection): { readonly title: string; readonly advice: string } {
  const { title, advice } = describeFailure(error, connection, ORIGIN);
  return { title: english(title), advice: english(advice) };
}

describe('describeFailure', () => {
  it('has a finished sentence and advice for every error at every kind of server, and never shows the key', () => {
    for (const connection of [openai, ollama, lmStudio, own, nas]) {
      for (const error of EVERY_ERROR) {
        const { title, advice } = said(error, connection);
        expect(title).toMatch(/^[A-Zh].{6,140}\.$/);
        expect(advice.length).toBeGreaterThan(20);
        expect(`${title} ${advice}`).not.toMatch(/undefined|null|NaN|\[object|sk-secret/);
      }
    }
  });

  it.each<[string, ProviderError, typeof openai, RegExp]>([
    ['where to get a new key', { kind: 'wrong_key', status: 401 }, openai, /https:\/\/platform\.openai\.com\/api-keys/],
    ['the hidden 401', { kind: 'wrong_key', status: null }, openai, /does not tell web pages why/],
    ['that no key was given', { kind: 'wrong_key', status: 401 }, ollama, /enter a key/],
    ['OpenAI without a certain cause', { kind: 'cors_or_network', detail: 'Failed to fetch', local: false }, openai, /Most often the API key is wrong/],
    ['seconds to wait', { kind: 'rate_limited', retryAfterSeconds: 20 }, openai, /Try again in 20 seconds/],
    ['minutes to wait', { kind: 'rate_limited', retryAfterSeconds: 300 }, openai, /in 5 minutes/],
    ['hours to wait', { kind: 'rate_limited', retryAfterSeconds: 8000 }, openai, /in 3 hours/],
    ['OLLAMA_ORIGINS with the page', { kind: 'cors_or_network', detail: CORS_REFUSED, local: true }, ollama, /launchctl setenv OLLAMA_ORIGINS "https:\/\/tacit\.example"/],
    ['Ollama on another machine', { kind: 'cors_or_network', detail: 'Failed to fetch', local: true }, nas, /OLLAMA_ORIGINS/],
    ['lms with CORS', { kind: 'cors_or_network', detail: CORS_REFUSED, local: true }, lmStudio, /lms server start --cors/],
    ['the permission', { kind: 'cors_or_network', detail: LOCAL_NETWORK_DENIED, local: true }, ollama, /Local network access/],
    ['the permission when unsure', { kind: 'cors_or_network', detail: 'Failed to fetch', local: true }, ollama, /Chrome asks whether this page may access apps on this device/],
    ['how to start it', { kind: 'unreachable', detail: 'Failed to fetch', local: true }, ollama, /ollama serve/],
    ['how to pull', { kind: 'model_missing', model: 'llama9' }, ollama, /ollama pull llama9/],
    ['the address', { kind: 'server_error', status: 404, detail: 'Not Found' }, own, /https:\/\/llm\.example\/v1\. It usually ends in \/v1\. My server said: Not Found/],
    ['mixed content', { kind: 'unreachable', detail: 'x', local: true }, nas, /Firefox and Safari block http/],
    ['what is kept', { kind: 'stream_cut', detail: 'gone' }, own, /What arrived is kept/],
    ['a stalled local machine', { kind: 'stream_cut', detail: stalled(180) }, ollama, /180 s\. .*smaller model/],
  ])('says %s', (_name, error, connection, expected) => {
    expect(said(error, connection).advice).toMatch(expected);
  });

  it('does not tell people to start a server that runs', () => {
    expect(said({ kind: 'cors_or_network', detail: CORS_REFUSED, local: true }, ollama).advice).not.toMatch(/Start Ollama/);
  });
});

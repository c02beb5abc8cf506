import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../core/__fixtures__/in-english';
import { ProviderFailure } from '../../../providers/failure';
import { err, ok } from '../../../core/result';
import { createTestApp } from '../../testing/test-app';
import { finishSignIn } from './openrouter';

const CODE = { kind: 'code', exchange: { code: 'c', verifier: 'v' } } as const;
const LISTED = { id: 'openai/gpt-5-mini', name: null, contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null };

describe('back from OpenRouter', () => {
  it('connects with the new key and its models', async () => {
    const { app, languageModel } = await createTestApp({ exchange: ok('sk-or-new') });
    languageModel.listModels = () => Promise.resolve([LISTED]);
    expect(await finishSignIn(app, CODE)).toEqual({ ok: true, value: 'OpenRouter lists one model. All are on for Auto.' });
    const { connections, models } = app.pool.store.getState();
    expect(connections).toMatchObject([{ name: 'OpenRouter', apiKey: 'sk-or-new', baseUrl: 'https://openrouter.ai/api/v1' }]);
    expect(models).toMatchObject([{ remoteId: 'openai/gpt-5-mini', enabled: true }]);
  });

  it('renews the key of a connection that is there, and keeps its models as they are', async () => {
    const { app, languageModel } = await createTestApp({ exchange: ok('sk-or-2') });
    languageModel.listModels = () => Promise.resolve([LISTED]);
    await finishSignIn(app, CODE);
    const [model] = app.pool.store.getState().models;
    await app.pool.setEnabled(model?.id ?? '', false);
    expect(await finishSignIn(app, CODE)).toEqual({ ok: true, value: 'OpenRouter has a new key, and it works.' });
    expect(app.pool.store.getState().connections).toHaveLength(1);
    expect(app.pool.store.getState().models).toMatchObject([{ enabled: false }]);
  });

  it('keeps a key whose model list fails: the code works only once', async () => {
    const { app, languageModel } = await createTestApp({ exchange: ok('sk-or-new') });
    languageModel.listModels = () => Promise.reject(new ProviderFailure({ kind: 'server_error', status: 500, detail: '' }));
    expect(await finishSignIn(app, CODE)).toMatchObject({ ok: false, error: { kind: 'server_error' } });
    expect(app.pool.store.getState().connections).toMatchObject([{ apiKey: 'sk-or-new' }]);
  });

  it.each([
    ['unreachable', { kind: 'unreachable', detail: 'Failed to fetch', local: false }, /could not be reached/],
    ['an old code', { kind: 'wrong_key', status: 403 }, /did not accept/],
    ['a fault', { kind: 'server_error', status: 500, detail: 'down for repairs' }, /could not finish/],
  ] as const)('%s: says so and stores nothing', async (_name, error, message) => {
    const { app } = await createTestApp({ exchange: err(error) });
    expect(inEnglish(await finishSignIn(app, CODE))).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } });
    expect(app.pool.store.getState().connections).toEqual([]);
  });

  it('declined, or of another tab: says so', async () => {
    const { app } = await createTestApp();
    expect(await finishSignIn(app, { kind: 'refused' })).toMatchObject({ ok: false, error: { kind: 'sign_in_refused' } });
    expect(await finishSignIn(app, { kind: 'unknown' })).toMatchObject({ ok: false, error: { kind: 'sign_in_unknown' } });
  });
});

import { describe, expect, it } from 'vitest';
import { english } from '../../../core/phrase';
import { inEnglish } from '../../../core/__fixtures__/in-english';
import { PROVIDER_PRESETS, type PresetId } from '../../../providers/presets';
import { ProviderFailure } from '../../../providers/failure';
import { createTestApp } from '../../testing/test-app';
import { addByHand, checkDraft, connect, connectedText, draftOf, loadCatalogue, refresh, testConnection, type ConnectDraft } from './connect';

function draft(id: PresetId, part: Partial<ConnectDraft> = {}): ConnectDraft {
  const preset = PROVIDER_PRESETS.find((candidate) => candidate.id === id);
  if (!preset) throw new Error(id);
  return { ...draftOf(preset), ...part };
}

const NO_FACTS = { name: null, contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null };

function connectionOf(part: Partial<ConnectDraft> = {}) {
  const checked = checkDraft(draft('custom', { name: 'Mine', baseUrl: 'https://api.example.com/v1', ...part }), () => 'c1');
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

describe('the connect form', () => {
  it('makes a connection of a preset and a key', () => {
    const checked = checkDraft(draft('openrouter', { apiKey: '  sk-or-1 ' }), () => 'new');
    expect(checked).toEqual({
      ok: true,
      value: { id: 'new', kind: 'openai-compatible', name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', apiKey: 'sk-or-1', headers: {} },
    });
  });

  it('completes an address and names a server after its host', () => {
    expect(checkDraft(draft('custom', { baseUrl: 'localhost:9000' }), () => 'new')).toMatchObject({ ok: true, value: { baseUrl: 'http://localhost:9000/v1', name: 'localhost:9000' } });
  });

  it('says which field is wrong', () => {
    const checked = checkDraft(draft('openai', { baseUrl: 'http://api.openai.com/v1' }), () => 'new');
    expect(inEnglish(checked)).toMatchObject({ ok: false, error: { apiKey: 'OpenAI needs an API key.' } });
    expect(checked.ok ? '' : english(checked.error.baseUrl ?? '')).toContain('https://');
    expect(inEnglish(checkDraft(draft('openai', { apiKey: 'sk-1 sk-2' }), () => 'new'))).toMatchObject({ ok: false, error: { apiKey: expect.stringContaining('spaces') } });
  });

  it('keeps id and headers of a connection that is changed', () => {
    const known = { ...connectionOf(), headers: { 'x-team': '7' } };
    expect(checkDraft(draft('custom', { connectionId: 'c1', baseUrl: known.baseUrl }), () => 'other', known)).toMatchObject({ ok: true, value: { id: 'c1', headers: { 'x-team': '7' } } });
  });
});

describe('testing and connecting', () => {
  it('says what is wrong in words and stores nothing', async () => {
    const { app, languageModel } = await createTestApp();
    languageModel.listModels = () => Promise.reject(new ProviderFailure({ kind: 'wrong_key', status: 401 }));
    const tested = await testConnection(app, connectionOf({ apiKey: 'bad' }), new AbortController().signal);
    expect(inEnglish(tested)).toMatchObject({ ok: false, error: { kind: 'wrong_key', message: 'Mine refused the API key.' } });
    expect(app.pool.store.getState().connections).toEqual([]);
  });

  it('is silent about a test that was stopped', async () => {
    const { app, languageModel } = await createTestApp();
    languageModel.listModels = () => Promise.reject(new ProviderFailure({ kind: 'cancelled' }));
    expect(await testConnection(app, connectionOf(), new AbortController().signal)).toBeNull();
  });

  it('saves the connection with its models, the default pool on', async () => {
    const { app } = await createTestApp();
    const listed = [{ id: 'zeta', ...NO_FACTS }, { id: 'text-embedding-3-small', ...NO_FACTS }];
    const connected = await connect(app, connectionOf(), listed, await loadCatalogue());
    expect(connected).toEqual({ listed: 2, enabled: 1, choice: 'all' });
    expect(app.pool.available().map((model) => model.id)).toEqual(['c1/zeta']);
    expect(connectedText('Mine', connected)).toBe('Mine lists 2 models. The 1 that chat are on for Auto.');
  });

  it('marks models on the user’s own network as local', async () => {
    const { app } = await createTestApp();
    await connect(app, connectionOf({ baseUrl: 'http://192.168.1.5:11434/v1' }), [{ id: 'llama3.2:3b', ...NO_FACTS }], await loadCatalogue());
    expect(app.pool.cardOf('c1/llama3.2:3b')).toMatchObject({ local: true, priceInUsdPerMTok: null });
  });

  it('refreshes without losing a model that is in use', async () => {
    const { app } = await createTestApp();
    const catalogue = await loadCatalogue();
    await connect(app, connectionOf(), [{ id: 'old', ...NO_FACTS }, { id: 'kept', ...NO_FACTS }], catalogue);
    const result = await refresh(app, connectionOf(), [{ id: 'kept', ...NO_FACTS }, { id: 'new', ...NO_FACTS }], catalogue);
    expect(result).toMatchObject({ added: 1, unlisted: [{ remoteId: 'old' }] });
    expect(app.pool.store.getState().models.map((model) => [model.remoteId, model.enabled]).toSorted()).toEqual([['kept', true], ['new', false], ['old', true]]);
  });

  it('adds a model by its id, once', async () => {
    const { app } = await createTestApp();
    const catalogue = await loadCatalogue();
    await connect(app, connectionOf(), [], catalogue);
    expect(await addByHand(app, connectionOf(), '  gpt-5-mini ', catalogue)).toMatchObject({ ok: true, value: { remoteId: 'gpt-5-mini', enabled: true } });
    expect(await addByHand(app, connectionOf(), 'gpt-5-mini', catalogue)).toMatchObject({ ok: false });
    expect(await addByHand(app, connectionOf(), '  ', catalogue)).toMatchObject({ ok: false });
    expect(app.pool.available()).toHaveLength(1);
  });
});

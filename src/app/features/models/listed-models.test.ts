import { describe, expect, it } from 'vitest';
import { toModelCard } from '../../../content/catalogue/entry';
import { matchModel } from '../../../content/catalogue/match';
import { CATALOGUE } from '../../../content/catalogue';
import type { AvailableModel } from '../../../providers/language-model';
import type { StoredModel } from '../../../storage/rows';
import { TEST_CONNECTION } from '../../testing/test-app';
import { canChat, DEFAULT_POOL, defaultPool, planRefresh, storedModel } from './listed-models';

const CATALOGUE_LOOKUP = { match: matchModel, toCard: toModelCard };
const CONNECTION = { ...TEST_CONNECTION, id: 'c1', name: 'Server', baseUrl: 'https://api.example.com/v1' };

function available(id: string, part: Partial<AvailableModel> = {}): AvailableModel {
  return { id, name: null, contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null, ...part };
}

function stored(id: string, part: Partial<AvailableModel> = {}, local = false): StoredModel {
  return storedModel(available(id, part), { connection: CONNECTION, local, now: 5 }, CATALOGUE_LOOKUP);
}

const KNOWN_IDS = CATALOGUE.filter((entry) => !entry.legacy).flatMap((entry) => entry.modelIds.openrouter?.slice(0, 1) ?? []);

describe('a listed model', () => {
  it('takes the catalogue’s card for a known id', () => {
    const model = stored('gpt-5-mini-2025-08-07');
    expect(model).toMatchObject({ id: 'c1/gpt-5-mini-2025-08-07', remoteId: 'gpt-5-mini-2025-08-07', connectionId: 'c1', enabled: false, addedAt: 5 });
    expect(model.card.name).toBe(matchModel('gpt-5-mini')?.name);
    expect(model.card.id).toBe(model.id);
  });

  it('believes the server about its own price and context', () => {
    const { card } = stored('gpt-5-mini', { priceInUsdPerMTok: 9, priceOutUsdPerMTok: 18, contextTokens: 1234 });
    expect([card.priceInUsdPerMTok, card.priceOutUsdPerMTok, card.contextTokens]).toEqual([9, 18, 1234]);
  });

  it('has no price on the user’s own machine', () => {
    const { card } = stored('llama3.2:3b', { priceInUsdPerMTok: 1, priceOutUsdPerMTok: 1 }, true);
    expect([card.local, card.priceInUsdPerMTok, card.speed]).toEqual([true, null, null]);
  });

  it('knows of an unknown one what its id says', () => {
    const { card } = stored('acme/zeta-thinker-34b-it');
    expect(card).toMatchObject({ name: 'zeta-thinker-34b-it', provider: 'Server', paramsB: 34, tier: null, contextTokens: null, reasoning: true });
    expect(card.description).toContain('Server');
  });
});

describe('canChat', () => {
  it.each(['text-embedding-3-small', 'whisper-1', 'gpt-4o-mini-tts', 'dall-e-3', 'omni-moderation-latest', 'BAAI/bge-m3', 'nomic-embed-text:latest', 'gpt-realtime', 'rerank-v3.5'])('refuses %s', (id) => {
    expect(canChat(id)).toBe(false);
  });

  it.each(KNOWN_IDS)('accepts %s', (id) => {
    expect(canChat(id)).toBe(true);
  });
});

describe('the default pool', () => {
  it('is everything that chats of a short list', () => {
    const models = ['a', 'b', 'nomic-embed-text'].map((id) => stored(id));
    expect(defaultPool(models, CATALOGUE_LOOKUP)).toEqual({ enabledIds: new Set(['c1/a', 'c1/b']), choice: 'all' });
  });

  it('is at most twelve current ones of a long list, three of a maker, each once', () => {
    const models = [...KNOWN_IDS, ...KNOWN_IDS.map((id) => `${id}:free`), ...Array.from({ length: 200 }, (_, index) => `maker/unknown-${index}`)].map((id) => stored(id));
    const { enabledIds, choice } = defaultPool(models, CATALOGUE_LOOKUP);
    expect(choice).toBe('known');
    expect(enabledIds.size).toBe(DEFAULT_POOL);
    const entries = models.filter((model) => enabledIds.has(model.id)).map((model) => matchModel(model.remoteId));
    expect(new Set(entries).size).toBe(DEFAULT_POOL);
    expect(entries.every((entry) => entry && !entry.legacy)).toBe(true);
    const makers = new Map<string, number>();
    for (const entry of entries) makers.set(entry?.provider ?? '', (makers.get(entry?.provider ?? '') ?? 0) + 1);
    expect(Math.max(...makers.values())).toBeLessThanOrEqual(3);
    expect([...enabledIds].some((id) => id.endsWith(':free'))).toBe(false);
  });

  it('begins somewhere when nothing of a long list is known', () => {
    const models = Array.from({ length: 30 }, (_, index) => stored(`unknown-${index}`));
    const { enabledIds, choice } = defaultPool(models, CATALOGUE_LOOKUP);
    expect([enabledIds.size, choice]).toEqual([DEFAULT_POOL, 'first']);
  });

  it('is empty when nothing chats', () => {
    expect(defaultPool([stored('whisper-1')], CATALOGUE_LOOKUP)).toEqual({ enabledIds: new Set(), choice: 'none' });
  });
});

describe('a refreshed list', () => {
  it('keeps what was chosen, learned and written by hand, and takes the server’s new facts', () => {
    const known: StoredModel = { ...stored('mystery'), enabled: true, addedAt: 1 };
    const edited = { ...known, card: { ...known.card, name: 'My mystery', tier: 4, contextTokens: 10 } };
    const plan = planRefresh([edited], [stored('mystery', { contextTokens: 99 })], CATALOGUE_LOOKUP);
    expect(plan.save[0]).toMatchObject({ enabled: true, addedAt: 1, card: { name: 'My mystery', tier: 4, contextTokens: 99 } });
    expect(plan.added).toEqual([]);
  });

  it('lets new ones in switched off, and drops unlisted ones only when nobody uses them', () => {
    const used = { ...stored('used'), enabled: true };
    const plan = planRefresh([used, stored('unused')], [stored('fresh')], CATALOGUE_LOOKUP);
    expect(plan.added.map((model) => [model.remoteId, model.enabled])).toEqual([['fresh', false]]);
    expect(plan.drop.map((model) => model.remoteId)).toEqual(['unused']);
    expect(plan.unlisted.map((model) => model.remoteId)).toEqual(['used']);
  });
});

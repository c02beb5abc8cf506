import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, PreferencePair } from '../../../core/preference';
import { testCard, testModel } from '../../testing/test-app';
import { cardFromDraft, draftOfCard } from './card-draft';
import { contextText, findModels, judgedByModel, learnedText, NOT_JUDGED, priceText, tierText } from './model-rows';

const i18n = createInstance();
const { t } = i18n;

beforeAll(() => i18n.init({ lng: 'en', resources: {}, keySeparator: false, nsSeparator: false }));

function pick(chosen: string, rejected: string | null, outcome: Outcome = 'win', undoneAt: number | null = null): PreferencePair {
  const response = (modelId: string) => ({ modelId, features: [], blindUtility: 0, words: 1, costUsd: null, latencyMs: null });
  return {
    id: `${chosen}-${rejected}`, createdAt: 1, source: 'compare', outcome, chosen: response(chosen), rejected: rejected === null ? null : response(rejected),
    queryEmbedding: new Float32Array(384), promptExcerpt: '', weight: 1, blind: true, chosenSide: 'left', propensity: 1,
    artifactVersion: 'test', conversationId: null, turnId: null, undoneAt,
  };
}

describe('what was learned of a model', () => {
  it('counts wins, losses and ties, but no thumbs and nothing undone', () => {
    const judged = judgedByModel([pick('a', 'b'), pick('b', 'a'), pick('a', 'b', 'tie'), pick('a', 'b', 'win', 9), pick('a', null, 'both_good')]);
    expect(judged.get('a')).toEqual({ picks: 3, wins: 1 });
    expect(judged.get('b')).toEqual({ picks: 3, wins: 1 });
  });

  it('says so in words', () => {
    const model = { ...testModel('a'), fingerprint: { count: 12, axes: [], clusterQuality: [], clusterLength: [], clusterCount: [], judged: false } };
    expect(learnedText(model, { picks: 5, wins: 3 }, t)).toBe('12 answers known · preferred in 3 of 5 picks');
    expect(learnedText(testModel('a'), NOT_JUDGED, t)).toBeNull();
  });
});

describe('finding models', () => {
  const models = [{ ...testModel('Alpha Mini'), enabled: false }, testModel('Alpha Max'), testModel('Beta')];

  it('wants every word, in any order', () => {
    expect(findModels(models, ' mini ALPHA', 'all').map((model) => model.remoteId)).toEqual(['Alpha Mini']);
    expect(findModels(models, '', 'all')).toHaveLength(3);
  });

  it('filters by switch', () => {
    expect(findModels(models, 'alpha', 'on').map((model) => model.remoteId)).toEqual(['Alpha Max']);
    expect(findModels(models, '', 'off').map((model) => model.remoteId)).toEqual(['Alpha Mini']);
  });
});

describe('facts in words', () => {
  it('tells prices, free, local and unknown apart', () => {
    const card = testCard('a');
    expect(priceText({ ...card, priceInUsdPerMTok: 0.25, priceOutUsdPerMTok: 2 }, t)).toBe('$0.25 in · $2 out');
    expect(priceText({ ...card, priceInUsdPerMTok: 10, priceOutUsdPerMTok: 30.5 }, t)).toBe('$10 in · $30.5 out');
    expect(priceText({ ...card, priceInUsdPerMTok: 0, priceOutUsdPerMTok: 0 }, t)).toBe('free');
    expect(priceText({ ...card, local: true }, t)).toBe('runs here, no price');
    expect(priceText({ ...card, priceInUsdPerMTok: null }, t)).toBe('price unknown');
  });

  it('shortens context windows and names tiers', () => {
    expect([8192, 128_000, 1_048_576, null].map((tokens) => contextText(tokens, t))).toEqual(['8.2k context', '128k context', '1M context', 'context unknown']);
    expect([1, 3.4, 5, null].map(tierText)).toEqual(['basic', 'solid', 'top', 'strength unknown']);
  });
});

describe('editing a card by hand', () => {
  const card = testCard('a');

  it('gives back what it was given', () => {
    expect(cardFromDraft(card, draftOfCard(card))).toEqual({ ok: true, value: card });
  });

  it('reads numbers as people write them', () => {
    const draft = { ...draftOfCard(card), contextTokens: '128,000', priceIn: '$0,25', priceOut: '2.5', tier: '4' };
    expect(cardFromDraft(card, draft)).toMatchObject({ ok: true, value: { contextTokens: 128_000, priceInUsdPerMTok: 0.25, priceOutUsdPerMTok: 2.5, tier: 4 } });
  });

  it('takes an empty number for unknown', () => {
    const draft = { ...draftOfCard(card), contextTokens: '', priceIn: ' ', priceOut: '', tier: '' };
    expect(cardFromDraft(card, draft)).toMatchObject({ ok: true, value: { contextTokens: null, priceInUsdPerMTok: null, priceOutUsdPerMTok: null, tier: null } });
  });

  it('says what is wrong, field by field', () => {
    const draft = { ...draftOfCard(card), name: ' ', contextTokens: 'lots', priceIn: '-1', priceOut: '' };
    const result = cardFromDraft(card, draft);
    expect(result.ok ? [] : Object.keys(result.error)).toEqual(['name', 'contextTokens', 'priceIn']);
    expect(cardFromDraft(card, { ...draftOfCard(card), priceOut: '' })).toMatchObject({ ok: false, error: { priceOut: 'Enter both prices, or neither.' } });
  });
});
